"""The pictures of who is here, as others may see them: payloads of lists, ready to be encoded.

Everything in them passes `domain.visibility`. They are plain dicts with the names of the wire, since a list of
thousands is built for every change; tests hold them to the types in `protocol.events`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from presence_desktop.protocol.events import Cursor
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain import visibility
from presence_desktop.server.domain.people import People
from presence_desktop.server.domain.person import Person
from presence_desktop.server.domain.presence import Change, Versions
from presence_desktop.server.services.ports import Profile

Payload = dict[str, Any]
Profiles = Callable[[int], Profile | None]

_FRESH = 1000
"""How old (ms) a list may grow while nobody's status changes: only `lastSeen` can differ."""
_NEVER = -1


class Pictures:
    """Lists of people for clients that understand presence 1 (plain) and 2 (full)."""

    def __init__(self, people: People, profiles: Profiles, versions: Versions, epoch: str) -> None:
        self._people = people
        self._profiles = profiles
        self._versions = versions
        self.epoch = epoch
        self._kept: dict[bool, tuple[int, int, Payload]] = {}

    def online(self, now: int, *, full: bool) -> Payload:
        """`online:users`: the same object for as long as it is right, so that it need be encoded once."""
        version, made, payload = self._kept.get(full, (_NEVER, 0, {}))
        if version != self._versions.last or not 0 <= now - made < _FRESH:
            payload = self.made(now, full=full)
            self._kept[full] = (self._versions.last, now, payload)
        return payload

    def made(self, now: int, *, full: bool) -> Payload:
        """The same, made anew and kept for nobody: for who must leave no trace."""
        entry = self._full if full else self._plain
        users = [entry(profile, person, now) for profile, person in self._known(self._people.visible())]
        payload: Payload = {"count": len(users), "users": users}
        return payload | {"epoch": self.epoch, "version": self._versions.last} if full else payload

    def knows(self, cursor: Cursor | None) -> bool:
        """Whether `since` can go on from there; if not, only the whole list helps."""
        return cursor is not None and cursor.epoch == self.epoch and cursor.version <= self._versions.last

    def since(self, version: int, now: int) -> Payload:
        """`presence:changes`: everybody whose status is newer than `version`, those who left too."""
        return self.changes(self._people.changed_since(version), now)

    def of(self, user_ids: Iterable[int], now: int) -> Payload:
        """`presence:changes`: these people as they are now, as far as there are such accounts."""
        return self.changes(((user_id, self._people.get(user_id) or Person()) for user_id in user_ids), now)

    def changes(self, people: Iterable[tuple[int, Person]], now: int) -> Payload:
        """`presence:changes` of these."""
        found = [self._full(profile, person, now) for profile, person in self._known(people)]
        return {"epoch": self.epoch, "version": self._versions.last, "changes": found}

    def forgotten(self) -> None:
        """An account went without a version: lists kept are no longer right."""
        self._kept.clear()

    def _known(self, people: Iterable[tuple[int, Person]]) -> Iterator[tuple[Profile, Person]]:
        for user_id, person in people:
            profile = self._profiles(user_id)
            if profile is not None:
                yield profile, person

    @staticmethod
    def _plain(profile: Profile, person: Person, now: int) -> Payload:
        return {
            "userId": profile.user_id,
            "username": profile.username,
            "status": person.shown.status.value,
            "avatar": profile.avatar,
            "lastSeen": visibility.last_seen(person, now),
        }

    def _full(self, profile: Profile, person: Person, now: int) -> Payload:
        seen = visibility.view(person.shown)
        return self._plain(profile, person, now) | {
            "version": person.version,
            "since": visibility.since(person, now),
            "reason": seen.reason.value,
            "text": seen.text,
            "emoji": seen.emoji,
        }


def change_entry(change: Change, profile: Profile) -> Payload:
    """One entry of `presence:changes`."""
    return {
        "userId": profile.user_id,
        "username": profile.username,
        "status": change.status.value,
        "avatar": profile.avatar,
        "lastSeen": change.last_seen,
        "version": change.version,
        "since": change.since,
        "reason": change.reason.value,
        "text": change.text,
        "emoji": change.emoji,
    }


def counts(people: People) -> dict[Status, int]:
    """How many are visible with each status but `offline`."""
    return {status: count for status, count in people.counts.items() if status is not Status.OFFLINE}
