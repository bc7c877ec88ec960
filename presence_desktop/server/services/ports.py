"""What the services need from outside: clocks, stores, and somebody who tells the clients.

Only shapes; the stores and the transport bring the implementations, and `server.main` joins them.
All moments are integer milliseconds since the Unix epoch.
"""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Protocol

from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import OwnPresence
from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.presence import Change


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """Milliseconds since the Unix epoch; jumps when somebody sets the machine's clock."""
        ...

    def ticks(self) -> int:
        """Milliseconds of a clock that never jumps, from any start (`time.monotonic_ns() // 1_000_000`)."""
        ...


@dataclass(frozen=True, slots=True)
class Profile:
    """Who somebody is, for everybody to see."""

    user_id: int
    username: str
    avatar: str | None
    role: str


@dataclass(frozen=True, slots=True)
class StoredPresence:
    """The last published row of one person, as a start of the server finds it."""

    user_id: int
    last_seen: int
    version: int


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """What the table `user_online_statuses` is to say of one person from now on."""

    user_id: int
    status: str
    last_seen: int
    room_id: int | None = None
    is_typing: bool = False


@dataclass(frozen=True, slots=True)
class ChoicesRow:
    """What one person chose, as it must outlive a restart; None: nothing is chosen any more, the row goes."""

    user_id: int
    choices: Choices | None


class Publisher(Protocol):
    """Tells the clients. Calls return at once; what is sent is gathered per tick."""

    def publish(self, change: Change) -> None:
        """A person's published status changed: tell all who may see it."""
        ...

    def confirm(self, user_id: int, own: OwnPresence, at: int) -> None:
        """What is held of a person changed: tell the person's own devices, before `publish` tells anybody."""
        ...

    def cut(self, user_id: int, code: Code, *, token_family: str | None = None) -> None:
        """End all connections of a user (or of one sign-in) at once, telling them why."""
        ...


class PresenceRows(Protocol):
    """The table of CONTRACT section 6, written behind."""

    def load(self) -> Awaitable[Sequence[StoredPresence]]:
        """Everybody's last row; rows left as not offline are taken down first."""
        ...

    def save(self, rows: Sequence[PresenceRow]) -> Awaitable[None]:
        """Write these rows in one transaction; those of deleted accounts are passed over.

        Raises `account_ports.StoreUnavailable`.
        """
        ...


class ClaimRows(Protocol):
    """The tables of claims and custom statuses, written behind."""

    def load(self) -> Awaitable[Sequence[ChoicesRow]]:
        """Everybody's choices, what has ended meanwhile too."""
        ...

    def save(self, rows: Sequence[ChoicesRow]) -> Awaitable[None]:
        """Replace these people's choices in one transaction. Raises `account_ports.StoreUnavailable`."""
        ...
