"""What may be seen of everybody's presence, over REST and sockets alike.

Reads only, and reads of others only what is published: whoever appears offline is answered for exactly as whoever
left, by the same code. Who changes it is `PresenceService`.
"""

from collections.abc import Iterable

import msgspec

from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Cursor, OwnPresence, UserStatus
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain import claims, visibility
from presence_desktop.server.domain.people import People
from presence_desktop.server.domain.person import Person
from presence_desktop.server.domain.presence import Versions
from presence_desktop.server.services.ports import Profile
from presence_desktop.server.services.presence.pictures import Payload, Pictures, Profiles, counts
from presence_desktop.server.services.presence.timekeeping import Timekeeper


class PresenceViews:
    """The readings of `PresenceService`."""

    def __init__(
        self, people: People, profiles: Profiles, versions: Versions, epoch: str, time: Timekeeper
    ) -> None:
        self._people = people
        self._profiles = profiles
        self._versions = versions
        self._time = time
        self._pictures = Pictures(people, profiles, versions, epoch)
        self.epoch = epoch
        """One per start of the server: versions are comparable within it."""

    def time(self) -> int:
        """The moment it is, in ms."""
        return self._time.now()

    def version(self) -> int:
        """The newest version there is: a client that has all up to it has everything."""
        return self._versions.last

    def own(self, user_id: int) -> OwnPresence:
        """What is held of oneself, in full."""
        return self.own_of(self._people.get(user_id) or Person(), self._time.now())

    def online(self) -> list[rest.Presence]:
        """Whoever is connected and visible, by user id."""
        users = self._pictures.made(self._time.now(), full=False)["users"]
        return msgspec.convert(users, list[rest.Presence])

    def list_for(self, user_id: int, *, full: bool) -> Payload:
        """`online:users` as this user's plain or (full) presence 2 clients get it; not to be changed by the caller.

        It is the same object for as long as it is right. Somebody invisible gets one of their own: that they asked
        must not show in how fresh the others' is.
        """
        person = self._people.get(user_id)
        if person is None or person.shown.status is Status.OFFLINE:
            return self._pictures.made(self._time.now(), full=full)
        return self._pictures.online(self._time.now(), full=full)

    def catch_up(self, known: Cursor | None) -> Payload | None:
        """`presence:changes` since a cursor, or None where only the whole list helps."""
        if known is None or not self._pictures.knows(known):
            return None
        return self._pictures.since(known.version, self._time.now())

    def picture_of(self, user_ids: Iterable[int]) -> Payload:
        """`presence:changes` with these people as they are."""
        return self._pictures.of(user_ids, self._time.now())

    def one(self, user_id: int) -> rest.OnePresence:
        """One person. Raises `Refused(UNKNOWN_USER)`."""
        profile = self.profile(user_id)
        status, seen = self.status_and_last_seen(user_id)
        return rest.OnePresence(
            online=status is not Status.OFFLINE,
            user_id=user_id,
            username=profile.username,
            status=status,
            avatar=profile.avatar,
            last_seen=seen,
        )

    def status_of(self, user_id: int) -> UserStatus:
        """One person's status as of now. Raises `Refused(UNKNOWN_USER)`."""
        profile = self.profile(user_id)
        status, _ = self.status_and_last_seen(user_id)
        return UserStatus(
            user_id=user_id, username=profile.username, status=status, timestamp=self._time.now()
        )

    def status_and_last_seen(self, user_id: int) -> tuple[Status, int | None]:
        """The published status of anybody, and when they were last seen (ms; None: never)."""
        person = self._people.get(user_id)
        if person is None:
            return Status.OFFLINE, None
        return person.shown.status, visibility.last_seen(person, self._time.now())

    def summary(self) -> rest.Stats:
        """How many are connected and visible, by status."""
        by_status = counts(self._people)
        parts = {status.value: count for status, count in by_status.items()}
        return rest.Stats(total=sum(by_status.values()), by_status=msgspec.convert(parts, rest.StatusCounts))

    def own_of(self, person: Person, now: int) -> OwnPresence:
        """`own` of a person at hand."""
        choices = person.choices or claims.NOTHING
        claim, custom = choices.claim(now), choices.text(now)
        return OwnPresence(
            status=person.shown.status,
            reason=person.shown.reason,
            since=visibility.since(person, now),
            version=person.version,
            claim=None if claim is None else claim.status,
            claim_until=None if claim is None else claim.until,
            text=None if custom is None else custom.text,
            emoji=None if custom is None else custom.emoji,
            text_until=None if custom is None else custom.until,
        )

    def profile(self, user_id: int) -> Profile:
        """Who somebody is. Raises `Refused(UNKNOWN_USER)`."""
        profile = self._profiles(user_id)
        if profile is None:
            raise Refused(Code.UNKNOWN_USER)
        return profile
