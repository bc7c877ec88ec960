"""How a request over Socket.IO is read, and answered when it is refused: the same for all events.

A refusal is told twice: as `request:error`, and to the acknowledgement callback as `{success: false, error}`.
"""

import logging
import math
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import msgspec

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.transport.link.sio_server import ErrorHandler
from presence_desktop.server.transport.live.outbox import Outbox
from presence_desktop.server.transport.live.sockets import Socket

Answer = dict[str, Any]
Handler = Callable[[Socket, dict[str, Any]], Answer]
SlowHandler = Callable[[Socket, dict[str, Any]], Awaitable[Answer]]
SocketOf = Callable[[str], Socket | None]
Model = TypeVar("Model", bound=msgspec.Struct)

_FAULT = re.compile(r"(.*) - at `\$\.(\w+)(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(\w+)`")
_TOO_LONG = "Expected `str` of length <="
"""How msgspec words where something is wrong, a field that is not there, and a text that is too long."""
_NAME_LENGTH = 64
_NOTHING: dict[str, Any] = {}
_BY_FIELD = {
    "status": Code.INVALID_STATUS,
    "until": Code.INVALID_END_TIME,
    "targetUserId": Code.INVALID_USER_ID,
    "userIds[]": Code.INVALID_USER_ID,
}
_log = logging.getLogger("presence.live")


def answering(event: str, handler: Handler, socket_of: SocketOf, outbox: Outbox) -> Callable[..., Any]:
    """What python-socketio calls for this event."""

    def handle(sid: str, *arguments: Any) -> Answer | None:
        socket = socket_of(sid)
        if socket is None:
            return None
        try:
            return handler(socket, _payload(arguments) if arguments else _NOTHING)
        except Refused as refusal:
            return refuse(outbox, sid, event, refusal)

    return handle


def answering_later(
    event: str, handler: SlowHandler, socket_of: SocketOf, outbox: Outbox
) -> Callable[..., Any]:
    """The same for a handler that has to wait. Handlers of one socket begin in the order of its requests."""

    async def handle(sid: str, *arguments: Any) -> Answer | None:
        socket = socket_of(sid)
        if socket is None:
            return None
        try:
            return await handler(socket, _payload(arguments))
        except Refused as refusal:
            return refuse(outbox, sid, event, refusal)
        except StoreUnavailable as error:
            _log.error("event.store-unavailable", extra={"fields": {"event": event, "reason": str(error)}})
            return refuse(outbox, sid, event, Refused(Code.UNAVAILABLE))

    return handle


def unknown(outbox: Outbox) -> Callable[..., Answer]:
    """What is called for all events that there are none of."""

    def handle(event: object, sid: str, *_: Any) -> Answer:
        return refuse(outbox, sid, _printable(event), Refused(Code.UNKNOWN_EVENT))

    return handle


def failing(outbox: Outbox) -> ErrorHandler:
    """What is called when a handler fails."""

    def handle(sid: str, event: str, error: Exception) -> Answer:
        _log.error("event.failed", exc_info=error, extra={"fields": {"event": _printable(event)}})
        return refuse(outbox, sid, _printable(event), Refused(Code.SERVER_ERROR))

    return handle


def refuse(outbox: Outbox, sid: str, event: str, refusal: Refused) -> Answer:
    """Tell a client that its request is refused, and why."""
    error: Answer = {"code": refusal.code.value, "message": refusal.message}
    if refusal.retry_after is not None:
        error["retryAfter"] = math.ceil(refusal.retry_after * 1000)
    outbox.emit("request:error", {"event": event, **error}, sid)
    return {"success": False, "error": error}


def decode(model: type[Model], payload: Any, too_long: Mapping[str, Code] | None = None) -> Model:
    """The request in this payload; `too_long` names what texts that are too long are refused with. Raises Refused."""
    try:
        return msgspec.convert(payload, model)
    except msgspec.ValidationError as error:
        field, long = fault(error)
        code = too_long.get(field) if too_long and long else None
        raise Refused(code or _BY_FIELD.get(field, Code.INVALID_PAYLOAD)) from None


def fault(error: msgspec.ValidationError) -> tuple[str, bool]:
    """The field where something is wrong, "" for the whole, and whether it is a text that is too long.

    `userIds[]` stands for something in that list, not for the list as such.
    """
    if missing := _MISSING.fullmatch(str(error)):
        return missing[1], False
    told = _FAULT.fullmatch(str(error))
    if told is None:
        return "", False
    what, field, further = told.groups()
    return f"{field}[]" if further else field, what.startswith(_TOO_LONG)


def _payload(arguments: tuple[Any, ...]) -> dict[str, Any]:
    payload = arguments[0] if arguments else None
    if payload is None:
        return {}
    if not isinstance(payload, dict):
        raise Refused(Code.INVALID_PAYLOAD)
    return payload


def _printable(event: object) -> str:
    return str(event)[:_NAME_LENGTH].encode("utf-8", "replace").decode()
