"""What a second start and a `presence://` link do: the window comes forward, the page to join is filled in.

Whoever is signed in stays so: the new account comes to stand beside the others.
"""

from PySide6.QtCore import QCoreApplication, QObject

from presence_desktop.core.join_link import read_join_link
from presence_desktop.gui.main_window import MainWindow

_tr = QCoreApplication.translate


class JoinByLink(QObject):
    """Takes links to the window."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window

    def called(self, link: str) -> None:
        """The app was started once more, with a link perhaps."""
        self._window.come_forward()
        if link:
            self.take(link)

    def take(self, text: str) -> None:
        """Somebody followed a link."""
        link = read_join_link(text)
        wrong = _tr(
            "joining",
            "The link you opened is no invitation, or not all of it arrived. Ask for the address and the invite code.",
        )
        self._window.open_join(link, "" if link is not None else wrong)
