"""Who is here: takes what clients say, applies the rules of `domain.presence`, keeps, tells and remembers the outcome.

Everything is synchronous and runs on one event loop; rows are written behind by `PresenceWriter`. What is told to
whom is decided in `domain.visibility`, how it is sent in the transport, and who somebody is by the accounts.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import (
    CustomStatus,
    DeviceState,
    OwnPresence,
    StatusUpdate,
    StatusUpdated,
)
from presence_desktop.protocol.location_events import LocationRoster, LocationUpdate, TypingUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain import claims as choosing
from presence_desktop.server.domain import presence, visibility
from presence_desktop.server.domain.deadlines import Agenda, next_change
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.domain.people import People
from presence_desktop.server.domain.person import Person
from presence_desktop.server.domain.presence import Rules, Versions
from presence_desktop.server.services.ports import (
    ChoicesRow,
    ClaimRows,
    Clock,
    PresenceRow,
    PresenceRows,
    Publisher,
)
from presence_desktop.server.services.presence.pictures import Profiles
from presence_desktop.server.services.presence.timekeeping import Timekeeper
from presence_desktop.server.services.presence.views import PresenceViews
from presence_desktop.server.services.presence.whereabouts import Nearby, Whereabouts
from presence_desktop.server.services.presence.writer import HeartbeatRound, PresenceWriter

LOOK_SECONDS = 1.0
"""How often time is looked at when nothing is due: a clock that was set is noticed within it."""
STORED_PRECISION = 1000
"""A stored moment may have lost up to this much (ms); versions start above it."""

log = logging.getLogger("presence.state")


class PresenceService(PresenceViews):
    """The presence of everybody on this server."""

    _alone = True
    """Whether whoever is not here is nowhere: rows left as online are taken down at the start."""

    def __init__(
        self,
        *,
        clock: Clock,
        publisher: Publisher,
        profiles: Profiles,
        rows: PresenceRows,
        claims: ClaimRows,
        epoch: str,
        rules: Rules | None = None,
        pace: Window | None = None,
        write_seconds: float = 0.25,
        heartbeat_row_seconds: float = 60,
        nearby: Nearby | None = None,
    ) -> None:
        """`epoch` is new with every start; `pace` bounds the status changes of each user (10 in 10 s).

        `nearby` says who hears somebody type beside those who have the room open.
        """
        super().__init__(People(), profiles, Versions(), epoch, Timekeeper(clock, self._jumped))
        self._publisher = publisher
        self._rows = rows
        self._claims = claims
        self.rules = rules or Rules()
        self._pace = Window(10, 10_000) if pace is None else pace
        self._writer = PresenceWriter(rows, claims, within=write_seconds)
        self._agenda = Agenda()
        self._whereabouts = self._located(publisher, nearby)
        self.appeared: Callable[[int], None] = _nobody
        """Told of everybody who is connected here and begins to be shown as here."""
        self._swept = clock.now()
        self._round = HeartbeatRound(round(heartbeat_row_seconds * 1000), clock.now())
        self._stamps: dict[int, int] = {}
        """When the choices were made, of everybody who ever chose."""
        self._stamping = Versions()
        """A count of its own: choosing while invisible must not show in the versions, which everybody sees."""
        self._woken = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    @property
    def rows_waiting(self) -> int:
        """Rows that are not written yet."""
        return len(self._writer)

    # --- life -----------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Load what an earlier run left (nobody is here then), and begin to write and to watch the time."""
        now = self._time.now()
        newest = now
        for row in await self._rows.load(take_down=self._alone):
            self._people.add(row.user_id, Person(last_seen=row.last_seen, version=row.version))
            newest = max(newest, row.version + STORED_PRECISION)
        for kept in await self._claims.load():
            self._stamping.last = max(self._stamping.last, kept.stamp)
            self._stamps[kept.user_id] = kept.stamp
            if kept.choices is not None:
                person = self._people.obtain(kept.user_id)
                presence.choose(person, kept.choices, now)
                self._agenda.set(kept.user_id, next_change(person))
        self._versions.last = newest
        self._writer.start()
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Everybody's row says offline, the last rows are written. The transport has said goodbye before."""
        self._closing = True
        self._woken.set()
        if self._task is not None:
            await self._task
            self._task = None
        now = self._time.now()
        for user_id in self._served():
            self._writer.presence(PresenceRow(user_id, Status.OFFLINE.value, now))
        await self._writer.stop()

    async def _watch(self) -> None:
        while not self._closing:
            self.pass_time()
            first = self._agenda.first()
            pause = (
                LOOK_SECONDS if first is None else min(LOOK_SECONDS, max(0, first - self._time.now()) / 1000)
            )
            self._woken.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()

    def pass_time(self) -> None:
        """Do what is due by now: grace, leases, end times, the sweep, rows of heartbeats."""
        now = self._time.now()
        for user_id in self._agenda.due(now):
            self._look_at(user_id, self._people.obtain(user_id), now)
        if not 0 <= now - self._swept < self.rules.clean_up * 1000:
            self._swept = now
            for user_id, person in self._people.here():
                self._look_at(user_id, person, now)
        for user_id in self._round.take(now, self._served):
            self._write(user_id, self._people.obtain(user_id), now)

    # --- what clients say ---------------------------------------------------------------------------------

    def connect(
        self, user_id: int, sid: str, *, state: DeviceState | None = None, claim: StatusUpdate | None = None
    ) -> OwnPresence:
        """A socket was accepted. `claim` is a choice made without a link; one that no longer makes sense is dropped.

        Raises `Refused(UNKNOWN_USER)`.
        """
        self.profile(user_id)
        now = self._time.now()
        person = self._people.obtain(user_id)
        presence.connect(person, sid, self._time.second(now), presence.device_of(state, self.rules))
        self._whereabouts.hear(user_id, sid, state, now)
        if (
            claim is not None
            and (claim.until is None or claim.until > now)
            and not self._pace.take(str(user_id), now)
        ):
            self._choose(
                user_id, person, choosing.choose(person.choices or choosing.NOTHING, claim, now), now
            )
        self._settle(user_id, person, now)
        return self.own_of(person, now)

    def disconnect(self, user_id: int, sid: str, *, graceful: bool) -> None:
        """A socket is gone: after a goodbye (or a cut) at once, else it has the grace to come back."""
        person = self._people.get(user_id)
        if person is None:
            return
        now = self._time.now()
        if graceful:
            presence.left(person, sid)
        else:
            presence.lost(person, sid, now, self._time.second(now), self.rules)
        self._settle(user_id, person, now)

    def heartbeat(self, user_id: int, sid: str | None, state: DeviceState | None = None) -> int:
        """A heartbeat of a socket, or (sid None) over REST. Returns the moment, in ms."""
        now = self._time.now()
        person = self._people.get(user_id)
        if sid is None:
            person = person or self._people.obtain(user_id)
            presence.polled(person, now, self._time.second(now), self.rules)
            self._settle(user_id, person, now)
            return now
        session = None if person is None else person.find(sid)
        if person is None or session is None:
            return now
        device = None if state is None else presence.device_of(state, self.rules)
        news = presence.beat(session, self._time.second(now), device, self.rules)
        moved = state is not None and self._whereabouts.hear(user_id, sid, state, now)
        if news or moved or person.shown.status is Status.OFFLINE:
            self._settle(user_id, person, now)
        return now

    def touch(self, user_id: int, sid: str | None = None) -> None:
        """Any other event or REST call: a sign of life, that makes nobody connected who was not."""
        person = self._people.get(user_id)
        if person is None or person.sid is None:
            return
        now = self._time.now()
        session = None if sid is None else person.find(sid)
        if session is None:
            back = presence.heard(person, self._time.second(now), self.rules)
        else:
            back = presence.beat(session, self._time.second(now), None, self.rules)
        if back or person.shown.status is Status.OFFLINE:
            self._settle(user_id, person, now)

    def claim(self, user_id: int, update: StatusUpdate) -> StatusUpdated:
        """A status chosen by hand. Raises `Refused`: `TOO_MANY_REQUESTS`, `INVALID_END_TIME`."""
        now = self._time.now()
        person = self._people.obtain(user_id)
        choices = choosing.choose(person.choices or choosing.NOTHING, update, now)
        self._count(user_id, now)
        self._choose(user_id, person, choices, now)
        self._settle(user_id, person, now, chosen=True, restate=True)
        return self._updated(user_id, person, now)

    def custom(self, user_id: int, custom: CustomStatus) -> StatusUpdated:
        """A custom status. Raises `Refused`: as `claim`, and `INVALID_PAYLOAD` for a text or emoji that is none."""
        now = self._time.now()
        person = self._people.obtain(user_id)
        choices = choosing.describe(person.choices or choosing.NOTHING, custom, now)
        self._count(user_id, now)
        self._choose(user_id, person, choices, now)
        self._settle(user_id, person, now, chosen=True)
        return self._updated(user_id, person, now)

    def locate(self, user_id: int, sid: str, update: LocationUpdate) -> None:
        """A device has another room open. Raises `Refused(TOO_MANY_REQUESTS)`."""
        now = self._time.now()
        person = self._people.get(user_id)
        if person is not None and person.find(sid) is not None:
            self._whereabouts.move(user_id, sid, update, now)
            self._settle(user_id, person, now)

    def type(self, user_id: int, sid: str, update: TypingUpdate) -> None:
        """A device's person types, for the next 6 s, or no longer. Raises `Refused(TOO_MANY_REQUESTS)`."""
        now = self._time.now()
        person = self._people.get(user_id)
        if person is not None and person.find(sid) is not None:
            self._whereabouts.type(user_id, sid, update, now)
            self._settle(user_id, person, now)

    def sent(self, user_id: int, room_id: int) -> None:
        """Somebody sent something in this room, and so types there no longer."""
        person = self._people.get(user_id)
        if person is not None:
            self._whereabouts.sent(user_id, room_id)
            self._settle(user_id, person, self._time.now())

    def place(self, user_id: int, sid: str, state: DeviceState) -> None:
        """What a device said of where it is, now that it is known to be right."""
        now = self._time.now()
        person = self._people.get(user_id)
        if (
            person is not None
            and person.find(sid) is not None
            and self._whereabouts.hear(user_id, sid, state, now)
        ):
            self._settle(user_id, person, now)

    def put_out(self, user_id: int, room_id: int) -> None:
        """Somebody is in this room no longer, on no device."""
        person = self._people.get(user_id)
        if person is not None:
            self._whereabouts.put_out(user_id, room_id)
            self._settle(user_id, person, self._time.now())

    def is_at(self, user_id: int, sid: str, room_id: int) -> bool:
        """Whether this device has that room open."""
        return self._whereabouts.is_at(user_id, sid, room_id)

    def renewed(self, user_id: int) -> None:
        """Somebody's profile is another one: their entry is told anew, under a new version."""
        person, now = self._people.obtain(user_id), self._time.now()
        self._publisher.publish(presence.renew(person, user_id, now, self._versions))

    def here(self, room_id: int) -> LocationRoster:
        """Who has this room open at this server, as far as others may know."""
        return self._whereabouts.here(room_id)

    def forget(self, user_id: int) -> None:
        """The account was deleted: shown as gone, then nothing is known any more."""
        person = self._people.get(user_id)
        if person is None:
            return
        for session in list(person.sessions()):
            presence.left(person, session.sid or "")
        self._settle(user_id, person, self._time.now())
        self._agenda.set(user_id, None)
        self._people.forget(user_id)
        self._stamps.pop(user_id, None)
        self._writer.forget(user_id)
        self._pictures.forgotten()

    def _served(self) -> list[int]:
        """The visible people whose rows are this server's to keep."""
        return [user_id for user_id, _ in self._people.visible()]

    # --- inside -------------------------------------------------------------------------------------------

    def _located(self, publisher: Publisher, nearby: Nearby | None) -> Whereabouts:
        return Whereabouts(publisher, nearby=nearby)

    def _look_at(self, user_id: int, person: Person, now: int) -> None:
        """`_settle`, where nobody asked for it: a fault with one person must not stop everybody's time."""
        try:
            self._settle(user_id, person, now)
        except Exception:
            log.exception("presence.time_failed")

    def _settle(
        self, user_id: int, person: Person, now: int, *, chosen: bool = False, restate: bool = False
    ) -> None:
        before, choices = person.shown, person.choices
        change = presence.settle(person, user_id, now, self.rules, self._versions)
        self._people.moved(user_id, person, before.status)
        if person.choices is not choices:
            self._writer.choices(ChoicesRow(user_id, person.choices, self._stamps.get(user_id, 0)))
        if chosen or before != person.shown or person.choices is not choices:
            self._publisher.confirm(user_id, self.own_of(person, now), now)
        if change is not None:
            self._write(user_id, person, now)
            self._publisher.publish(change)
            if change.before is Status.OFFLINE and change.status is not Status.OFFLINE:
                self._back(user_id)
        elif restate and person.shown.status is not Status.OFFLINE:
            self._publisher.publish(presence.tell(person, user_id, now))
        if self._whereabouts.settle(user_id, person, now, self.rules):
            self._write(user_id, person, now)
        if self._agenda.set(user_id, self._next(user_id, person)):
            self._woken.set()

    def _back(self, user_id: int) -> None:
        self.appeared(user_id)

    def _next(self, user_id: int, person: Person) -> int | None:
        ends = self._whereabouts.next_end(user_id)
        change = next_change(person)
        return change if ends is None or (change is not None and change < ends) else ends

    def _write(self, user_id: int, person: Person, now: int) -> None:
        seen = visibility.last_seen(person, now) or now
        room_id, typing = self._whereabouts.row(user_id)
        self._writer.presence(PresenceRow(user_id, person.shown.status.value, seen, room_id, typing))

    def _choose(self, user_id: int, person: Person, choices: choosing.Choices, now: int) -> None:
        presence.choose(person, choices, now)
        stamp = self._stamps[user_id] = self._stamping.take(now)
        self._writer.choices(ChoicesRow(user_id, person.choices, stamp))

    def _count(self, user_id: int, now: int) -> None:
        wait = self._pace.take(str(user_id), now)
        if wait:
            raise Refused(Code.TOO_MANY_REQUESTS, retry_after=wait / 1000)

    def _updated(self, user_id: int, person: Person, now: int) -> StatusUpdated:
        return StatusUpdated(
            user_id=user_id, status=person.shown.status, timestamp=now, own=self.own_of(person, now)
        )

    def _jumped(self, seconds: int) -> None:
        self._whereabouts.shift(seconds)
        for user_id, person in self._people.here():
            presence.shift(person, seconds)
            self._agenda.set(user_id, self._next(user_id, person))
        self._woken.set()


def _nobody(_user_id: int) -> None:
    """Nobody asks who is back."""
