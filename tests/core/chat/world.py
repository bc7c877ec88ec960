"""A small server of conversations in memory: answers as the real one does, and tells everybody concerned."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

import msgspec

from presence_desktop.core import incoming
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol.chat import (
    Attachment,
    Conversation,
    Kind,
    Member,
    MemberRole,
    Message,
    Quote,
    Reaction,
    Visibility,
)
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.location_events import (
    LocationHere,
    LocationRoster,
)
from presence_desktop.protocol.wire import Wire
from tests.wire.made import made

SERVER = "http://127.0.0.1:3001"
ROOM = 7
NOON = 1_700_000_000_000


@dataclass
class Room:
    """A conversation as the server has it."""

    id: int
    kind: Kind
    title: str | None
    members: dict[int, Member]
    messages: list[Message] = field(default_factory=list)
    change: int = 0
    version: int = 1
    topic: str = ""
    visibility: Visibility = Visibility.PRIVATE

    def put(self, message: Message) -> Message:
        """Store a message, new or changed."""
        self.change += 1
        placed = msgspec.structs.replace(message, change=self.change)
        if message.seq == 0:
            placed = msgspec.structs.replace(placed, seq=len(self.messages) + 1)
            self.messages.append(placed)
        else:
            self.messages[message.seq - 1] = placed
        return placed

    def unread(self, user_id: int) -> list[Message]:
        read = self.members[user_id].read_seq
        return [
            one
            for one in self.messages[read:]
            if one.sender_id != user_id and one.deleted_at is None and one.seq > read
        ]

    def told(self, user_id: int, *, counts: bool) -> Conversation:
        unread = self.unread(user_id) if counts else []
        return Conversation(
            id=self.id,
            kind=self.kind,
            title=self.title,
            topic=self.topic,
            visibility=self.visibility,
            version=self.version,
            created_at=NOON,
            members=list(self.members.values()),
            last_seq=len(self.messages),
            last_change=self.change,
            unread=len(unread) if counts else None,
            mentions=sum(user_id in one.mentions for one in unread) if counts else None,
            last_message=self.messages[-1] if counts and self.messages else None,
        )


class Listener(Protocol):
    """A device, as the server knows it."""

    user: int
    linked: bool
    inbox: deque[incoming.Incoming]


class ChatServer:
    """Answers asks as the real one does, and tells everybody concerned."""

    def __init__(self) -> None:
        self.rooms: dict[int, Room] = {}
        self.devices: list[Listener] = []
        self.refusing: Code | None = None
        self.time = NOON
        self.asked: list[tuple[int, Event]] = []
        self._on: dict[type, Callable[[int, object], Wire]] = {
            wire.NotificationList: self._list,
            wire.MessageSend: self._send,
            wire.MessageEdit: self._edit,
            wire.MessageDelete: self._delete,
            wire.MessageReact: self._react,
            wire.MessagePin: self._pin,
            wire.MessagePins: self._pins,
            wire.MessageMark: self._mark,
            wire.MessageHistory: self._history,
            wire.MessageMissed: self._missed,
            wire.DmOpen: self._dm,
            wire.RoomCreate: self._create,
            wire.RoomUpdate: self._update,
            wire.RoomLeave: self._leave,
            wire.RoomList: lambda _user, _event: wire.RoomDirectory(rooms=[]),
            LocationHere: lambda _user, event: LocationRoster(
                room_id=event.room_id,
                users=[1, 2],
                pages={},  # type: ignore[attr-defined]
            ),
        }

    def room(self, room_id: int = ROOM, members: Iterable[int] = (1, 2), kind: Kind = Kind.ROOM) -> Room:
        """Make a conversation, with nobody told."""
        room = Room(
            room_id,
            kind,
            f"room {room_id}" if kind is Kind.ROOM else None,
            {one: Member(user_id=one, joined_at=NOON, role=MemberRole.MEMBER) for one in members},
        )
        self.rooms[room_id] = room
        return room

    def say(self, text: str, sender: int = 2, room_id: int = ROOM, **fields: object) -> Message:
        """Somebody says something: stored, and told."""
        room = self.rooms[room_id]
        self.time += 1000
        number = room_id * 10**6 + len(room.messages) + 1
        message = made(
            Message,
            **{
                "id": UUID(int=10**20 + number),
                "conversation_id": room_id,
                "seq": 0,
                "change": 0,
                "sender_id": sender,
                "text": text,
                "sent_at": self.time,
                **fields,
            },
        )
        placed = room.put(message)
        self.tell(room.members, wire.MessageNew(message=placed))
        return placed

    def fill(self, count: int, room_id: int = ROOM, sender: int = 2) -> None:
        """So many messages more, told to whoever is there."""
        for number in range(count):
            self.say(f"message {number}", sender, room_id)

    def change(self, room_id: int, seq: int, **fields: object) -> Message:
        """A message becomes another one: stored, and told."""
        room = self.rooms[room_id]
        placed = room.put(msgspec.structs.replace(room.messages[seq - 1], **fields))
        self.tell(room.members, wire.MessageChanged(message=placed))
        return placed

    def tell(self, users: Iterable[int], event: Event, but: "Listener | None" = None) -> None:
        """An event to all devices of these people."""
        wanted = set(users)
        for device in self.devices:
            if device.user in wanted and device.linked and device is not but:
                device.inbox.append(incoming.ChatEvent(event))

    def answer(self, user: int, event: Event) -> Wire:
        """What an ask is answered with. Raises Refused."""
        self.asked.append((user, event))
        if self.refusing is not None:
            raise Refused(self.refusing)
        return self._on[type(event)](user, event)

    def _at(self, user: int, room_id: int) -> Room:
        room = self.rooms.get(room_id)
        if room is None or user not in room.members:
            raise Refused(Code.UNKNOWN_CONVERSATION)
        return room

    def _list(self, user: int, _event: object) -> Wire:
        return wire.NotificationOverview(
            conversations=[
                room.told(user, counts=True) for room in self.rooms.values() if user in room.members
            ]
        )

    def _send(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessageSend)
        room = self._at(user, event.conversation_id)
        before = next((one for one in room.messages if one.id == event.id), None)
        if before is not None:
            return wire.MessageNew(message=before)
        reply = next((one for one in room.messages if one.id == event.reply_to), None)
        quote = reply and Quote(id=reply.id, seq=reply.seq, sender_id=reply.sender_id, text=reply.text[:200])
        files = [
            Attachment(id=one, name="file", media_type="image/png", size=10) for one in event.attachments
        ]
        placed = self.say(event.text, user, room.id, id=event.id, reply_to=quote, attachments=files)
        return wire.MessageNew(message=placed)

    def _one(self, user: int, room_id: int, key: UUID) -> Message:
        room = self._at(user, room_id)
        found = next((one for one in room.messages if one.id == key), None)
        if found is None:
            raise Refused(Code.UNKNOWN_MESSAGE)
        return found

    def _alive(self, user: int, room_id: int, key: UUID) -> Message:
        found = self._one(user, room_id, key)
        if found.deleted_at is not None:
            raise Refused(Code.MESSAGE_DELETED)
        return found

    def _edit(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessageEdit)
        seq = self._alive(user, event.conversation_id, event.id).seq
        changed = self.change(event.conversation_id, seq, text=event.text, edited_at=self.time)
        return wire.MessageChanged(message=changed)

    def _delete(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessageDelete)
        seq = self._alive(user, event.conversation_id, event.id).seq
        changed = self.change(event.conversation_id, seq, text="", deleted_at=self.time)
        return wire.MessageChanged(message=changed)

    def _react(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessageReact)
        seq = self._alive(user, event.conversation_id, event.id).seq
        reactions = [Reaction(emoji=event.emoji, user_ids=[user])] if event.on else []
        return wire.MessageChanged(message=self.change(event.conversation_id, seq, reactions=reactions))

    def _pin(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessagePin)
        seq = self._alive(user, event.conversation_id, event.id).seq
        pinned_at = self.time if event.on else None
        return wire.MessageChanged(message=self.change(event.conversation_id, seq, pinned_at=pinned_at))

    def _pins(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessagePins)
        room = self._at(user, event.conversation_id)
        return self._page(room, [one for one in room.messages if one.pinned_at is not None], more=False)

    def _mark(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessageMark)
        room = self._at(user, event.conversation_id)
        before = room.members[user]
        read = max(before.read_seq, event.read_seq)
        delivered = max(before.delivered_seq, event.delivered_seq, read)
        after = msgspec.structs.replace(before, read_seq=read, delivered_seq=delivered)
        room.members[user] = after
        marks = wire.MessageMarks(
            conversation_id=room.id, user_id=user, delivered_seq=delivered, read_seq=read
        )
        if after != before:
            self.tell(room.members, marks)
        if read != before.read_seq:
            unread = room.unread(user)
            mentions = sum(user in one.mentions for one in unread)
            counts = wire.NotificationUnread(
                conversation_id=room.id, read_seq=read, unread=len(unread), mentions=mentions
            )
            self.tell([user], counts)
        return marks

    def _history(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessageHistory)
        room = self._at(user, event.conversation_id)
        every, limit = room.messages, event.limit
        if event.before is not None:
            start = max(0, event.before - 1 - limit)
            return self._page(room, every[start : event.before - 1], more=start > 0)
        if event.after is not None:
            end = event.after + limit
            return self._page(room, every[event.after : end], more=end < len(every))
        if event.around is not None:
            start = max(0, event.around - 1 - limit // 2)
            return self._page(room, every[start : start + limit], more=start + limit < len(every))
        return self._page(room, every[-limit:], more=len(every) > limit)

    def _missed(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.MessageMissed)
        room = self._at(user, event.conversation_id)
        later = sorted((one for one in room.messages if one.change > event.after), key=lambda one: one.change)
        return self._page(room, later[: event.limit], more=len(later) > event.limit)

    def _page(self, room: Room, messages: Sequence[Message], *, more: bool) -> Wire:
        return wire.MessagePage(
            conversation_id=room.id,
            messages=list(messages),
            more=more,
            last_seq=len(room.messages),
            last_change=room.change,
        )

    def _dm(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.DmOpen)
        pair = {user, event.user_id}
        room = next(
            (one for one in self.rooms.values() if one.kind is Kind.DIRECT and set(one.members) == pair), None
        )
        if room is None:
            room = self.room(max(self.rooms, default=0) + 1, sorted(pair), Kind.DIRECT)
            for one in pair:
                self.tell([one], wire.DmOpened(conversation=room.told(one, counts=False)))
        return wire.DmOpened(conversation=room.told(user, counts=False))

    def _create(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.RoomCreate)
        room = self.room(max(self.rooms, default=0) + 1, {user, *event.user_ids})
        room.title, room.topic, room.visibility = event.title, event.topic, event.visibility
        room.members[user] = msgspec.structs.replace(room.members[user], role=MemberRole.OWNER)
        return self._reshaped(room, user)

    def _update(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.RoomUpdate)
        room = self._at(user, event.conversation_id)
        room.title = event.title or room.title
        room.version += 1
        return self._reshaped(room, user)

    def _leave(self, user: int, event: object) -> Wire:
        assert isinstance(event, wire.RoomLeave)
        self.put_out(event.conversation_id, user)
        return wire.RoomRemoved(conversation_id=event.conversation_id)

    def put_out(self, room_id: int, user: int) -> None:
        """Somebody is no longer in a room."""
        room = self._at(user, room_id)
        del room.members[user]
        room.version += 1
        self.tell([user], wire.RoomRemoved(conversation_id=room_id))
        self._reshaped(room, 0)

    def _reshaped(self, room: Room, user: int) -> Wire:
        for one in room.members:
            self.tell([one], wire.RoomUpdated(conversation=room.told(one, counts=False)))
        return wire.RoomUpdated(conversation=room.told(user, counts=False))
