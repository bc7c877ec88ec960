"""The events of presence over Socket.IO: decode, ask the service, answer; no rules of its own.

Each request is answered twice with the same payload, as an event and to the acknowledgement callback; a refusal is
`request:error` and `{success: false, error}`. Handlers are synchronous, so one client's requests are handled in order.
"""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from socketio.exceptions import ConnectionRefusedError as SioRefused

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import (
    ConnectAuth,
    CustomStatus,
    DeviceState,
    Heartbeat,
    PresenceWatch,
    StatusQuery,
    StatusUpdate,
    StatusUpdated,
)
from presence_desktop.server.services.presence import PresenceService
from presence_desktop.server.services.tokens import Identity
from presence_desktop.server.transport.lists import Lists
from presence_desktop.server.transport.outbox import FULL, Outbox, Rooms
from presence_desktop.server.transport.sio_server import ErrorHandler, SioServer
from presence_desktop.server.transport.sockets import Socket, Sockets
from presence_desktop.server.transport.welcome import Welcome

Answer = dict[str, Any]
Handler = Callable[[Socket, dict[str, Any]], Answer]
Model = TypeVar("Model", bound=BaseModel)

_NAME_LENGTH = 64
_BY_FIELD = {
    "status": Code.INVALID_STATUS,
    "until": Code.INVALID_END_TIME,
    "targetUserId": Code.INVALID_USER_ID,
    "userIds[]": Code.INVALID_USER_ID,
}
_log = logging.getLogger("presence.live")


def attach(
    sio: SioServer,
    *,
    presence: PresenceService,
    authenticate: Callable[[str], Identity],
    outbox: Outbox,
    rooms: Rooms,
    sockets: Sockets,
) -> None:
    """Register everything that a client may say. `authenticate` raises `Refused` for a token that is not good."""
    lists = Lists(presence, outbox)
    requests = PresenceRequests(presence, outbox, rooms, sockets, lists)
    door = Door(authenticate, sockets, Welcome(presence, outbox, rooms, lists), presence)
    sio.on("connect", door.connect)
    sio.on("disconnect", door.disconnect)
    for event, handler in requests.handlers().items():
        sio.on(event, _answering(event, handler, door, outbox))
    sio.on("*", _unknown(outbox))
    sio.on_error(_failing(outbox))


class Door:
    """Lets clients in and out."""

    def __init__(
        self,
        authenticate: Callable[[str], Identity],
        sockets: Sockets,
        welcome: Welcome,
        presence: PresenceService,
    ) -> None:
        self._authenticate = authenticate
        self._sockets = sockets
        self._welcome = welcome
        self._presence = presence

    def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Accept the connection, or refuse it with `{code, message}` as the data of `connect_error`."""
        try:
            hello = _hello(auth)
            identity = self._authenticate(hello.token)
            self._presence.profile(identity.user_id)
            socket = Socket(sid, identity.user_id, identity.family, hello)
            self._sockets.add(socket)
        except Refused as refusal:
            raise SioRefused(
                refusal.message, {"code": refusal.code.value, "message": refusal.message}
            ) from None
        self._welcome.later(socket)

    def disconnect(self, sid: str, reason: str = "") -> None:
        """A connection is gone. Only a goodbye of either side is one; everything else may come back."""
        socket = self._sockets.remove(sid)
        self._welcome.drop(sid)
        if socket is not None and socket.welcomed:
            graceful = reason in (SioServer.reason.CLIENT_DISCONNECT, SioServer.reason.SERVER_DISCONNECT)
            self._presence.disconnect(socket.user_id, sid, graceful=graceful)

    def socket(self, sid: str) -> Socket | None:
        """The socket of a request; one that was quicker than its welcome is welcomed first."""
        socket = self._sockets.get(sid)
        if socket is not None and not socket.welcomed:
            self._welcome.now()
        return socket


class PresenceRequests:
    """What a client may ask for; each answers with the payload of its event."""

    def __init__(
        self, presence: PresenceService, outbox: Outbox, rooms: Rooms, sockets: Sockets, lists: Lists
    ) -> None:
        self._presence = presence
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

    def heartbeat(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """A sign of life, with or without a state."""
        state: DeviceState | None = _decode(Heartbeat, payload).state if payload else None
        answer = {"timestamp": self._presence.heartbeat(socket.user_id, socket.sid, state)}
        self._outbox.emit("heartbeat:ack", answer, socket.sid)
        return answer

    def status_update(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """A status chosen by hand; the service confirms it to all devices."""
        _only_oneself(socket, payload)
        update = _decode(StatusUpdate, payload)
        self._presence.touch(socket.user_id, socket.sid)
        return _updated(socket, self._presence.claim(socket.user_id, update))

    def status_custom(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """A custom text and emoji; the service confirms it to all devices."""
        _only_oneself(socket, payload)
        custom = _decode(CustomStatus, payload)
        self._presence.touch(socket.user_id, socket.sid)
        return _updated(socket, self._presence.custom(socket.user_id, custom))

    def status_query(self, socket: Socket, payload: dict[str, Any]) -> Answer:
        """One person's status."""
        query = _decode(StatusQuery, payload)
        self._presence.touch(socket.user_id, socket.sid)
        answer = self._presence.status_of(query.target_user_id).model_dump(mode="json")
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
        wanted = _decode(PresenceWatch, payload).user_ids
        self._presence.touch(socket.user_id, socket.sid)
        self._sockets.watch(socket, wanted)
        if wanted is None:
            self._rooms.enter(socket.sid, FULL)
            return self.online_list(socket, payload)
        self._rooms.leave(socket.sid, FULL)
        answer = self._presence.picture_of(socket.watch or ())
        self._outbox.emit("presence:changes", answer, socket.sid)
        return answer


