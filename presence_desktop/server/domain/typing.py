"""Who is typing in which room: a lease of 6 s that is renewed by saying it again, and ended in many ways.

Each device holds one lease at most: it types in one room. Whether others may know is decided elsewhere.
"""

from collections.abc import Callable, Collection

from msgspec import Struct
from msgspec.structs import replace

from presence_desktop.protocol import limits

LEASE = limits.TYPING_SECONDS * 1000


class Lease(Struct, frozen=True):
    """Somebody types in this room, until (ms) then."""

    room_id: int
    until: int


class Typing:
    """The leases of all devices, by person."""

    def __init__(self) -> None:
        self._leases: dict[int, dict[str, Lease]] = {}

    def begin(self, user_id: int, sid: str, room_id: int, now: int) -> None:
        """This device types there, from now or again; no longer where it did before."""
        self._leases.setdefault(user_id, {})[sid] = Lease(room_id, now + LEASE)

    def end(self, user_id: int, room_id: int, sid: str | None = None) -> None:
        """This device (None: none of the person's) types in this room no longer."""
        self._keep(
            user_id,
            lambda one, lease: lease.room_id != room_id or (sid is not None and one != sid),
        )

    def settle(self, user_id: int, sids: Collection[str], now: int) -> frozenset[int]:
        """Drop what has ended, and what is of other devices than these; the rooms that are left."""
        return frozenset(
            lease.room_id
            for lease in self._keep(user_id, lambda sid, lease: sid in sids and now < lease.until).values()
        )

    def next_end(self, user_id: int) -> int | None:
        """When (ms) the first of a person's leases ends."""
        return min((lease.until for lease in self._leases.get(user_id, {}).values()), default=None)

    def shift(self, seconds: int) -> None:
        """The clock was set: what is left of a lease stays the same."""
        for mine in self._leases.values():
            for sid, lease in mine.items():
                mine[sid] = replace(lease, until=lease.until + seconds * 1000)

    def _keep(self, user_id: int, kept: Callable[[str, Lease], bool]) -> dict[str, Lease]:
        left = {sid: lease for sid, lease in self._leases.get(user_id, {}).items() if kept(sid, lease)}
        if left:
            self._leases[user_id] = left
        else:
            self._leases.pop(user_id, None)
        return left
