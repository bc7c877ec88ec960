"""Where people are: which room, and which page of it, each device has open; and what others may be told of it.

Kept apart from `Person`, so that whoever has no room open takes no memory for it. Room ids stand for themselves:
whether there is such a room is not known here. Who is told is decided by `services.presence.whereabouts`.
"""

from collections.abc import Iterable, Mapping

from msgspec import UNSET, Struct, field
from msgspec.structs import replace

from presence_desktop.protocol.events import DeviceState


class Place(Struct, frozen=True):
    """The room that is open on a device; `active` (ms) is when its person last did something there."""

    room_id: int
    page: str | None
    active: int


class Seen(Struct, frozen=True):
    """All that is published of where a person is. Somebody invisible is nowhere, as is who left."""

    rooms: Mapping[int, str | None] = field(default_factory=dict)
    """The rooms that are open on any device, with the page of the device that was active last."""
    current: int | None = None
    """The room of the device that was active last, of those that have one open."""
    typing: frozenset[int] = frozenset()


NOWHERE = Seen()
_NONE: Mapping[str, Place] = {}


def place_of(before: Place | None, state: DeviceState, now: int) -> Place | None:
    """Where a device is after its word on itself. A page counts beside a room only."""
    if state.room_id is not UNSET or state.page is not UNSET:
        room_id, page = state.room_id or None, state.page or None
    elif before is not None:
        room_id, page = before.room_id, before.page
    else:
        return None
    if room_id is None:
        return None
    if state.idle_seconds is not None:
        return Place(room_id, page, now - state.idle_seconds * 1000)
    if before is not None and (before.room_id, before.page) == (room_id, page):
        return before
    return Place(room_id, page, now)


def seen(places: Iterable[Place], typing: frozenset[int]) -> Seen:
    """What is published of somebody visible, who is in these places and types in these rooms."""
    by_activity = sorted(places, key=lambda place: place.active)
    if not by_activity and not typing:
        return NOWHERE
    rooms = {place.room_id: place.page for place in by_activity}
    return Seen(rooms, by_activity[-1].room_id if by_activity else None, typing)


class Places:
    """The places of all devices, by person and by room; everything is O(1) or of the size of the answer."""

    def __init__(self) -> None:
        self._by_user: dict[int, dict[str, Place]] = {}
        self._by_room: dict[int, dict[str, int]] = {}

    def of(self, user_id: int) -> Mapping[str, Place]:
        """The places of a person's devices, by sid."""
        return self._by_user.get(user_id, _NONE)

    def devices(self, room_id: int) -> Mapping[str, int]:
        """The devices that have a room open, with whose they are."""
        return self._by_room.get(room_id, {})

    def rooms(self) -> dict[int, set[int]]:
        """Who has which room open."""
        return {room_id: set(devices.values()) for room_id, devices in self._by_room.items()}

    def put(self, user_id: int, sid: str, place: Place | None) -> None:
        """This device is there now, or (None) nowhere."""
        mine = self._by_user.get(user_id, {})
        before = mine.pop(sid, None)
        if before is not None:
            devices = self._by_room[before.room_id]
            del devices[sid]
            if not devices:
                del self._by_room[before.room_id]
        if place is not None:
            mine[sid] = place
            self._by_user[user_id] = mine
            self._by_room.setdefault(place.room_id, {})[sid] = user_id
        elif not mine:
            self._by_user.pop(user_id, None)

    def shift(self, seconds: int) -> None:
        """The clock was set: how long ago somebody was active stays the same."""
        for mine in self._by_user.values():
            for sid, place in mine.items():
                mine[sid] = replace(place, active=place.active + seconds * 1000)
