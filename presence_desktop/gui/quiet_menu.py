"""*Quiet for…*: the part of the status menu and of the tray's where one asks for quiet, and ends it;
and in somebody's menu, whether they may break through.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from presence_desktop.gui.quiet_board import QuietBoard
from presence_desktop.gui.when import at

_tr = QCoreApplication.translate


class QuietMenu(QMenu):
    """To be filled anew whenever the menu around it opens, so that the times are right."""

    def __init__(self, board: QuietBoard, parent: QMenu) -> None:
        super().__init__(parent)
        self._board = board
        self.fill()

    def fill(self) -> None:
        """What can be asked for now."""
        self.clear()
        board, words = self._board, self._board.words()
        self.setTitle(words or self.tr("Quiet for…"))
        if words:
            self.addAction(self.tr("Not quiet any more")).triggered.connect(lambda: board.stop())
            self.addSeparator()
        half, hour, morning = board.pauses()
        until = self.tr("Until {time}") if board.is_today(morning) else self.tr("Until tomorrow, {time}")
        for end, name in (
            (half, self.tr("30 minutes")),
            (hour, self.tr("1 hour")),
            (morning, until.format(time=at(morning, board.now()))),
        ):
            self.addAction(name).triggered.connect(lambda _checked=False, end=end: board.pause(end))


def add_through(menu: QMenu, *, held: bool, choose: Callable[[bool], None]) -> None:
    """Whether somebody may break through; for their menu."""
    action = menu.addAction(_tr("quiet", "May break through quiet times"))
    action.setCheckable(True)
    action.setChecked(held)
    action.triggered.connect(lambda on: choose(on))
