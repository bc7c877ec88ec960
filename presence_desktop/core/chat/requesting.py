"""What a person asks of the server in conversations: whatever needs its word before anything is shown.

Each verb names the number of its ask (`Changes.asked`); how it ended comes later as one `Outcome`. What the wire could
not even carry is refused at once, in the same way.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID, uuid4

from presence_desktop.core.changes import Changes, Notice
from presence_desktop.core.chat.asks import Answer
from presence_desktop.core.chat.engine import Engine
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat.row import LocalFile
from presence_desktop.core.chat.search_words import read_search
from presence_desktop.core.contact import folded
from presence_desktop.core.incoming import Refusal
from presence_desktop.core.rest_call import RestCall
from presence_desktop.core.roster import Roster
from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import MemberRole, Visibility
from presence_desktop.protocol.chat_events import (
    DmOpen,
    DmOpened,
    MessageChanged,
    MessageDelete,
    MessageEdit,
    MessagePage,
    MessagePin,
    MessagePins,
    MessageReact,
    RoomCreate,
    RoomDirectory,
    RoomInvite,
    RoomJoin,
    RoomLeave,
    RoomList,
    RoomRemove,
    RoomRemoved,
    RoomRole,
    RoomUpdate,
    RoomUpdated,
)
from presence_desktop.protocol.chat_rest import AvatarTaken, Found
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.wire import Wire, checked


class Requesting:
    """The asks. `Chats` is all of it."""

    def __init__(self, engine: Engine, roster: Roster, new_id: Callable[[], UUID] = uuid4) -> None:
        self._engine = engine
        self._roster = roster
        self._new_id = new_id

    # --- messages ---

    def edit(self, conversation_id: int, key: UUID, text: str) -> Changes:
        """Change one's own message -> `MessageChanged`. An unsent one changes at once, without an ask."""
        wrong = why_wrong(text, ())
        with self._engine.step() as news:
            if wrong is not None:
                news.notices.append(Notice(wrong, MessageEdit.name))
            elif not self._engine.sending.rewrite(key, text, news):
                self._change(MessageEdit, {"id": key, "text": text}, conversation_id, news)
        return news.changes()

    def delete(self, conversation_id: int, key: UUID) -> Changes:
        """Delete a message -> `MessageChanged`. An unsent one goes at once, without an ask."""
        with self._engine.step() as news:
            if not self._engine.sending.discard(key, news):
                self._change(MessageDelete, {"id": key}, conversation_id, news)
        return news.changes()

    def react(self, conversation_id: int, key: UUID, emoji: str, on: bool) -> Changes:
        """React with an emoji, or take that back -> `MessageChanged`."""
        with self._engine.step() as news:
            self._change(MessageReact, {"id": key, "emoji": emoji, "on": on}, conversation_id, news)
        return news.changes()

    def pin(self, conversation_id: int, key: UUID, on: bool) -> Changes:
        """Pin a message, or take that back -> `MessageChanged`."""
        with self._engine.step() as news:
            self._change(MessagePin, {"id": key, "on": on}, conversation_id, news)
        return news.changes()

    def fetch_pins(self, conversation_id: int) -> Changes:
        """The pinned messages -> `MessagePage`, newest pin first."""
        with self._engine.step() as news:
            self._ask(MessagePins, {"conversation_id": conversation_id}, MessagePage, news)
        return news.changes()

    def search(self, text: str, cursor: str | None = None) -> Changes:
        """Search everywhere -> `chat_rest.Found`, newest first; `cursor`: its `next`, for more.

        `from:name`, `in:room` (or a person's name: the direct conversation), `before:2026-11-23`, `after:2026-11-23`
        (days of this computer) narrow it; `"a b"` is found as it stands, also `from:"a b"`. A name that nobody has
        gives `UNKNOWN_USER`, a room `UNKNOWN_CONVERSATION`, no words at all `INVALID_TEXT`, what is no day
        `INVALID_PAYLOAD`: at once.
        """
        engine = self._engine
        with engine.step() as news:
            number = engine.open_ask("search", Found, news, _nothing)
            if number is not None:
                try:
                    query = read_search(text, self._find_person, self._find_talk, cursor)
                except Refused as refused:
                    engine.asks.refused(Refusal("search", refused.code, refused.message, number), news)
                else:
                    engine.gateway.search(query, number)
        return news.changes()

    # --- conversations ---

    def open_direct(self, user_id: int) -> Changes:
        """The direct conversation with somebody, made if there is none -> `DmOpened`; then `open` it."""
        with self._engine.step() as news:
            self._ask(DmOpen, {"user_id": user_id}, DmOpened, news, self._engine.told)
        return news.changes()

    def create_room(
        self,
        title: str,
        topic: str = "",
        visibility: Visibility = Visibility.PRIVATE,
        user_ids: Sequence[int] = (),
    ) -> Changes:
        """Make a room with these people -> `RoomUpdated`; then `open` it."""
        room = {"id": self._new_id(), "title": title, "topic": topic, "visibility": visibility}
        with self._engine.step() as news:
            self._reshape(RoomCreate, {**room, "user_ids": list(user_ids)}, news)
        return news.changes()

    def update_room(
        self,
        conversation_id: int,
        title: str | None = None,
        topic: str | None = None,
        visibility: Visibility | None = None,
    ) -> Changes:
        """Change what is given -> `RoomUpdated`."""
        patch = {"title": title, "topic": topic, "visibility": visibility}
        with self._engine.step() as news:
            self._reshape(RoomUpdate, {**patch, "conversation_id": conversation_id}, news)
        return news.changes()

    def invite(self, conversation_id: int, user_ids: Sequence[int]) -> Changes:
        """Bring people in -> `RoomUpdated`."""
        with self._engine.step() as news:
            fields = {"conversation_id": conversation_id, "user_ids": list(user_ids)}
            self._reshape(RoomInvite, fields, news)
        return news.changes()

    def join(self, conversation_id: int) -> Changes:
        """Join a public room -> `RoomUpdated`."""
        with self._engine.step() as news:
            self._reshape(RoomJoin, {"conversation_id": conversation_id}, news)
        return news.changes()

    def leave(self, conversation_id: int) -> Changes:
        """Leave a room -> `RoomRemoved`. Its messages and its outbox go from this computer."""

        def left(told: RoomRemoved, news: News) -> None:
            self._engine.gone(told.conversation_id, news)
            leaving.discard(told.conversation_id)

        leaving = self._engine.leaving
        with self._engine.step() as news:
            leaving.add(conversation_id)
            fields = {"conversation_id": conversation_id}
            self._ask(RoomLeave, fields, RoomRemoved, news, left, lambda: leaving.discard(conversation_id))
        return news.changes()

    def remove(self, conversation_id: int, user_id: int) -> Changes:
        """Put somebody out of a room -> `RoomUpdated`."""
        with self._engine.step() as news:
            fields = {"conversation_id": conversation_id, "user_id": user_id}
            self._reshape(RoomRemove, fields, news)
        return news.changes()

    def give_role(self, conversation_id: int, user_id: int, role: MemberRole) -> Changes:
        """Give somebody a role -> `RoomUpdated`."""
        with self._engine.step() as news:
            fields = {"conversation_id": conversation_id, "user_id": user_id, "role": role}
            self._reshape(RoomRole, fields, news)
        return news.changes()

    def fetch_public_rooms(self) -> Changes:
        """The public rooms -> `RoomDirectory`, by title."""
        with self._engine.step() as news:
            self._ask(RoomList, {}, RoomDirectory, news)
        return news.changes()

    def set_avatar(self, data: bytes | None) -> Changes:
        """Take this picture for oneself, None: none -> `AvatarTaken`."""
        engine = self._engine
        with engine.step() as news:
            number = engine.open_ask("avatar", AvatarTaken, news, _nothing)
            if number is not None:
                engine.gateway.set_avatar(data, number)
        return news.changes()

    def call(self, call: RestCall[Answer]) -> Changes:
        """Make any other REST call -> `call.answer`."""
        engine = self._engine
        with engine.step() as news:
            number = engine.open_ask(call.about, call.answer, news, _nothing)
            if number is not None:
                engine.gateway.call(call, number)
        return news.changes()

    # --- parts of the above ---

    def _ask(
        self,
        kind: type[Event],
        fields: Mapping[str, object],
        answer: type[Answer],
        news: News,
        take: Callable[[Answer, News], None] | None = None,
        hindered: Callable[[], None] | None = None,
    ) -> None:
        """Ask, and tell how it ended."""
        number = self._engine.open_ask(kind.name, answer, news, take or _nothing, hindered)
        if number is None:
            return
        try:
            event = checked(kind(**fields))
        except ValueError:
            self._engine.asks.refused(Refusal(kind.name, Code.INVALID_PAYLOAD, "", number), news)
        else:
            self._engine.gateway.ask(event, number)

    def _change(
        self, kind: type[Event], fields: Mapping[str, object], conversation_id: int, news: News
    ) -> None:
        def changed(told: MessageChanged, news: News) -> None:
            self._engine.hear([told.message], news)

        self._ask(kind, {**fields, "conversation_id": conversation_id}, MessageChanged, news, changed)

    def _reshape(self, kind: type[Event], fields: Mapping[str, object], news: News) -> None:
        self._ask(kind, fields, RoomUpdated, news, self._engine.told)

    def _find_person(self, name: str) -> int | None:
        wanted = folded(name)
        people = [contact for contact in self._roster if contact.sort_name.startswith(wanted)]
        exact = [contact for contact in people if contact.sort_name == wanted]
        found = exact or people
        return found[0].user_id if exact or len(found) == 1 else None

    def _find_talk(self, name: str) -> int | None:
        wanted = folded(name)
        for entry in self._engine.book:
            if entry.shape.title is not None and folded(entry.shape.title) == wanted:
                return entry.id
        person = self._find_person(name)
        return None if person is None else self._engine.book.direct(person)


def _nothing(_answer: Wire, _news: News) -> None:
    """Only the outcome is told."""


def why_wrong(text: str, files: Sequence[LocalFile]) -> Code | None:
    """Why no server would take this."""
    if len(text) > limits.MESSAGE_LENGTH:
        return Code.TEXT_TOO_LONG
    if len(files) > limits.ATTACHMENTS:
        return Code.LIMIT_REACHED
    if any(0xD800 <= ord(letter) < 0xE000 for letter in text):
        return Code.INVALID_TEXT
    return None
