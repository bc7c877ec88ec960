"""The menu of the status selector: the four choices, until when, and the custom status.

Decides what can be chosen; what was chosen holds when the server says so.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from presence_desktop.core.own_status import OwnStatus
from presence_desktop.gui.dots import dot_icon
from presence_desktop.gui.end_time import end_times
from presence_desktop.gui.look import Look
from presence_desktop.gui.quiet_board import QuietBoard
from presence_desktop.gui.quiet_menu import QuietMenu
from presence_desktop.gui.when import at
from presence_desktop.gui.words import choice_word
from presence_desktop.protocol.status import Status


class StatusMenu(QMenu):
    """Filled anew each time it opens."""

    picked = Signal(object, object)
    """(Status, end in ms or None)."""
    end_asked = Signal()
    """The person wants to pick a date and time for the choice that holds."""
    custom_asked = Signal()
    everywhere_chosen = Signal(bool)
    """Whether choices hold on all servers from now on."""
    why_asked = Signal()
    """The person wonders why they look as they do."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.everywhere: Callable[[], bool | None] = lambda: None
        """Asked whether a choice holds on all servers; None: there is only one."""
        self.board: QuietBoard | None = None
        """Where quiet is asked for; None: it is not to be had."""

    def fill(self, own: OwnStatus, now: int) -> None:
        """The choices, with the one that holds ticked."""
        self.clear()
        group = QActionGroup(self)
        for status in Status:
            action = self.addAction(dot_icon(status, self._look.palette), choice_word(status))
            action.setCheckable(True)
            action.setChecked(own.choice is status)
            action.setFont(self._look.font("strong" if own.choice is status else "body"))
            action.setActionGroup(group)
            action.triggered.connect(lambda _checked=False, chosen=status: self.picked.emit(chosen, None))
            if own.choice is status:
                self.setActiveAction(action)
        self.addSeparator()
        self.addMenu(self._until_menu(own, now))
        custom = self.addAction(self._look.icon("smile"), self._custom_word(own))
        custom.triggered.connect(self.custom_asked)
        self._add_everywhere()
        self.addSeparator()
        if self.board is not None:
            quiet = QuietMenu(self.board, self)
            quiet.setIcon(self._look.icon("bell-off"))
            self.addMenu(quiet)
            self.addSeparator()
        reason = self.addAction(self._look.icon("info"), self.tr("Why do I look away?"))
        reason.triggered.connect(self.why_asked)

    def _add_everywhere(self) -> None:
        held = self.everywhere()
        if held is not None:
            action = self.addAction(self.tr("On all servers"))
            action.setCheckable(True)
            action.setChecked(held)
            action.triggered.connect(self.everywhere_chosen)

    def _until_menu(self, own: OwnStatus, now: int) -> QMenu:
        menu = QMenu(self)
        menu.setIcon(self._look.icon("clock"))
        menu.setEnabled(own.choice is not Status.ONLINE)
        if own.until is None:
            menu.setTitle(self.tr("Until I change it"))
        else:
            menu.setTitle(self.tr("Until {time}").format(time=at(own.until, now)))
        never = menu.addAction(self.tr("Until I change it"))
        never.setCheckable(True)
        never.setChecked(own.until is None)
        self._pick_on(never, own.choice, None)
        for name, moment in end_times(now):
            self._pick_on(menu.addAction(name), own.choice, moment)
        menu.addAction(self.tr("Date and time…")).triggered.connect(self.end_asked)
        return menu

    def _pick_on(self, action: QAction, status: Status, until: int | None) -> None:
        action.triggered.connect(lambda: self.picked.emit(status, until))

    def _custom_word(self, own: OwnStatus) -> str:
        return self.tr("Change custom status…") if own.text or own.emoji else self.tr("Set a custom status…")
