"""What stands in the list above the people: one's own sections, then the conversations; and the runs from what stands
there to what should.

Decides what a search leaves: rooms by their title, and no sections. Direct conversations go while one searches,
because the people below are found then, and lead to the same place. When rows may move is the pane's business.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.contact import folded
from presence_desktop.core.favourites import (
    FAVOURITES,
    PEOPLE,
    TALKS,
    Item,
    Listed,
    Section,
    Sections,
    person,
    talk,
)
from presence_desktop.core.search import Search
from presence_desktop.protocol.chat import Kind


class Head(NamedTuple):
    """A heading: of the section of this key, of the conversations (`TALKS`), or of the `PEOPLE` below."""

    key: int


Row = Head | Item


class Run(NamedTuple):
    """Rows that come, go or move together. None as source: they come; None as target: they go (`length` of them).

    `target` is the first row after the step; what moves is always one row.
    """

    source: int | None
    target: int | None
    length: int = 1


class UpperOrder:
    """The rows above the people, as the view knows them; `wanted` is what they should be."""

    def __init__(
        self,
        talks: Callable[[], Iterable[Item]],
        title: Callable[[Item], str | None],
        listed: Listed,
    ) -> None:
        """`talks` tells all conversations in order, `title` a room's title (None: not found by a search), `listed`
        whether there is somebody or something of this item now.
        """
        self._talks, self._title, self._listed = talks, title, listed
        self._rows: list[Row] = []
        self._places: dict[Row, int] | None = {}
        self._filter = ""
        self.sections = Sections()
        self.offering = False
        """Whether the favourites are there though there are none, to be dropped into."""
        self.people_folded = False
        """Whether the people below are folded away, as the view knows it."""

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> Row:
        return self._rows[row]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def index(self, row: Row) -> int | None:
        """Where this stands; None if it is not listed."""
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self._rows)}
        return self._places.get(row)

    def set_filter(self, text: str) -> None:
        """List only rooms whose title answers the search; empty: everything."""
        self._filter = text.strip()

    @property
    def searching(self) -> bool:
        """Whether only what a search found is listed."""
        return bool(self._filter)

    def shows(self, section: Section) -> bool:
        """Whether a section has a heading: one's own always, the favourites when there are some."""
        return section.key != FAVOURITES or self.offering or any(map(self._listed, section.items))

    def wanted(self) -> list[Row]:
        """What should be listed now."""
        rows: list[Row] = []
        talks: Iterable[Item] = self._talks()
        if self._filter:
            search = Search(self._filter)
            titles = ((one, self._title(one)) for one in talks)
            talks = [one for one, title in titles if title is not None and search.matches(folded(title))]
        else:
            placed: set[Item] = set()
            for section in self.sections.all:
                placed.update(section.items)
                if self.shows(section):
                    rows.append(Head(section.key))
                    rows += () if section.folded else [item for item in section.items if self._listed(item)]
            talks = [one for one in talks if one not in placed]
        if talks:
            rows += [Head(TALKS), *(() if self.is_folded(TALKS) else talks)]
        return [*rows, Head(PEOPLE)] if rows else []

    def is_folded(self, key: int) -> bool:
        """Whether only the heading of this key is to be seen now: what a search found always is."""
        return not self._filter and self.sections.is_folded(key)

    def folds_people(self, wanted: Sequence[Row]) -> bool:
        """Whether the people below are to be folded away: only where there is a heading to unfold them by."""
        return bool(wanted) and self.is_folded(PEOPLE)

    def items(self, *, folded: bool) -> Iterator[Item]:
        """What stands there, and `folded`: also what is hidden under a heading, in its place."""
        for row in self._rows:
            if isinstance(row, Item):
                yield row
            elif folded and self.is_folded(row.key):
                yield from self.items_of(row.key)

    def items_of(self, key: int) -> list[Item]:
        """What is listed in a section or among the conversations, also where it is folded; of people nothing."""
        section = self.sections.get(key)
        if section is not None:
            return list(filter(self._listed, section.items))
        placed = {item for section in self.sections.all for item in section.items}
        return [one for one in self._talks() if one not in placed] if key == TALKS else []

    @property
    def stale(self) -> bool:
        """Whether rows wait to move, come or go, or people to be folded or unfolded."""
        wanted = self.wanted()
        return self._rows != wanted or self.people_folded != self.folds_people(wanted)

    def comes_or_goes(self) -> bool:
        """Whether rows wait to come or go, and not only to move."""
        return set(self._rows) != set(self.wanted())

    def runs(self, wanted: Sequence[Row]) -> Iterator[Run]:
        """The steps towards `wanted`: first all that goes, then all that comes, then what moves. Each is to be taken
        before the next one is asked for.
        """
        keep, place = set(wanted), 0
        while place < len(self._rows):
            if self._rows[place] in keep:
                place += 1
            else:
                yield Run(place, None, _while(lambda one: one not in keep, self._rows, place))
        here = set(self._rows)
        for place, row in enumerate(wanted):
            if row not in here:
                count = _while(lambda one: one not in here, wanted, place)
                here.update(wanted[place : place + count])
                before = self.index(wanted[place - 1]) if place else None
                yield Run(None, 0 if before is None else before + 1, count)
        while self._rows != wanted:
            yield self._next_move(wanted)

    def _next_move(self, wanted: Sequence[Row]) -> Run:
        """The first row in a wrong place goes to its own if that mends it, else the one that belongs here comes."""
        place = next(at for at, row in enumerate(wanted) if self._rows[at] != row)
        if place + 1 < len(wanted) and self._rows[place + 1] == wanted[place]:
            return Run(place, wanted.index(self._rows[place]))
        return Run(self.index(wanted[place]), place)

    def take(self, run: Run, wanted: Sequence[Row]) -> None:
        """Do this step, the one `runs` told last."""
        rows = self._rows
        if run.source is None and run.target is not None:
            first = 0 if run.target == 0 else wanted.index(rows[run.target - 1]) + 1
            rows[run.target : run.target] = wanted[first : first + run.length]
        elif run.target is None and run.source is not None:
            del rows[run.source : run.source + run.length]
        elif run.source is not None and run.target is not None:
            rows.insert(run.target, rows.pop(run.source))
        self._places = None

    def settle(self, wanted: Sequence[Row]) -> None:
        """Do everything at once."""
        self._rows = list(wanted)
        self._places = None


def item_of(one: Talk) -> Item:
    """What a conversation is in a section: a direct one is the person, for good."""
    return person(one.other) if one.kind is Kind.DIRECT and one.other is not None else talk(one.id)


def _while(holds: Callable[[Row], bool], rows: Sequence[Row], start: int) -> int:
    """How many rows from here on it holds for."""
    count = 0
    for row in islice(rows, start, None):
        if not holds(row):
            break
        count += 1
    return count
