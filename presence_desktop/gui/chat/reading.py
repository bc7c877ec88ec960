"""What of a conversation was read: told once it stood on the screen for a moment, in a window one works in.

Decides when; which messages that makes unread elsewhere is `core`'s business. Screen readers hear what comes in.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication

from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.window_news import Inserted, WindowNews
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.sentences import spoken
from presence_desktop.gui.chat.view import ChatView

SEEN_MS = 300
_ALOUD = 3
"""So many new messages at once are read out, the newest."""


class Reading(QObject):
    """One for the view."""

    changed = Signal(object)
    """The `Changes` of having read, or looked away."""
    looked_away = Signal()

    def __init__(self, client: Client, company: Company, view: ChatView, clock: Clock) -> None:
        super().__init__(view)
        self._client, self._company, self._view, self._clock = client, company, view, clock
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SEEN_MS)
        self._soon.timeout.connect(self._tell)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self.follow_state)

    def moved(self) -> None:
        """Other rows are on the screen."""
        if not self._soon.isActive():
            self._soon.start()

    def read_out(self, news: WindowNews, rows: Sequence[Row]) -> None:
        """What others said just now, for whoever listens to a screen reader."""
        last = news[-1] if news else None
        if not QAccessible.isActive() or not isinstance(last, Inserted) or last.at + last.count != len(rows):
            return
        for row in rows[last.at :][-_ALOUD:]:
            if not self._company.is_mine(row.message):
                words = spoken(row, self._company, self._clock.now())
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def follow_state(self, state: Qt.ApplicationState) -> None:
        """The person turned to the app, or away from it."""
        window = self._client.chats.window
        if state is Qt.ApplicationState.ApplicationActive:
            self.moved()
        elif window is not None and self._company.talk is not None:
            self.looked_away.emit()
            self.changed.emit(window.draw_line())

    def _tell(self) -> None:
        talk, last = self._company.talk, self._view.last_seen_row()
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if talk is None or last is None or not active or not self._view.isVisible():
            return
        if last.message.seq > talk.read_seq:
            self.changed.emit(self._client.chats.mark_read(talk.id, last.message.seq))
