"""Events of the wire into what the client's mind takes in. A payload that cannot be read is told as `Unreadable`."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from presence_desktop.core import incoming
from presence_desktop.net.errors import known_code
from presence_desktop.protocol import events

_Reader = Callable[[Any], incoming.Incoming]

_READERS: dict[str, _Reader] = {
    events.OnlineUsers.name: lambda data: incoming.People(events.OnlineUsers.model_validate(data)),
    events.UserStatus.name: lambda data: incoming.StatusChanged(events.UserStatus.model_validate(data)),
    events.PresenceChanges.name: lambda data: incoming.PresenceChanged(
        events.PresenceChanges.model_validate(data)
    ),
    events.StatusUpdated.name: lambda data: incoming.OwnChanged(events.StatusUpdated.model_validate(data)),
    events.HeartbeatAck.name: lambda data: incoming.Acked(events.HeartbeatAck.model_validate(data)),
    events.RequestError.name: lambda data: _refusal(events.RequestError.model_validate(data)),
}


def decode(name: str, data: object) -> incoming.Incoming | None:
    """The news of this event; None for one that this app does not know (a newer server may send them)."""
    reader = _READERS.get(name)
    if reader is None:
        return None
    try:
        return reader(data)
    except ValidationError:
        return incoming.Unreadable(name)


def decode_answer(event: str, ask: int, data: object) -> incoming.Incoming:
    """The acknowledgement of an ask: the server's word on oneself, or a refusal."""
    try:
        return incoming.OwnChanged(events.StatusUpdated.model_validate(data), ask)
    except ValidationError:
        error = data.get("error") if isinstance(data, dict) else None
        said = error if isinstance(error, dict) else {}
        return incoming.Refusal(event, known_code(said.get("code")), str(said.get("message", "")), ask)


def _refusal(error: events.RequestError) -> incoming.Refusal:
    return incoming.Refusal(error.event, known_code(error.code), error.message)
