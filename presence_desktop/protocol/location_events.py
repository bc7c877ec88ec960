"""The events of where people are and what they type: shared state of the moment, kept nowhere (docs/protocol.md).

Requests are answered by acknowledgement, with the type named in the docstring or `{success: false, error}`.
A conversation is a room here: `roomId` and `conversationId` are the same number.
"""

from presence_desktop.protocol.events import Event
from presence_desktop.protocol.wire import PageName, RoomId, Wire

# --- client -> server -------------------------------------------------------------------------------


class LocationUpdate(Event):
    """Say which room is open on this device (None: none any more), and which page of it. -> `Done`."""

    name = "location:update"
    room_id: RoomId | None = None
    page: PageName | None = None


class LocationHere(Event):
    """Ask who has a room open. -> `LocationRoster`."""

    name = "location:here"
    room_id: RoomId


class TypingUpdate(Event):
    """One is typing, for the next 6 s (say it again every 3 s), or no longer. Leaving and going end it. -> `Done`."""

    name = "typing:update"
    conversation_id: RoomId
    typing: bool = True


# --- server -> client -------------------------------------------------------------------------------


class Done(Wire):
    """It is done. Comes as an acknowledgement only."""

    success: bool = True


class LocationRoster(Wire):
    """Who has this room open now, as far as others may know. Comes as an acknowledgement only."""

    success: bool = True
    room_id: int
    users: list[int]
    """By rising user id."""
    pages: dict[int, str]
    """The page of those who named one."""


class LocationChanged(Event):
    """Somebody opened this room, turned to another page of it, or closed it; to the others who have it open."""

    name = "location:changed"
    room_id: int
    user_id: int
    here: bool
    page: str | None = None


class TypingChanged(Event):
    """Somebody is typing (for 6 s, unless it comes again), or no longer; to the others who have the room open."""

    name = "typing:changed"
    conversation_id: int
    user_id: int
    typing: bool
