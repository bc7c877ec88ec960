"""What of a conversation was read: told once it stood on the screen for a moment, in a window one works in.

Decides when; which messages that makes unread elsewhere is `core`'s business. Screen readers hear what comes in, and
how the one is whom one talks to.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication

from presence_desktop.core.chat.row import Row
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.sentences import spoken
from presence_desktop.gui.chat.view import ChatView
from presence_desktop.gui.words import sentence
from presence_desktop.protocol.status import Status

SEEN_MS = 300
_ALOUD = 3
"""So many new messages at once are read out, the newest."""
_LOOKED = 20
"""Among so many rows they are looked for: below them stands what waits to be sent."""


class Reading(QObject):
    """One for the view."""

    changed = Signal(object)
    """The `Changes` of having read, or looked away."""
    looked_away = Signal()

    def __init__(self, client: Client, company: Company, view: ChatView, clock: Clock) -> None:
        super().__init__(view)
        self._client, self._company, self._view, self._clock = client, company, view, clock
        self._last: tuple[int, int] | None = None
        """The conversation that was in view, and its last message then."""
        self._status: tuple[int, Status] | None = None
        """Of the open direct conversation: whose status was known last, and which."""
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

    def read_out(self, rows: Sequence[Row]) -> None:
        """What others said just now, for whoever listens to a screen reader; what was scrolled to is not news."""
        talk = self._company.talk
        if talk is None:
            return
        last = max(talk.last_seq, max((row.message.seq for row in rows[-_LOOKED:]), default=0))
        before, self._last = self._last, (talk.id, last)
        if before is None or before[0] != talk.id or not QAccessible.isActive():
            return
        fresh = [row for row in rows[-_LOOKED:] if row.message.seq > before[1]]
        for row in [row for row in fresh if not self._company.is_mine(row.message)][-_ALOUD:]:
            self._say(spoken(row, self._company, self._clock.now()))

    def say_status(self) -> None:
        """Whom one talks to may have another status now. While the link is lost the banner speaks."""
        talk = self._company.talk
        contact = None if talk is None or talk.other is None else self._company.contact(talk.other)
        if contact is None or not contact.known:
            return
        before, self._status = self._status, (contact.user_id, contact.status)
        same_person = before is not None and before[0] == contact.user_id
        if same_person and before != self._status and QAccessible.isActive():
            self._say(sentence(contact, self._clock.now()))

    def follow_state(self, state: Qt.ApplicationState) -> None:
        """The person turned to the app, or away from it."""
        window = self._client.chats.window
        if state is Qt.ApplicationState.ApplicationActive:
            self.moved()
        elif window is not None and self._company.talk is not None:
            self.looked_away.emit()
            self.changed.emit(window.draw_line())

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def _tell(self) -> None:
        talk, last = self._company.talk, self._view.last_seen_row()
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if talk is None or last is None or not active or not self._view.isVisible():
            return
        if last.message.seq > talk.read_seq:
            self.changed.emit(self._client.chats.mark_read(talk.id, last.message.seq))
