"""The way down again: back to the answer from which one went to the message it answers, then to the newest.

Decides when the round button is there, and where it leads. How it looks is `newest`'s.
"""

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.client import Client
from presence_desktop.gui.chat.newest import NewestButton
from presence_desktop.gui.chat.view import ChatView
from presence_desktop.gui.look import Look


class WayDown(QObject):
    """One per conversation in view."""

    changed = Signal(object)
    """The `Changes` of having gone."""
    jump_wanted = Signal(int)
    """The place of the message to be shown."""
    arrived = Signal()
    """At the newest."""

    def __init__(self, client: Client, look: Look, view: ChatView) -> None:
        super().__init__(view)
        self._client, self._view = client, view
        self._from: int | None = None
        self.button = NewestButton(look, view)
        self.button.clicked.connect(self.go)

    def jump(self, seq: int, origin: int) -> None:
        """Show a message, and come back to the one at `origin` later."""
        self._from = origin or None
        self.jump_wanted.emit(seq)

    def forget(self) -> None:
        """Another conversation."""
        self._from = None

    def moved(self) -> None:
        """Other rows are on the screen."""
        window = self._client.chats.window
        shown = window is not None and bool(window.rows)
        away = shown and (window is None or window.has_newer or not self._view.at_end)
        if shown and not away:
            self._from = None
        self.button.setVisible(away)
        self.button.place(self._view.viewport().width(), self._view.viewport().height())

    def go(self) -> None:
        """One step down."""
        seq, self._from = self._from, None
        window = self._client.chats.window
        if seq is not None:
            self.jump_wanted.emit(seq)
            return
        if window is not None and window.has_newer:
            self.changed.emit(window.to_newest())
        self._view.show_end()
        self.arrived.emit()
