"""Where everybody at this server is, and who types: takes what devices say, tells those who have the same room open.

What a person's sessions are, and whether they may be seen, is `domain.presence`'s: `settle` is called after every
change of it, and takes whoever hides out exactly as whoever left. Whether somebody may be in a room is asked before
(`attendance`). Nothing of it is stored but the published row.
"""

from collections.abc import Callable, Collection, Iterable

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import DeviceState, Event
from presence_desktop.protocol.location_events import (
    LocationChanged,
    LocationRoster,
    LocationUpdate,
    TypingChanged,
    TypingUpdate,
)
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.domain.person import Device, Person
from presence_desktop.server.domain.places import NOWHERE, Place, Places, Seen, place_of, seen
from presence_desktop.server.domain.presence import Rules, lives
from presence_desktop.server.domain.typing import Typing
from presence_desktop.server.services.ports import Publisher

Nearby = Callable[[int, int], Iterable[str]]
"""`(user, room)`: the devices of others that hear what this person types there, though they have the room not open."""


class Whereabouts:
    """The open rooms and the typing of the people who are connected here."""

    def __init__(
        self, publisher: Publisher, *, pace: Window | None = None, nearby: Nearby | None = None
    ) -> None:
        """`pace` bounds what each user may say of it (30 in 10 s)."""
        self._publisher = publisher
        self._nearby = nearby
        self._pace = Window(30, 10_000) if pace is None else pace
        self._places = Places()
        self._typing = Typing()
        self._told: dict[int, Seen] = {}

    # --- what devices say; `settle` is to follow ----------------------------------------------------------

    def hear(self, user_id: int, sid: str, state: DeviceState | None, now: int) -> bool:
        """A device's word on itself, whether it is news. One that comes too fast is passed over: there is a next."""
        if state is None:
            return False
        before = self._places.of(user_id).get(sid)
        after = place_of(before, state, now)
        if after == before or (_differ(before, after) and self._pace.take(str(user_id), now)):
            return False
        self._move(user_id, sid, after)
        return True

    def move(self, user_id: int, sid: str, update: LocationUpdate, now: int) -> None:
        """A device has another room open. Raises `Refused(TOO_MANY_REQUESTS)`."""
        self._count(user_id, now)
        place = None if update.room_id is None else Place(update.room_id, update.page, now)
        self._move(user_id, sid, place)

    def type(self, user_id: int, sid: str, update: TypingUpdate, now: int) -> None:
        """A device's person types, or no longer. Raises `Refused(TOO_MANY_REQUESTS)`."""
        self._count(user_id, now)
        if update.typing:
            self._typing.begin(user_id, sid, update.conversation_id, now)
            if update.conversation_id in self._seen(user_id).typing:
                self._again(user_id, update.conversation_id)
        else:
            self._typing.end(user_id, update.conversation_id, sid)

    def sent(self, user_id: int, room_id: int) -> None:
        """Somebody sent something there, and so types there no longer, on no device."""
        self._typing.end(user_id, room_id)

    def put_out(self, user_id: int, room_id: int) -> None:
        """Somebody may be there no longer: no device of theirs has the room open, or is typed on in it."""
        for sid in [sid for sid, place in self._places.of(user_id).items() if place.room_id == room_id]:
            self._move(user_id, sid, None)
        self._typing.end(user_id, room_id)

    def settle(self, user_id: int, person: Person, now: int, rules: Rules) -> bool:
        """Tell what differs for others by now; whether the published row does too."""
        places = self._places.of(user_id)
        ends = self._typing.next_end(user_id)
        if not places and ends is None and self._seen(user_id) is NOWHERE:
            return False
        for sid in [sid for sid in places if person.find(sid) is None]:
            self._places.put(user_id, sid, None)
        live: dict[str, Device] = {}
        if person.shown.status is not Status.OFFLINE:
            live = {one.sid: one.device for one in person.sessions() if one.sid and lives(one, now, rules)}
        typing = self._typing.settle(
            user_id, [sid for sid, device in live.items() if device.ends is None], now
        )
        places = self._places.of(user_id)
        after = seen([place for sid, place in places.items() if sid in live], typing)
        return self._become(user_id, after)

    # --- what is known ------------------------------------------------------------------------------------

    def is_at(self, user_id: int, sid: str, room_id: int) -> bool:
        """Whether this device has that room open."""
        place = self._places.of(user_id).get(sid)
        return place is not None and place.room_id == room_id

    def row(self, user_id: int) -> tuple[int | None, bool]:
        """What `user_online_statuses` says: the current room, and whether the person types."""
        found = self._seen(user_id)
        return found.current, bool(found.typing)

    def here(self, room_id: int) -> LocationRoster:
        """Who has a room open, as far as others may know."""
        rooms = {user_id: self._seen(user_id).rooms for user_id in self._people_at(room_id)}
        users = sorted(user_id for user_id, open_rooms in rooms.items() if room_id in open_rooms)
        pages = {user_id: page for user_id in users if (page := rooms[user_id][room_id]) is not None}
        return LocationRoster(room_id=room_id, users=users, pages=pages)

    def next_end(self, user_id: int) -> int | None:
        """When (ms) the person stops typing by themselves."""
        return self._typing.next_end(user_id)

    def shift(self, seconds: int) -> None:
        """The clock was set."""
        self._places.shift(seconds)
        self._typing.shift(seconds)

    # --- inside -------------------------------------------------------------------------------------------

    def _become(self, user_id: int, after: Seen) -> bool:
        """Others are to know this of a person now; whether the published row differs."""
        before = self._seen(user_id)
        if after is NOWHERE:
            self._told.pop(user_id, None)
        else:
            self._told[user_id] = after
        self._tell(user_id, before, after)
        return (before.current, bool(before.typing)) != (after.current, bool(after.typing))

    def _again(self, user_id: int, room_id: int) -> None:
        """Somebody types on: who hears it counts 6 s anew."""
        self._tell_typing(user_id, room_id, typing=True)

    def _people_at(self, room_id: int) -> Collection[int]:
        return self._places.devices(room_id).values()

    def _seen(self, user_id: int) -> Seen:
        return self._told.get(user_id, NOWHERE)

    def _count(self, user_id: int, now: int) -> None:
        wait = self._pace.take(str(user_id), now)
        if wait:
            raise Refused(Code.TOO_MANY_REQUESTS, retry_after=wait / 1000)

    def _move(self, user_id: int, sid: str, after: Place | None) -> None:
        before = self._places.of(user_id).get(sid)
        self._places.put(user_id, sid, after)
        if before is not None and (after is None or after.room_id != before.room_id):
            self._typing.end(user_id, before.room_id, sid)

    def _tell(self, user_id: int, before: Seen, after: Seen) -> None:
        for room_id in sorted(before.typing - after.typing):
            self._tell_typing(user_id, room_id, typing=False)
        for room_id in sorted(before.rooms.keys() - after.rooms.keys()):
            self._send(user_id, room_id, LocationChanged(room_id=room_id, user_id=user_id, here=False))
        for room_id, page in after.rooms.items():
            if room_id not in before.rooms or before.rooms[room_id] != page:
                event = LocationChanged(room_id=room_id, user_id=user_id, here=True, page=page)
                self._send(user_id, room_id, event)
        for room_id in sorted(after.typing - before.typing):
            self._tell_typing(user_id, room_id, typing=True)

    def _tell_typing(self, user_id: int, room_id: int, *, typing: bool) -> None:
        event = TypingChanged(conversation_id=room_id, user_id=user_id, typing=typing)
        self._send(user_id, room_id, event, () if self._nearby is None else self._nearby(user_id, room_id))

    def _send(self, user_id: int, room_id: int, event: Event, more: Iterable[str] = ()) -> None:
        there = [sid for sid, whose in self._places.devices(room_id).items() if whose != user_id]
        sids = dict.fromkeys([*there, *more])
        if sids:
            self._publisher.tell(sids, event)


def _differ(before: Place | None, after: Place | None) -> bool:
    if before is None or after is None:
        return True
    return (before.room_id, before.page) != (after.room_id, after.page)
