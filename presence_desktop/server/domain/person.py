"""One person's live state, as little of it as can be: devices, choices, and what is published of them.

Decides how the state is kept; `presence` alone changes it. A person with one device is that device's session too
(one object instead of two; what is shared by many is kept once), so that somebody online takes under 200 bytes.
"""

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain.claims import Choices, CustomText

POLLING = ""
"""The sid of somebody who has no socket and sends heartbeats over REST."""


class Activity(Enum):
    """What a device last said of its person. A device that cannot tell counts as `ACTIVE`."""

    ACTIVE = "active"
    IDLE = "idle"
    LOCKED = "locked"


class Device(Struct, frozen=True):
    """The state of a device; `ends` (ms) is set while it lives on borrowed time: a lost connection, a lease.

    `far` marks what another server vouches for (`domain.nodes`): that one says when it expires.
    """

    activity: Activity
    ends: int | None = None
    far: bool = False


ACTIVE, IDLE, LOCKED = (Device(activity) for activity in Activity)


class Session:
    """One connection of one device."""

    __slots__ = ("device", "heard", "sid")

    def __init__(self, sid: str | None, heard: int, device: Device) -> None:
        self.sid = sid
        """The connection's id; None only in a `Person` who has none."""
        self.heard = heard
        """When it last gave a sign of life, in whole seconds since the epoch (one int shared by a second's many)."""
        self.device = device


class Shown(Struct, frozen=True):
    """What is published, with the full reason; shared by all it is the same for.

    `since` (ms) is set only where it is not simply the moment of the version.
    """

    status: Status
    reason: Reason
    custom: CustomText | None = None
    since: int | None = None


_SHARED = {(status, reason): Shown(status, reason) for status in Status for reason in Reason}


def shown(
    status: Status, reason: Reason, custom: CustomText | None = None, since: int | None = None
) -> Shown:
    """The shared value, or an own one where there is something of one's own in it."""
    if custom is None and since is None:
        return _SHARED[status, reason]
    return Shown(status, reason, custom, since)


class Person(Session):
    """What is known of one person; as a `Session`, the first of their devices (`sid` is None without any)."""

    __slots__ = ("choices", "last_seen", "others", "shown", "version")

    def __init__(
        self, *, last_seen: int | None = None, version: int = 0, choices: Choices | None = None
    ) -> None:
        super().__init__(None, 0, ACTIVE)
        self.others: dict[str, Session] | None = None
        """The second device and further ones, by sid."""
        self.choices = choices
        self.shown = shown(Status.OFFLINE, Reason.GONE)
        self.version = version
        """Grows with every published change, over everybody: its value is the moment (ms), or one past the last."""
        self.last_seen = last_seen
        """Published last-seen (ms), frozen at the moment of going; None while shown as here, or never seen."""

    def sessions(self) -> Iterator[Session]:
        """All devices, those on borrowed time too."""
        if self.sid is not None:
            yield self
        if self.others is not None:
            yield from self.others.values()

    def find(self, sid: str) -> Session | None:
        """The session of this sid."""
        if self.sid == sid:
            return self
        return self.others.get(sid) if self.others is not None else None

    def add(self, sid: str, heard: int, device: Device) -> None:
        """One more session; the sid must be new."""
        if self.sid is None:
            self.sid, self.heard, self.device = sid, heard, device
            return
        if self.others is None:
            self.others = {}
        self.others[sid] = Session(sid, heard, device)

    def remove(self, sid: str) -> None:
        """Drop the session of this sid, if there is one."""
        if self.others is not None:
            heir = self.others.pop(next(iter(self.others)) if self.sid == sid else sid, None)
            if self.sid == sid and heir is not None:
                self.sid, self.heard, self.device = heir.sid, heir.heard, heir.device
            if not self.others:
                self.others = None
        elif self.sid == sid:
            self.sid, self.device = None, ACTIVE
