"""The next moment at which anything about a person changes by itself, and whose turn is next.

Leaves out the life of an entry: those past it are swept every few minutes, not each on its own second.
"""

from heapq import heappop, heappush

from presence_desktop.server.domain.person import Person


def next_change(person: Person) -> int | None:
    """The earliest of: a grace or lease ends, a claim ends, the custom status ends; in ms, None if nothing does."""
    ends = [session.device.ends for session in person.sessions()]
    if person.choices is not None:
        ends.extend(claim.until for claim in person.choices.claims)
        if person.choices.custom is not None:
            ends.append(person.choices.custom.until)
    return min((end for end in ends if end is not None), default=None)


class Agenda:
    """Who is to be looked at when: at most one moment a person, the newest word counts."""

    def __init__(self) -> None:
        self._when: dict[int, int] = {}
        self._heap: list[tuple[int, int]] = []

    def set(self, user_id: int, when: int | None) -> bool:
        """Look at this person at `when` (ms), or not at all; whether that is now the earliest of all."""
        if when is None:
            self._when.pop(user_id, None)
            return False
        if self._when.get(user_id) == when:
            return False
        self._when[user_id] = when
        heappush(self._heap, (when, user_id))
        return self._heap[0] == (when, user_id)

    def first(self) -> int | None:
        """The earliest moment anybody is to be looked at."""
        while self._heap:
            when, user_id = self._heap[0]
            if self._when.get(user_id) == when:
                return when
            heappop(self._heap)
        return None

    def due(self, now: int) -> list[int]:
        """The people whose moment has come; they are off the agenda."""
        found = []
        while (first := self.first()) is not None and first <= now:
            user_id = heappop(self._heap)[1]
            del self._when[user_id]
            found.append(user_id)
        return found
