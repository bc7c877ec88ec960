"""Everybody who is known, split into those who are here and those who are gone, with the counts kept as they change.

Decides nothing about presence; keeps look-up, insertion and removal O(1).
"""

from collections.abc import Iterator

from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.person import Person


class People:
    """The registry. A person is here while they have a session, shown or not."""

    def __init__(self) -> None:
        self._here: dict[int, Person] = {}
        self._gone: dict[int, Person] = {}
        self.counts: dict[Status, int] = dict.fromkeys(Status, 0)
        """How many of those here are shown with which status; `offline` are the invisible ones: never to be told."""

    def get(self, user_id: int) -> Person | None:
        """The person, if anything is known of them."""
        return self._here.get(user_id) or self._gone.get(user_id)

    def obtain(self, user_id: int) -> Person:
        """The person, made if nothing was known."""
        person = self.get(user_id)
        if person is None:
            person = self._gone[user_id] = Person()
        return person

    def add(self, user_id: int, person: Person) -> None:
        """Somebody known from an earlier run, without sessions."""
        self._gone[user_id] = person

    def moved(self, user_id: int, person: Person, before: Status) -> None:
        """The person's sessions or status may have changed; `before` is the status they were counted under."""
        if self._here.get(user_id) is person:
            self.counts[before] -= 1
            if person.sid is None:
                self._gone[user_id] = self._here.pop(user_id)
                return
        elif person.sid is None:
            return
        else:
            self._here[user_id] = person
            self._gone.pop(user_id, None)
        self.counts[person.shown.status] += 1

    def forget(self, user_id: int) -> None:
        """The account is gone: nothing is known any more."""
        person = self._here.pop(user_id, None)
        if person is not None:
            self.counts[person.shown.status] -= 1
        self._gone.pop(user_id, None)

    def here(self) -> list[tuple[int, Person]]:
        """Those with a session, the invisible ones too."""
        return list(self._here.items())

    def visible(self) -> list[tuple[int, Person]]:
        """Those who are connected and visible, by rising user id."""
        return sorted(
            (
                (user_id, person)
                for user_id, person in self._here.items()
                if person.shown.status is not Status.OFFLINE
            ),
            key=lambda entry: entry[0],
        )

    def changed_since(self, version: int) -> Iterator[tuple[int, Person]]:
        """Everybody whose published status is newer than `version`."""
        for known in (self._here, self._gone):
            for user_id, person in known.items():
                if person.version > version:
                    yield user_id, person
