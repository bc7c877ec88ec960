"""What the services need from outside: clocks, stores, and somebody who tells the clients.

Only shapes; the stores and the transport bring the implementations, and `server.main` joins them.
All moments are integer milliseconds since the Unix epoch.
"""

from collections.abc import Awaitable, Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event, OwnPresence
from presence_desktop.server.domain.claims import Choices
from presence_desktop.server.domain.nodes import Chosen, Contribution
from presence_desktop.server.domain.presence import Change


class StoreUnavailable(Exception):
    """The store cannot be reached or refuses to work; nothing was changed."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """Milliseconds since the Unix epoch; jumps when somebody sets the machine's clock."""
        ...

    def ticks(self) -> int:
        """Milliseconds of a clock that never jumps, from any start (`time.monotonic_ns() // 1_000_000`)."""
        ...


class Profile(Struct, frozen=True):
    """Who somebody is, for everybody to see."""

    user_id: int
    username: str
    avatar: str | None
    role: str


class StoredPresence(Struct, frozen=True):
    """The last published row of one person, as a start of the server finds it."""

    user_id: int
    last_seen: int
    version: int


class PresenceRow(Struct, frozen=True):
    """What the table `user_online_statuses` is to say of one person from now on."""

    user_id: int
    status: str
    last_seen: int
    room_id: int | None = None
    is_typing: bool = False


class ChoicesRow(Struct, frozen=True):
    """What one person chose, as it must outlive a restart; None: nothing is chosen any more.

    `stamp` says when it was chosen (a version): a newer one is never replaced by an older one.
    """

    user_id: int
    choices: Choices | None
    stamp: int = 0


class Publisher(Protocol):
    """Tells the clients. Calls return at once; what is sent is gathered per tick."""

    def publish(self, change: Change) -> None:
        """A person's published status changed: tell all who may see it."""
        ...

    def confirm(self, user_id: int, own: OwnPresence, at: int) -> None:
        """What is held of a person changed: tell the person's own devices, before `publish` tells anybody."""
        ...

    def tell(self, sids: Iterable[str], event: Event) -> None:
        """Send an event to these connections, as far as they have had their first picture."""
        ...

    def cut(self, user_id: int, code: Code, *, token_family: str | None = None) -> None:
        """End all connections of a user (or of one sign-in) at once, telling them why."""
        ...


class PresenceRows(Protocol):
    """The table of CONTRACT section 6, written behind."""

    def load(self, *, take_down: bool) -> Awaitable[Sequence[StoredPresence]]:
        """Everybody's last row; with `take_down`, rows left as not offline are made so first."""
        ...

    def left_up(self) -> Awaitable[Sequence[int]]:
        """The people whose row does not say offline."""
        ...

    def save(self, rows: Sequence[PresenceRow]) -> Awaitable[None]:
        """Write these rows in one transaction; those of deleted accounts are passed over.

        Raises `StoreUnavailable`.
        """
        ...


class ClaimRows(Protocol):
    """The tables of claims and custom statuses, written behind."""

    def load(self, since: int = 0) -> Awaitable[Sequence[ChoicesRow]]:
        """Choices of this stamp or newer: what has ended meanwhile too, and that there are none any more."""
        ...

    def save(self, rows: Sequence[ChoicesRow]) -> Awaitable[None]:
        """Replace these people's choices in one transaction, but no newer ones.

        Raises `StoreUnavailable`.
        """
        ...


class Peers(Protocol):
    """The other servers that show the same picture. Calls return at once; what is said is gathered per tick."""

    def due(self, user_id: int, second: int) -> bool:
        """Whether a sign of life at this second is worth a word."""
        ...

    def say(self, user_id: int, word: Contribution) -> None:
        """What this server knows of a person's devices now; nothing is sent if that is known."""
        ...

    def touched(self, user_id: int, second: int) -> None:
        """A sign of life of somebody who is connected to another server."""
        ...

    def chosen(self, chosen: Chosen) -> None:
        """A person made a choice at this server."""
        ...
