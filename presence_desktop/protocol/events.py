"""One type per Socket.IO event, with the event's name; the shapes of CONTRACT section 4 and of presence version 2.

Plain clients get exactly the plain shapes. A client that names `presence: 2` in its CONNECT payload gets
`PresenceChanges` instead of single `UserStatus`, and the fields marked (v2).
"""

from typing import Annotated, ClassVar

from msgspec import UNSET, Meta, UnsetType

from presence_desktop.protocol import limits
from presence_desktop.protocol.status import Status
from presence_desktop.protocol.wire import Millis, PageName, RoomId, UserId, Wire

Emoji = Annotated[str, Meta(min_length=1, max_length=limits.STATUS_EMOJI_LENGTH)]


class Event(Wire):
    """A payload that travels as a Socket.IO event of this `name`."""

    name: ClassVar[str]


# --- client -> server -------------------------------------------------------------------------------


class DeviceState(Wire):
    """What a device says of itself with every heartbeat: state, never transitions (v2)."""

    idle_seconds: Annotated[int, Meta(ge=0, le=10**9)] | None = None
    """Seconds since the person last touched keyboard or mouse anywhere; None where the device cannot tell."""
    locked: bool = False
    room_id: RoomId | UnsetType | None = UNSET
    page: PageName | UnsetType | None = UNSET
    """Which room is open on it, and which page of that. Where neither is named, it is as it was."""


class Cursor(Wire):
    """How far a client knows the picture: the server's `epoch` (one per server start) and the highest version seen."""

    epoch: Annotated[str, Meta(max_length=64)]
    version: Annotated[int, Meta(ge=0, le=2**53)]


class StatusUpdate(Event):
    """Choose one's own status by hand. `online` takes the choice back; `offline` is *appear offline*."""

    name = "status:update"
    status: Status
    until: Millis | None = None
    """When the choice ends by itself (v2)."""


class CustomStatus(Event):
    """Set one's custom text and emoji (v2); both None clear it."""

    name = "status:custom"
    text: Annotated[str, Meta(max_length=limits.STATUS_TEXT_LENGTH)] | None = None
    emoji: Emoji | None = None
    until: Millis | None = None


class ConnectAuth(Wire):
    """The CONNECT payload. A plain client sends `token` alone."""

    hidden = frozenset({"token"})
    token: Annotated[str, Meta(min_length=1, max_length=4096)]
    presence: Annotated[int, Meta(ge=1)] = 1
    """The version of presence events the client understands."""
    known: Cursor | None = None
    state: DeviceState | None = None
    claim: StatusUpdate | None = None
    """A choice made while there was no link."""


class OnlineList(Event):
    """Ask for `OnlineUsers`."""

    name = "online:list"


class StatusQuery(Event):
    """Ask for one person's `UserStatus`."""

    name = "status:query"
    target_user_id: UserId


class Heartbeat(Event):
    """A sign of life, every 30 s, with the device's state (v2; plain clients send none)."""

    name = "heartbeat"
    state: DeviceState | None = None


class PresenceWatch(Event):
    """Watch these people only (v2); None watches everybody again."""

    name = "presence:watch"
    user_ids: Annotated[list[UserId], Meta(max_length=10_000)] | None = None


# --- server -> client -------------------------------------------------------------------------------


class OwnPresence(Wire):
    """What the server holds of oneself, in full (v2)."""

    status: Status
    """What everybody sees."""
    reason: str | None
    since: Millis
    version: int
    claim: Status | None = None
    """What was chosen by hand and still holds; None when the status follows from the devices."""
    claim_until: Millis | None = None
    text: str | None = None
    emoji: str | None = None
    text_until: Millis | None = None


class Connected(Event):
    """The connection is accepted. `status` is one's own, as everybody sees it."""

    name = "connected"
    user_id: int
    username: str
    status: Status
    timestamp: int
    epoch: str | None = None
    version: int | None = None
    own: OwnPresence | None = None
    """(v2)"""
    avatar: str | None = None
    idle_seconds: int | None = None
    """After how many idle seconds the server calls a device idle (v2)."""
    server_name: str | None = None
    """What the server is called; None: it has no name of its own, or tells none (v2)."""


class OnlineUser(Wire):
    """One entry of the list of who is connected and visible."""

    user_id: int
    username: str
    status: Status
    avatar: str | None = None
    last_seen: int
    version: int | None = None
    since: int | None = None
    reason: str | None = None
    text: str | None = None
    emoji: str | None = None


class OnlineUsers(Event):
    """Everybody who is connected and visible now, oneself included. Replaces what the client had."""

    name = "online:users"
    count: int
    users: list[OnlineUser]
    epoch: str | None = None
    version: int | None = None


class UserStatus(Event):
    """Somebody came, went or changed."""

    name = "user:status"
    user_id: int
    username: str
    status: Status
    timestamp: int


class PresenceChange(Wire):
    """One person's newest published status (v2). Older versions than one knows are to be dropped."""

    user_id: int
    username: str
    status: Status
    version: int
    since: int
    reason: str | None
    avatar: str | None = None
    last_seen: int | None = None
    text: str | None = None
    emoji: str | None = None


class PresenceChanges(Event):
    """What changed in one tick, newest per person, or since the cursor a client came with (v2)."""

    name = "presence:changes"
    epoch: str
    version: int
    """The cursor after these changes."""
    changes: list[PresenceChange]


class StatusUpdated(Event):
    """Confirms a change of one's own status, on each of one's devices."""

    name = "status:updated"
    user_id: int
    status: Status
    timestamp: int
    own: OwnPresence | None = None
    """(v2)"""


class HeartbeatAck(Event):
    """Answers `heartbeat`."""

    name = "heartbeat:ack"
    timestamp: int


class RequestError(Event):
    """A request was refused; the connection stays up."""

    name = "request:error"
    event: str
    code: str
    message: str


class SessionEnded(Event):
    """The server is about to cut this connection, and why: `token_revoked`, `account_disabled`, `going_away`, ..."""

    name = "session:ended"
    code: str
    message: str
