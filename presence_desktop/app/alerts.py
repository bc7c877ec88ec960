"""Tells a person who looks elsewhere, and does what they answer: opens, replies, marks as read.

Joins the rules (`core.notifying`), the words (`gui.alert_words`) and who shows them (`desktop.notify`, else the tray).
Decides what counts as looked at: the conversation in the window that is in front, shown to its end.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.changes import Changes
from presence_desktop.core.notifying import Notifying, Watch
from presence_desktop.desktop.notify import OPEN, READ, REPLY, Card, Notifications
from presence_desktop.gui.alert_words import (
    back_alert,
    hidden_alert,
    open_word,
    read_word,
    reply_word,
    talk_alert,
)
from presence_desktop.gui.main_window import MainWindow

_TALK, _PERSON, _WINDOW = "talk", "person", "window"
_ABOUT_PRESENCE, _ABOUT_THE_APP = "presence.online", "presence"


class Alerts(QObject):
    """What the person is told of outside the window."""

    fallback = Signal(str, str, str)
    """Key, title and text of what the desktop's own service cannot show."""
    watches_changed = Signal(object)
    """Who is waited for now: `Watch` by user id."""

    def __init__(self, window: MainWindow, bus: str | None = None, parent: QObject | None = None) -> None:
        """`bus` is the address of the session's bus, unless a test brings its own."""
        super().__init__(parent)
        self._window, self._client = window, window.client
        self.rules = Notifying(window.client)
        self.texts = True
        """Whether what was written is shown."""
        self.notifications = Notifications(bus, self)
        self.notifications.acted.connect(self.act)
        self.notifications.replied.connect(self._reply)
        self.notifications.refused.connect(lambda card: self.fallback.emit(card.key, card.title, card.body))
        window.news.connect(self._take)
        window.people.desk.watched = self.rules.watched
        window.people.desk.watch_asked.connect(self.watch)

    def watch(self, user_id: int, how: Watch | None) -> None:
        """Tell, or do not tell any more, when this person is back."""
        self.rules.watch(user_id, how)
        self.watches_changed.emit(self.rules.watches)

    def begin(self, watches: Mapping[int, Watch]) -> None:
        """Somebody signed in: whom they wait for since earlier runs."""
        self.rules.begin(watches)

    def say_hidden(self) -> None:
        """The window was closed for the first time, and the app goes on."""
        title, body = hidden_alert()
        self.notifications.show(Card(_WINDOW, title, body, ((OPEN, open_word()),), _ABOUT_THE_APP))

    def act(self, key: str, action: str) -> None:
        """The person did something with what was shown under this key."""
        kind, _, number = key.partition(":")
        about = int(number or 0)
        if kind == _WINDOW:
            self._window.come_forward()
        elif kind == _PERSON:
            self._window.come_forward()
            self._window.pages.setCurrentWidget(self._window.people)
            self._window.people.open_direct(about)
        elif action == READ:
            self._read(about)
        elif action in (OPEN, REPLY):
            self._window.come_forward()
            self._window.open_talk(about)

    def end(self) -> None:
        """Take away what is shown."""
        self.notifications.end()

    # --- news ---

    def _take(self, changes: Changes) -> None:
        before = self.rules.watches
        verdict = self.rules.take(changes, self._looked_at())
        for talk_id in verdict.close:
            self.notifications.close(f"{_TALK}:{talk_id}")
        for talk_id in verdict.show:
            self._show_talk(talk_id)
        for user_id in verdict.back:
            title, body = back_alert(self._client, user_id)
            key = f"{_PERSON}:{user_id}"
            self.notifications.show(Card(key, title, body, ((OPEN, open_word()),), _ABOUT_PRESENCE))
        if verdict.back and before != self.rules.watches:
            self.watches_changed.emit(self.rules.watches)

    def _show_talk(self, talk_id: int) -> None:
        talk = self._client.chats.get(talk_id)
        if talk is None:
            return
        title, body = talk_alert(self._client, talk, texts=self.texts)
        actions = ((OPEN, open_word()), (REPLY, reply_word()), (READ, read_word()))
        self.notifications.show(Card(f"{_TALK}:{talk_id}", title, body, actions))

    def _looked_at(self) -> int | None:
        window, rows = self._window, self._client.chats.window
        if rows is None or not rows.at_end or not window.isActiveWindow() or window.isMinimized():
            return None
        in_view = window.pages.currentWidget() is window.people and window.people.chat.isVisible()
        return rows.conversation_id if in_view else None

    # --- what is answered ---

    def _read(self, talk_id: int) -> None:
        talk = self._client.chats.get(talk_id)
        if talk is not None:
            self._window.refresh(self._client.chats.mark_read(talk_id, talk.last_seq))

    def _reply(self, key: str, text: str) -> None:
        kind, _, number = key.partition(":")
        if kind == _TALK:
            self._window.refresh(self._client.chats.send(int(number), text))
            self._read(int(number))
