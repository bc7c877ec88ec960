"""The events of presence over Socket.IO: decode, ask the service, answer; no rules of its own.

Each request is answered twice with the same payload, as an event and to the acknowledgement callback. Handlers are
synchronous, so one client's requests are handled in order; those that have to look up who may be where wait for each
other in `services.chat.attendance`.
"""

from collections.abc import Callable
from typing import Any

from msgspec import to_builtins

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import (
    CustomStatus,
    DeviceState,
    Heartbeat,
    PresenceWatch,
    StatusQuery,
    StatusUpdate,
    StatusUpdated,
)
from presence_desktop.protocol.location_events import Done, LocationHere, LocationUpdate, TypingUpdate
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.chat.attendance import Attendance
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.transport.link.sio_server import SioServer
from presence_desktop.server.transport.live import answers
from presence_desktop.server.transport.live.answers import Answer, Handler, SlowHandler, decode
from presence_desktop.server.transport.live.door import Door
from presence_desktop.server.transport.live.lists import Lists
from presence_desktop.server.transport.live.outbox import FULL, Outbox, Rooms
from presence_desktop.server.transport.live.sockets import Socket, Sockets
from presence_desktop.server.transport.live.welcome import Welcome

_DONE: Answer = to_builtins(Done())


def attach(
    sio: SioServer,
    *,
    presence: PresenceService,
    attendance: Attendance,
    authenticate: Callable[[str], Identity],
    outbox: Outbox,
    rooms: Rooms,
    sockets: Sockets,
    server_name: Callable[[], str | None] = lambda: None,
) -> Door:
    """Register everything that a client may say of presence, and what is asked at the door.

    `authenticate` raises `Refused` for a token that is not good; `server_name` tells what the server is called.
    """
    lists = Lists(presence, outbox)
    requests = PresenceRequests(presence, attendance, outbox, rooms, sockets, lists)
    welcome = Welcome(presence, attendance, outbox, rooms, lists, server_name)
    door = Door(authenticate, sockets, welcome, presence)
    sio.on("connect", door.connect)
    sio.on("disconnect", door.disconnect)
    for event, handler in requests.handlers().items():
        sio.on(event, answers.answering(event, handler, door.socket, outbox))
    for event, slow in requests.slow_handlers().items():
        sio.on(event, answers.answering_later(event, slow, door.socket, outbox))
    sio.on("*", answers.unknown(outbox))
    sio.on_error(answers.failing(outbox))
    return door


class PresenceRequests:
    """What a client may ask for; each answers with the payload of its event."""

    def __init__(
        self,
        presence: PresenceService,
        attendance: Attendance,
        outbox: Outbox,
        rooms: Rooms,
        sockets: Sockets,
        lists: Lists,
    ) -> None:
        self._presence = presence
        self._attendance = attendance
        self._lists = lists
        self._outbox = outbox
        self._rooms = rooms
        self._sockets = sockets

    def handlers(self) -> dict[str, Handler]:
        """By the event's name."""
        return {
            "heartbeat": self.heartbeat,
            "status:update": self.status_update,
            "status:custom": self.status_custom,
            "status:query": self.status_query,
            "online:list": self.online_list,
            "presence:watch": self.presence_watch,
        }

    def slow_handlers(self) -> dict[str, SlowHandler]:
        """Those that may have to look something up, by the event's name."""
        return {
            "location:update": self.location_update,
            "location:here": self.location_here,
            "typing:update": self.typing_update,
        }

    def heartbeat(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """A sign of life, with or without a state."""
        state: DeviceState | None = decode(Heartbeat, payload).state if payload else None
        if state is None:
            now = self._presence.heartbeat(socket.user_id, socket.sid)
        else:
            now = self._attendance.heartbeat(socket.user_id, socket.sid, state)
        answer = {"timestamp": now}
        self._outbox.emit("heartbeat:ack", answer, socket.sid)
        return answer

    def status_update(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """A status chosen by hand; the service confirms it to all devices."""
        _only_oneself(socket, payload)
        update = decode(StatusUpdate, payload)
        self._presence.touch(socket.user_id, socket.sid)
        return _updated(socket, self._presence.claim(socket.user_id, update))

    def status_custom(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """A custom text and emoji; the service confirms it to all devices."""
        _only_oneself(socket, payload)
        custom = decode(CustomStatus, payload)
        self._presence.touch(socket.user_id, socket.sid)
        return _updated(socket, self._presence.custom(socket.user_id, custom))

    def status_query(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """One person's status."""
        query = decode(StatusQuery, payload)
        self._presence.touch(socket.user_id, socket.sid)
        answer: Answer = to_builtins(self._presence.status_of(query.target_user_id))
        self._outbox.emit("user:status", answer, socket.sid)
        return answer

    def online_list(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """Who is here."""
        self._presence.touch(socket.user_id, socket.sid)
        return self._lists.send(socket)

    def presence_watch(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """Hear of some people only; their state comes at once. None: of everybody again, with the whole list."""
        if not socket.full:
            raise Refused(Code.UNKNOWN_EVENT, "Watching needs presence 2.")
        wanted = decode(PresenceWatch, payload).user_ids
        self._presence.touch(socket.user_id, socket.sid)
        self._sockets.watch(socket, wanted)
        if wanted is None:
            self._rooms.enter(socket.sid, FULL)
            return self.online_list(socket, payload)
        self._rooms.leave(socket.sid, FULL)
        answer = self._presence.picture_of(socket.watch or ())
        self._outbox.emit("presence:changes", answer, socket.sid)
        return answer

    async def location_update(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """Another room is open on this device, or none."""
        update = decode(LocationUpdate, payload)
        self._presence.touch(socket.user_id, socket.sid)
        await self._attendance.locate(socket.user_id, socket.sid, update)
        return dict(_DONE)

    async def location_here(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """Who has a room open."""
        query = decode(LocationHere, payload)
        self._presence.touch(socket.user_id, socket.sid)
        roster = await self._attendance.here(socket.user_id, socket.sid, query.room_id)
        answer: Answer = to_builtins(roster, str_keys=True)
        return answer

    async def typing_update(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """Somebody types, or no longer."""
        update = decode(TypingUpdate, payload)
        self._presence.touch(socket.user_id, socket.sid)
        await self._attendance.type(socket.user_id, socket.sid, update)
        return dict(_DONE)


def _updated(socket: Socket, updated: StatusUpdated) -> Answer:
    answer: Answer = to_builtins(updated)
    if not socket.full:
        del answer["own"]
    return answer


def _only_oneself(socket: Socket, payload: dict[str, Any]) -> None:
    if payload.get("userId", socket.user_id) != socket.user_id:
        raise Refused(Code.FORBIDDEN, "Only your own status can be changed.")
