"""Tells a person who looks elsewhere, and does what they answer: opens, replies, marks as read.

Joins the rules (`core.notifying`), the words (`gui.alert_words`) and who shows them (`desktop.notify`, else the tray).
Decides what counts as looked at: the conversation in the window that is in front, shown to its end.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.changes import Changes
from presence_desktop.core.notifying import Notifying, Verdict, Watch
from presence_desktop.desktop.notify import OPEN, READ, REPLY, Card, Notifications
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.alert_words import (
    back_alert,
    open_word,
    read_word,
    reply_word,
    talk_alert,
)
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.people_page import PeoplePage

_TALK, _PERSON = "talk", "person"
_MESSAGE, _ABOUT_PRESENCE = "im.received", "presence.online"


class Alerts(QObject):
    """What the person is told of one account outside the window."""

    watches_changed = Signal(object)
    """Who is waited for now: `Watch` by user id."""

    def __init__(
        self,
        view: AccountView,
        window: MainWindow,
        notifications: Notifications,
        mark: str,
        parent: QObject | None = None,
    ) -> None:
        """`notifications` are shared; those of this account have keys that begin with its `mark`."""
        super().__init__(parent)
        self._view, self._window, self._client, self._mark = view, window, view.client, mark
        self.rules = Notifying(view.client)
        self.texts = True
        """Whether what was written is shown."""
        self._notifications = notifications
        self._keys: set[str] = set()
        notifications.acted.connect(self.act)
        notifications.replied.connect(self._reply)
        view.news.connect(self._take)
        view.made.connect(self._attach)

    def watch(self, user_id: int, how: Watch | None) -> None:
        """Tell, or do not tell any more, when this person is back."""
        self.rules.watch(user_id, how)
        self.watches_changed.emit(self.rules.watches)

    def begin(self, watches: Mapping[int, Watch]) -> None:
        """Somebody signed in: whom they wait for since earlier runs."""
        self.rules.begin(watches)

    def act(self, key: str, action: str) -> None:
        """The person did something with what was shown under this key."""
        kind, about = self._about(key)
        if kind == _PERSON:
            self._open()
            self._view.people.open_direct(about)
        elif kind == _TALK and action == READ:
            self._read(about)
        elif kind == _TALK and action in (OPEN, REPLY):
            self._open()
            self._window.open_talk(about)

    def end(self) -> None:
        """Take away what is shown."""
        for key in tuple(self._keys):
            self._close(key)

    # --- news ---

    def _take(self, changes: Changes) -> None:
        before = self.rules.watches
        self._tell(self.rules.take(changes, self._looked_at()), before)

    def quiet_ended(self) -> None:
        """Quiet times are over: tell what was held back."""
        before = self.rules.watches
        self._tell(self.rules.quiet_ended(), before)

    def _tell(self, verdict: Verdict, before: Mapping[int, Watch]) -> None:
        for talk_id in verdict.close:
            self._close(self._key(_TALK, talk_id))
        for talk_id in verdict.show:
            self._show_talk(talk_id)
        for user_id in verdict.back:
            title, body = back_alert(self._client, user_id)
            self._show(self._key(_PERSON, user_id), title, body, ((OPEN, open_word()),), _ABOUT_PRESENCE)
        if verdict.back and before != self.rules.watches:
            self.watches_changed.emit(self.rules.watches)

    def _show_talk(self, talk_id: int) -> None:
        talk = self._client.chats.get(talk_id)
        if talk is None:
            return
        title, body = talk_alert(self._client, talk, texts=self.texts)
        actions = ((OPEN, open_word()), (REPLY, reply_word()), (READ, read_word()))
        self._show(self._key(_TALK, talk_id), title, body, actions)

    def _looked_at(self) -> int | None:
        window, rows = self._window, self._client.chats.window
        if rows is None or not rows.at_end or not window.isActiveWindow() or window.isMinimized():
            return None
        page = self._view.page
        in_view = page is not None and window.pages.currentWidget() is page and page.chat.isVisible()
        return rows.conversation_id if in_view else None

    # --- what is answered ---

    def _read(self, talk_id: int) -> None:
        talk = self._client.chats.get(talk_id)
        if talk is not None:
            self._view.refresh(self._client.chats.mark_read(talk_id, talk.last_seq))

    def _reply(self, key: str, text: str) -> None:
        kind, about = self._about(key)
        if kind == _TALK:
            self._view.refresh(self._client.chats.send(about, text))
            self._read(about)

    # --- keys ---

    def _key(self, kind: str, about: int) -> str:
        return f"{self._mark}:{kind}:{about}"

    def _about(self, key: str) -> tuple[str, int]:
        """What a key is about; an empty word where it is none of this account's."""
        mark, _, rest = key.partition(":")
        kind, _, number = rest.partition(":")
        return (kind, int(number)) if mark == self._mark and number.isdigit() else ("", 0)

    def _show(
        self,
        key: str,
        title: str,
        body: str,
        actions: tuple[tuple[str, str], ...],
        category: str = _MESSAGE,
    ) -> None:
        """A card; where there are several servers it names this one."""
        if len(self._window.accounts.signed_in) > 1:
            title = f"{title} · {self._view.name}"
        self._keys.add(key)
        self._notifications.show(Card(key, title, body, actions, category))

    def _close(self, key: str) -> None:
        self._keys.discard(key)
        self._notifications.close(key)

    def _open(self) -> None:
        self._window.come_forward()
        self._window.coming.open(self._view)

    def _attach(self, page: PeoplePage) -> None:
        page.desk.watched = self.rules.watched
        page.desk.watch_asked.connect(self.watch)
