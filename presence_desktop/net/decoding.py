"""Events of the wire into what the client's mind takes in. A payload that cannot be read is told as `Unreadable`."""

from collections.abc import Callable
from typing import Any, TypeVar

from presence_desktop.core import incoming
from presence_desktop.net.errors import known_code
from presence_desktop.net.mending import mended
from presence_desktop.net.reading import read
from presence_desktop.protocol import chat_events as chat
from presence_desktop.protocol import events
from presence_desktop.protocol import location_events as places
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.wire import Wire

_Thing = TypeVar("_Thing")
_Reader = Callable[[Any], incoming.Incoming]

_OF_CHAT: tuple[type[events.Event], ...] = (
    chat.MessageNew,
    chat.MessageChanged,
    chat.MessageMarks,
    chat.NotificationUnread,
    chat.NotificationMention,
    chat.NotificationStale,
    chat.DmOpened,
    chat.RoomUpdated,
    chat.RoomRemoved,
    places.LocationChanged,
    places.TypingChanged,
)
"""What the server tells of conversations."""

_ANSWERS: dict[str, type[Wire]] = {
    chat.MessageSend.name: chat.MessageNew,
    chat.MessageEdit.name: chat.MessageChanged,
    chat.MessageDelete.name: chat.MessageChanged,
    chat.MessageReact.name: chat.MessageChanged,
    chat.MessagePin.name: chat.MessageChanged,
    chat.MessageMark.name: chat.MessageMarks,
    chat.MessageHistory.name: chat.MessagePage,
    chat.MessageMissed.name: chat.MessagePage,
    chat.MessagePins.name: chat.MessagePage,
    chat.NotificationList.name: chat.NotificationOverview,
    chat.DmOpen.name: chat.DmOpened,
    chat.RoomCreate.name: chat.RoomUpdated,
    chat.RoomUpdate.name: chat.RoomUpdated,
    chat.RoomInvite.name: chat.RoomUpdated,
    chat.RoomJoin.name: chat.RoomUpdated,
    chat.RoomLeave.name: chat.RoomRemoved,
    chat.RoomRemove.name: chat.RoomUpdated,
    chat.RoomRole.name: chat.RoomUpdated,
    chat.RoomList.name: chat.RoomDirectory,
    places.LocationUpdate.name: places.Done,
    places.LocationHere.name: places.LocationRoster,
    places.TypingUpdate.name: places.Done,
}
"""With what each request of conversations is answered."""

ACKNOWLEDGED = frozenset({events.StatusUpdate.name, events.CustomStatus.name, *_ANSWERS})
"""Requests whose refusal comes as an acknowledgement: `request:error` need not be heard too."""


def decode(name: str, data: object) -> incoming.Incoming | None:
    """The news of this event; None for one that this app does not know (a newer server may send them)."""
    reader = _READERS.get(name)
    if reader is None:
        return None
    try:
        return _patiently(reader, name, data)
    except ValueError:
        return incoming.Unreadable(name)


def _patiently(reader: Callable[[Any], _Thing], name: str, data: object, *, counted: bool = False) -> _Thing:
    """What is read of a payload; a message in it that cannot be read costs itself alone.

    Raises ValueError.
    """
    try:
        return reader(data)
    except ValueError:
        whole = mended(name, data, counted=counted)
        if whole is data:
            raise
        return reader(whole)


def decode_answer(event: str, ask: int, data: object) -> incoming.Incoming:
    """The acknowledgement of a request: the type that its docstring names, or a refusal."""
    if isinstance(data, dict) and data.get("success") is False:
        return _refused(event, ask, data)
    kind = _ANSWERS.get(event)
    try:
        if kind is None:
            return incoming.OwnChanged(read(data, events.StatusUpdated), ask)
        counted = event == chat.MessageHistory.name
        return incoming.Answered(ask, _patiently(lambda raw: read(raw, kind), event, data, counted=counted))
    except ValueError:
        if kind is None:
            return _refused(event, ask, data)
        return incoming.Refusal(event, Code.BAD_ANSWER, "The server's answer could not be read.", ask)


def _refused(event: str, ask: int, data: object) -> incoming.Refusal:
    error = data.get("error") if isinstance(data, dict) else None
    said = error if isinstance(error, dict) else {}
    wait = said.get("retryAfter")
    until = wait if isinstance(wait, int) and 0 <= wait < _LONG_MS else None
    return incoming.Refusal(event, known_code(said.get("code")), str(said.get("message", "")), ask, until)


_LONG_MS = 3_600_000
"""No server makes a client wait for longer."""


def _refusal(error: events.RequestError) -> incoming.Refusal:
    return incoming.Refusal(error.event, known_code(error.code), error.message)


def _chat_reader(kind: type[events.Event]) -> _Reader:
    return lambda data: incoming.ChatEvent(read({} if data is None else data, kind))


_READERS: dict[str, _Reader] = {
    events.OnlineUsers.name: lambda data: incoming.People(read(data, events.OnlineUsers)),
    events.UserStatus.name: lambda data: incoming.StatusChanged(read(data, events.UserStatus)),
    events.PresenceChanges.name: lambda data: incoming.PresenceChanged(read(data, events.PresenceChanges)),
    events.StatusUpdated.name: lambda data: incoming.OwnChanged(read(data, events.StatusUpdated)),
    events.HeartbeatAck.name: lambda data: incoming.Acked(read(data, events.HeartbeatAck)),
    events.RequestError.name: lambda data: _refusal(read(data, events.RequestError)),
    **{kind.name: _chat_reader(kind) for kind in _OF_CHAT},
}
