"""Which conversations stand in the list, in which order, and the steps from what stands there to what should.

Decides what a search leaves: rooms by their title. Direct conversations go while one searches, because the people
below are found then, and lead to the same place. When rows may move is the pane's business.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from presence_desktop.core.contact import folded
from presence_desktop.core.search import Search


@dataclass(frozen=True, slots=True)
class Place:
    """One row's way, as in `core.contact_order.Step`: None as source: it comes; None as target: it goes."""

    talk_id: int
    source: int | None
    target: int | None


class TalkOrder:
    """The listed conversations, as the view knows them; `wanted` is what they should be."""

    def __init__(self, ids: Callable[[], Sequence[int]], title: Callable[[int], str | None]) -> None:
        """`ids` tells all of them in order, `title` a room's title (None: not found by a search)."""
        self._ids, self._title = ids, title
        self._rows: list[int] = []
        self._filter = ""

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> int:
        return self._rows[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def index(self, talk_id: int) -> int | None:
        """The row of a conversation; None if it is not listed."""
        return self._rows.index(talk_id) if talk_id in self._rows else None

    def set_filter(self, text: str) -> None:
        """List only rooms whose title answers the search; empty: all conversations."""
        self._filter = text.strip()

    def wanted(self) -> list[int]:
        """What should be listed now."""
        ids = list(self._ids())
        if not self._filter:
            return ids
        search = Search(self._filter)
        titles = ((talk_id, self._title(talk_id)) for talk_id in ids)
        return [talk_id for talk_id, title in titles if title is not None and search.matches(folded(title))]

    @property
    def stale(self) -> bool:
        """Whether rows wait to move, come or go."""
        return self._rows != self.wanted()

    def comes_or_goes(self) -> bool:
        """Whether rows wait to come or go, and not only to move."""
        return set(self._rows) != set(self.wanted())

    def next_place(self, wanted: Sequence[int]) -> Place | None:
        """The next step towards `wanted`, not yet done; None when there is none left."""
        keep = set(wanted)
        for row, talk_id in enumerate(self._rows):
            if talk_id not in keep:
                return Place(talk_id, row, None)
        for row, talk_id in enumerate(wanted):
            if row >= len(self._rows) or self._rows[row] != talk_id:
                return Place(talk_id, self.index(talk_id), row)
        return None

    def take(self, place: Place) -> None:
        """Do this step."""
        if place.source is not None:
            del self._rows[place.source]
        if place.target is not None:
            self._rows.insert(place.target, place.talk_id)

    def settle(self, wanted: Sequence[int]) -> None:
        """Do everything at once."""
        self._rows = list(wanted)
