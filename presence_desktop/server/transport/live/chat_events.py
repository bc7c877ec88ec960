"""The events of conversations over Socket.IO: decode by type, ask the service, answer with the type that
`protocol.chat_events` names; no rules of its own.

Every request is in one of three tables, by its type: what concerns all conversations, messages, rooms. Handlers of one
socket begin in the order of its requests, and what is to be stored is decided in the order in which it was begun.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from msgspec import to_builtins

from presence_desktop.protocol import chat_events as events
from presence_desktop.protocol.chat import MemberRole, Window
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event
from presence_desktop.server.services.chat.conversations import Conversations
from presence_desktop.server.transport.link.sio_server import SioServer
from presence_desktop.server.transport.live import answers
from presence_desktop.server.transport.live.answers import Answer, SlowHandler, decode
from presence_desktop.server.transport.live.door import Door
from presence_desktop.server.transport.live.outbox import Outbox
from presence_desktop.server.transport.live.sockets import Socket

TOO_LONG: Mapping[str, Code] = {"text": Code.TEXT_TOO_LONG}
Touch = Callable[[int, str], None]
Ask = TypeVar("Ask", bound=Event)


def attach(sio: SioServer, handlers: Mapping[str, SlowHandler], *, door: Door, outbox: Outbox) -> None:
    """Register the requests of one table."""
    for event, handler in handlers.items():
        sio.on(event, answers.answering_later(event, handler, door.socket, outbox))


class ChatRequests:
    """What a client may ask of conversations. `touch` is told of each sign of life."""

    def __init__(self, conversations: Conversations, touch: Touch) -> None:
        self._chat = conversations.chat
        self._rooms = conversations.rooms
        self._reading = conversations.reading
        self._pace = conversations.pace
        self._touch = touch

    # --- the tables ---------------------------------------------------------------------------------------

    def tables(self) -> dict[str, dict[str, SlowHandler]]:
        """All of them, by the name of the part that the log says is ready."""
        return {
            "notification-socket": self.notifications(),
            "dm-socket": self.messages(),
            "group-chat-socket": self.rooms(),
        }

    def notifications(self) -> dict[str, SlowHandler]:
        """What concerns all conversations, by the event's name."""
        return dict([self._reads(events.NotificationList, self.overview)])

    def messages(self) -> dict[str, SlowHandler]:
        """What is done in conversations, and how direct ones are opened."""
        return dict(
            [
                self._writes(events.DmOpen, self.dm_open),
                self._writes(events.MessageSend, self.send),
                self._writes(events.MessageEdit, self.edit),
                self._writes(events.MessageDelete, self.delete),
                self._writes(events.MessageReact, self.react),
                self._writes(events.MessagePin, self.pin),
                self._asks(events.MessageMark, self.mark),
                self._reads(events.MessageHistory, self.history),
                self._reads(events.MessageMissed, self.missed),
                self._reads(events.MessagePins, self.pins),
            ]
        )

    def rooms(self) -> dict[str, SlowHandler]:
        """What is done with rooms."""
        return dict(
            [
                self._writes(events.RoomCreate, self.create),
                self._writes(events.RoomUpdate, self.update),
                self._writes(events.RoomInvite, self.invite),
                self._writes(events.RoomJoin, self.join),
                self._writes(events.RoomLeave, self.leave),
                self._writes(events.RoomRemove, self.remove),
                self._writes(events.RoomRole, self.role),
                self._asks(events.RoomList, self.public),
            ]
        )

    # --- conversations ------------------------------------------------------------------------------------

    async def overview(self, user_id: int, ask: events.NotificationList) -> Event:
        """All that one is in."""
        return events.NotificationOverview(conversations=await self._reading.overview(user_id))

    async def dm_open(self, user_id: int, ask: events.DmOpen) -> Event:
        """The direct conversation with somebody."""
        return events.DmOpened(conversation=await self._rooms.open_direct(user_id, ask.user_id))

    # --- messages -----------------------------------------------------------------------------------------

    async def send(self, user_id: int, ask: events.MessageSend) -> Event:
        """A new message."""
        message, _ = await self._chat.send(user_id, ask.conversation_id, ask)
        return events.MessageNew(message=message)

    async def edit(self, user_id: int, ask: events.MessageEdit) -> Event:
        """Another text."""
        return events.MessageChanged(
            message=await self._chat.edit(user_id, ask.conversation_id, ask.id, ask.text)
        )

    async def delete(self, user_id: int, ask: events.MessageDelete) -> Event:
        """A message less."""
        return events.MessageChanged(message=await self._chat.delete(user_id, ask.conversation_id, ask.id))

    async def react(self, user_id: int, ask: events.MessageReact) -> Event:
        """A reaction, or one less."""
        message = await self._chat.react(user_id, ask.conversation_id, ask.id, ask.emoji, on=ask.on)
        return events.MessageChanged(message=message)

    async def pin(self, user_id: int, ask: events.MessagePin) -> Event:
        """A pin, or one less."""
        message = await self._chat.pin(user_id, ask.conversation_id, ask.id, on=ask.on)
        return events.MessageChanged(message=message)

    async def mark(self, user_id: int, ask: events.MessageMark) -> Event:
        """How far one is."""
        marks, _ = await self._chat.mark(
            user_id, ask.conversation_id, delivered=ask.delivered_seq, read=ask.read_seq
        )
        return marks

    async def history(self, user_id: int, ask: events.MessageHistory) -> Event:
        """A window of messages."""
        window = Window(before=ask.before, after=ask.after, around=ask.around, limit=ask.limit)
        return await self._reading.history(user_id, ask.conversation_id, window)

    async def missed(self, user_id: int, ask: events.MessageMissed) -> Event:
        """What changed since."""
        return await self._reading.missed(user_id, ask.conversation_id, ask.after, ask.limit)

    async def pins(self, user_id: int, ask: events.MessagePins) -> Event:
        """What is pinned."""
        return await self._reading.pins(user_id, ask.conversation_id)

    # --- rooms --------------------------------------------------------------------------------------------

    async def create(self, user_id: int, ask: events.RoomCreate) -> Event:
        """A new room."""
        room, _ = await self._rooms.create(user_id, ask)
        return events.RoomUpdated(conversation=room)

    async def update(self, user_id: int, ask: events.RoomUpdate) -> Event:
        """Another title, topic, visibility."""
        return events.RoomUpdated(conversation=await self._rooms.update(user_id, ask.conversation_id, ask))

    async def invite(self, user_id: int, ask: events.RoomInvite) -> Event:
        """More people."""
        room = await self._rooms.invite(user_id, ask.conversation_id, ask.user_ids)
        return events.RoomUpdated(conversation=room)

    async def join(self, user_id: int, ask: events.RoomJoin) -> Event:
        """Oneself in."""
        return events.RoomUpdated(conversation=await self._rooms.join(user_id, ask.conversation_id))

    async def leave(self, user_id: int, ask: events.RoomLeave) -> Event:
        """Oneself out."""
        await self._rooms.leave(user_id, ask.conversation_id)
        return events.RoomRemoved(conversation_id=ask.conversation_id)

    async def remove(self, user_id: int, ask: events.RoomRemove) -> Event:
        """Somebody out; oneself: as `leave`."""
        await self._rooms.remove(user_id, ask.conversation_id, ask.user_id)
        if ask.user_id == user_id:
            return events.RoomRemoved(conversation_id=ask.conversation_id)
        return events.RoomUpdated(conversation=await self._reading.one(user_id, ask.conversation_id))

    async def role(self, user_id: int, ask: events.RoomRole) -> Event:
        """Who is what."""
        room = await self._rooms.give_role(user_id, ask.conversation_id, ask.user_id, MemberRole(ask.role))
        return events.RoomUpdated(conversation=room)

    async def public(self, user_id: int, ask: events.RoomList) -> Event:
        """The rooms that everybody finds."""
        return events.RoomDirectory(rooms=await self._rooms.public(user_id))

    # --- inside -------------------------------------------------------------------------------------------

    def _writes(
        self, kind: type[Ask], act: Callable[[int, Ask], Awaitable[Event]]
    ) -> tuple[str, SlowHandler]:
        return self._handler(kind, act, self._pace.write)

    def _asks(self, kind: type[Ask], act: Callable[[int, Ask], Awaitable[Event]]) -> tuple[str, SlowHandler]:
        return self._handler(kind, act, self._pace.ask)

    def _reads(self, kind: type[Ask], act: Callable[[int, Ask], Awaitable[Event]]) -> tuple[str, SlowHandler]:
        return self._handler(kind, act, self._pace.read)

    def _handler(
        self,
        kind: type[Ask],
        act: Callable[[int, Ask], Awaitable[Event]],
        count: Callable[[int], None],
    ) -> tuple[str, SlowHandler]:
        async def handle(socket: Socket, payload: dict[str, Any]) -> Answer:
            ask = decode(kind, payload, TOO_LONG)
            self._touch(socket.user_id, socket.sid)
            count(socket.user_id)
            answer: Answer = to_builtins(await act(socket.user_id, ask), str_keys=True)
            return answer

        return kind.name, handle
