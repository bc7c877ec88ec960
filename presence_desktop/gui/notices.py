"""The notices on top of the page: at most three, each until it is put away or taken back, the same one only once.

One with a text that somebody wrote, and that is nowhere else any more, never gives way to others.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from presence_desktop.gui.look import Look
from presence_desktop.gui.strips import Notice

_MOST = 3


class Notices(QWidget):
    """A column of strips; takes no room while there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.shown: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def notify(self, sentence: str | Callable[[], str], copy: str = "") -> None:
        """Show a sentence, or what gives it in the language in force; the oldest gives way where there are too many.
        `copy` is a text that can be copied from there.
        """
        said = sentence if callable(sentence) else partial(str, sentence)
        if any((notice.words.text(), notice.left_over) == (said(), copy) for notice in self.shown):
            return
        passing = [notice for notice in self.shown if not notice.left_over]
        if len(self.shown) >= _MOST and passing:
            self._put_away(passing[0])
        notice = Notice(self._look, said, copy)
        notice.closed.connect(lambda: self._put_away(notice))
        self.shown.append(notice)
        self._column.addWidget(notice)
        self.show()

    def take_back(self, sentence: str) -> None:
        """It holds no longer."""
        for notice in [notice for notice in self.shown if notice.words.text() == sentence]:
            self._put_away(notice)

    def clear(self) -> None:
        """Put all away."""
        for notice in tuple(self.shown):
            self._put_away(notice)

    def _put_away(self, notice: Notice) -> None:
        if notice in self.shown:
            self.shown.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
            self.setVisible(bool(self.shown))
