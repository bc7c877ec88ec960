"""Which of all the places one can go to is meant by a few typed letters, and in which order they are offered.

Pure: the quick switcher says what there is, this says what fits best. A name that is typed from its beginning goes
before one that has the letters somewhere inside; letters that only follow each other (`rls` for Release) come last.
Korean is found as `core.search` finds it, by initial consonants too.
"""

from collections.abc import Iterable
from enum import IntEnum
from heapq import nsmallest

from msgspec import Struct

from presence_desktop.core.search import Search


class Fit(IntEnum):
    """How well a name fits, the best first."""

    WHOLE = 0
    """It is just that."""
    BEGINS = 1
    """It begins so."""
    WORDS = 2
    """Words of it begin so."""
    INSIDE = 3
    """It is somewhere inside."""
    BESIDE = 4
    """It is in what stands beside the name: a topic, the name in another language."""
    LOOSE = 5
    """Its letters are there in this order."""


class Place(Struct, frozen=True):
    """Something one can go to or do."""

    what: object
    """What it is; only handed back."""
    name: str
    """Folded (`core.contact.folded`)."""
    beside: str = ""
    """Other words it is found by, folded."""
    pull: int = 0
    """How near it lies to a person: among places that fit alike the larger goes first; 0: only when typed."""


def rank(places: Iterable[Place], text: str, limit: int) -> list[Place]:
    """The best places for a text, at most so many. For no text: those with some pull, the largest first."""
    search = Search(text)
    if not search.text:
        return nsmallest(limit, (place for place in places if place.pull), key=_by_pull)
    places = list(places)
    found: list[tuple[Fit, int, int, str, int]] = []
    left: list[int] = []
    for number, place in enumerate(places):
        fit = _fit(search, place)
        if fit is None:
            left.append(number)
        else:
            found.append((fit, *_by_pull(place), number))
    if len(found) < limit:
        found += _loose(search, places, left)
    return [places[entry[-1]] for entry in nsmallest(limit, found)]


def _by_pull(place: Place) -> tuple[int, int, str]:
    return -place.pull, len(place.name), place.name


def _fit(search: Search, place: Place) -> Fit | None:
    starts = search.starts(place.name)
    if starts is None:
        return Fit.BESIDE if place.beside and search.matches(f"{place.name} {place.beside}") else None
    if starts[0] == 0:
        return Fit.WHOLE if place.name == search.text.casefold() else Fit.BEGINS
    begins = all(not place.name[start - 1].isalnum() for start in starts if start)
    return Fit.WORDS if begins else Fit.INSIDE


def _loose(search: Search, places: list[Place], left: list[int]) -> list[tuple[Fit, int, int, str, int]]:
    """Those in whose name the letters follow each other, the closest together first."""
    matches = ((number, search.loose.search(places[number].name)) for number in left)
    return [
        (Fit.LOOSE, match.end() - match.start(), -places[number].pull, places[number].name, number)
        for number, match in matches
        if match is not None
    ]
