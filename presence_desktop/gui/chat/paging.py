"""The messages of the open conversation as far as they are here, or what stands in their place while there are none.

Decides what of them is shown first, and has further ones fetched as one scrolls. Where these come from is `core`'s
business, how rows are painted the view's.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.chat_window import ChatWindow
from presence_desktop.core.client import Client
from presence_desktop.gui.chat.floating_day import FloatingDay
from presence_desktop.gui.chat.layouts import BAND
from presence_desktop.gui.chat.opening import Opening
from presence_desktop.gui.chat.states import EmptyState
from presence_desktop.gui.chat.view import ChatView
from presence_desktop.gui.look import Look

_FIRST_UNREAD = 0.3
"""Where in the view the row stands that is shown first, from its top."""


class Paging(QWidget):
    """The view, or the empty state."""

    changed = Signal(object)
    """The `Changes` of a fetching."""

    def __init__(
        self,
        client: Client,
        look: Look,
        view: ChatView,
        opening: Opening,
        empty: EmptyState,
        day: FloatingDay,
    ) -> None:
        super().__init__()
        self._client, self._look = client, look
        self._view, self._opening, self._empty, self._day = view, opening, empty, day
        self._stack = QStackedLayout(self)
        self._stack.addWidget(view)
        self._stack.addWidget(empty)
        self.soon = QTimer(self, interval=0, singleShot=True)
        """Runs while it is to be looked whether more is needed."""
        self.soon.timeout.connect(self._fetch_more)
        view.scrolled.connect(self._tell_day)
        view.opening_clicked.connect(self._try_again)
        empty.try_again.connect(self._try_again)

    def follow(self, window: ChatWindow, changes: Changes) -> None:
        """Rows came, went, or are others."""
        self._opening.set_state(begins=not window.has_older, failed=window.error is not None)
        self._view.beginning = self._opening.height()
        if not changes.chat:
            self._view.settle()
        elif self._view.follow(changes.chat, list(window.rows)):
            self._show_first(window)
        self._empty.show_for(window)
        self._stack.setCurrentWidget(self._view if window.rows else self._empty)

    def moved(self) -> None:
        """Other rows are on the screen."""
        self.soon.start()
        window = self._client.chats.window
        if window is not None:
            window.at_end = self._view.at_end

    def jump(self, seq: int) -> None:
        """Show the message at this place, and light it up."""
        window = self._client.chats.window
        if window is None:
            return
        here = next((row for row in window.rows if row.message.seq == seq), None)
        if here is None:
            self.changed.emit(window.jump(seq))
        else:
            self._view.show_row(here.key)
            self._view.flash(here.key, fading=not self._look.calm)

    def _show_first(self, window: ChatWindow) -> None:
        if window.target is None:
            self._view.show_end()
            return
        self._view.show_row(window.target, _FIRST_UNREAD)
        if window.target != window.first_unread_key:
            self._view.flash(window.target, fading=not self._look.calm)

    def _tell_day(self) -> None:
        """While one scrolls, the day of the uppermost message, unless its own line says so in view."""
        view = self._view
        at = view.visible().start
        layout = view.layout_at(at)
        if layout is None or view.at_end or (layout.day is not None and view.top_of(at) > -BAND):
            self._day.put_away()
        else:
            self._day.show_for(layout.row.message.sent_at, view.viewport().width())

    def _fetch_more(self) -> None:
        window = self._client.chats.window
        if window is None or window.error is not None or not self.isVisible():
            return
        if self._view.near_start and window.has_older and not window.loading_older:
            self.changed.emit(window.fetch_older())
        elif self._view.near_end and window.has_newer and not window.loading_newer:
            self.changed.emit(window.fetch_newer())

    def _try_again(self) -> None:
        window = self._client.chats.window
        if window is None:
            return
        if not window.rows:
            self.changed.emit(window.to_newest())
        else:
            self.changed.emit(window.fetch_older() if window.has_older else window.fetch_newer())