def _answering(event: str, handler: Handler, door: Door, outbox: Outbox) -> Callable[..., Answer | None]:
    def handle(sid: str, *arguments: Any) -> Answer | None:
        socket = door.socket(sid)
        if socket is None:
            return None
        try:
            return handler(socket, _payload(arguments))
        except Refused as refusal:
            return _refuse(outbox, sid, event, refusal)

    return handle


def _unknown(outbox: Outbox) -> Callable[..., Answer]:
    def handle(event: object, sid: str, *_: Any) -> Answer:
        return _refuse(outbox, sid, _printable(event), Refused(Code.UNKNOWN_EVENT))

    return handle


def _failing(outbox: Outbox) -> ErrorHandler:
    def handle(sid: str, event: str, error: Exception) -> Answer:
        _log.error("event.failed", exc_info=error, extra={"fields": {"event": _printable(event)}})
        return _refuse(outbox, sid, _printable(event), Refused(Code.SERVER_ERROR))

    return handle


def _printable(event: object) -> str:
    return str(event)[:_NAME_LENGTH].encode("utf-8", "replace").decode()


def _refuse(outbox: Outbox, sid: str, event: str, refusal: Refused) -> Answer:
    error = {"code": refusal.code.value, "message": refusal.message}
    outbox.emit("request:error", {"event": event, **error}, sid)
    return {"success": False, "error": error}


def _updated(socket: Socket, updated: StatusUpdated) -> Answer:
    return updated.model_dump(mode="json", exclude=None if socket.full else {"own"})


def _payload(arguments: tuple[Any, ...]) -> dict[str, Any]:
    payload = arguments[0] if arguments else None
    if payload is None:
        return {}
    if not isinstance(payload, dict):
        raise Refused(Code.INVALID_PAYLOAD)
    return payload


def _decode(model: type[Model], payload: Any) -> Model:
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        place = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
        raise Refused(_BY_FIELD.get(_field(place), Code.INVALID_PAYLOAD)) from None


def _field(place: tuple[int | str, ...]) -> str:
    """The field where something is wrong; `userIds[]` for something in that list, not the list as such."""
    name = str(place[0]) if place else ""
    return f"{name}[]" if len(place) > 1 else name


def _hello(auth: Any) -> ConnectAuth:
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is None or token == "":
        raise Refused(Code.TOKEN_MISSING)
    try:
        return ConnectAuth.model_validate(auth)
    except ValidationError as error:
        wrong_token = any(part["loc"][:1] == ("token",) for part in error.errors(include_url=False))
        raise Refused(Code.TOKEN_INVALID if wrong_token else Code.INVALID_PAYLOAD) from None


def _only_oneself(socket: Socket, payload: dict[str, Any]) -> None:
    if payload.get("userId", socket.user_id) != socket.user_id:
        raise Refused(Code.FORBIDDEN, "Only your own status can be changed.")
