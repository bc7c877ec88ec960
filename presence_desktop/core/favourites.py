"""Favourites and sections of one's own: who and what stands in which of them, and in which order; and what is folded.

Pure values: every verb gives the sections as they are then, the same object where nothing changes. Somebody who is
gone, or a room one is no longer in, keeps their place: whether they are listed now is told by the caller (`listed`).
How a section is called in the list, and how it is drawn, is the list's business.
"""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

FAVOURITES = 0
"""The section that is always there, called in the person's own language, not to be renamed or removed."""
TALKS, PEOPLE = -1, -2
"""What stands below all sections: the conversations and the people that are in none. They have no place to be moved to
and no name to be changed, but they can be folded.
"""
MOST_SECTIONS = 50
MOST_ITEMS = 2_000
LONGEST_NAME = 40


class Item(NamedTuple):
    """Somebody or something that can stand in a section."""

    what: Literal["person", "talk"]
    """A person stands for the direct conversation one has with them, too; a talk is a room."""
    id: int
    """A user's or a conversation's id."""


def person(user_id: int) -> Item:
    """Somebody."""
    return Item("person", user_id)


def talk(talk_id: int) -> Item:
    """A room."""
    return Item("talk", talk_id)


Listed = Callable[[Item], bool]


class Section(Struct, frozen=True):
    """One section."""

    key: int
    name: str = ""
    """Empty for the favourites."""
    items: tuple[Item, ...] = ()
    folded: bool = False
    """Only its heading is listed."""


class Sections(Struct, frozen=True):
    """All sections of an account, in order. The favourites are among them, and nothing stands in two of them."""

    all: tuple[Section, ...] = (Section(FAVOURITES),)
    shut: frozenset[int] = frozenset()
    """Which of `TALKS` and `PEOPLE` are folded."""

    @staticmethod
    def of(kept: Iterable[Section], shut: Iterable[int] = ()) -> "Sections":
        """What was kept, with what cannot be left out: doubles, empty names, and what is beyond the limits."""
        found: dict[int, Section] = {}
        seen: set[Item] = set()
        for section in kept:
            name = "" if section.key == FAVOURITES else clean_name(section.name)
            if section.key in found or len(found) >= MOST_SECTIONS or not (name or section.key == FAVOURITES):
                continue
            items = [item for item in dict.fromkeys(section.items) if item not in seen]
            items = items[: MOST_ITEMS - len(seen)]
            seen.update(items)
            found[section.key] = Section(section.key, name, tuple(items), section.folded)
        if FAVOURITES not in found:
            found = {FAVOURITES: Section(FAVOURITES), **found}
        return Sections(tuple(found.values()), frozenset(shut) & {TALKS, PEOPLE})

    # --- asked ---

    def get(self, key: int) -> Section | None:
        """The section of this key."""
        return next((section for section in self.all if section.key == key), None)

    def of_item(self, item: Item) -> Section | None:
        """The section an item stands in."""
        return next((section for section in self.all if item in section.items), None)

    def named(self, name: str) -> Section | None:
        """The section of this name, however it is written."""
        wanted = clean_name(name).casefold()
        return next((one for one in self.all if one.name and one.name.casefold() == wanted), None)

    def is_folded(self, key: int) -> bool:
        """Whether only its heading is listed: of a section, of `TALKS` or `PEOPLE`."""
        section = self.get(key)
        return key in self.shut if section is None else section.folded

    @property
    def full(self) -> bool:
        """Whether there is no room for another section."""
        return len(self.all) >= MOST_SECTIONS

    # --- sections ---

    def add(self, name: str) -> "Sections":
        """A new section at the end; it is the last of `all` then. The same for a name that is empty or taken."""
        name = clean_name(name)
        if not name or self.full or self.named(name) is not None:
            return self
        key = max(section.key for section in self.all) + 1
        return self._with((*self.all, Section(key, name)))

    def rename(self, key: int, name: str) -> "Sections":
        """Call a section otherwise. The same for a name that is empty or taken by another."""
        name, taken = clean_name(name), self.named(name)
        if key == FAVOURITES or not name or (taken is not None and taken.key != key):
            return self
        return self._changed(key, lambda section: replace(section, name=name))

    def remove(self, key: int) -> "Sections":
        """Remove a section; what stood in it stands in none any more."""
        if key == FAVOURITES:
            return self
        return self._with(section for section in self.all if section.key != key)

    def fold(self, key: int, folded: bool) -> "Sections":
        """List only its heading, or all of it again; `TALKS` and `PEOPLE` too."""
        if key in (TALKS, PEOPLE):
            shut = self.shut | {key} if folded else self.shut - {key}
            return self if shut == self.shut else replace(self, shut=shut)
        return self._changed(key, lambda section: replace(section, folded=folded))

    def shift(self, key: int, before: int | None) -> "Sections":
        """Put a section before another one; None: at the end."""
        moved = self.get(key)
        if moved is None or key == before:
            return self
        rest = [section for section in self.all if section.key != key]
        places = [section.key for section in rest]
        rest.insert(places.index(before) if before in places else len(rest), moved)
        return self._with(rest)

    # --- items ---

    def put(self, item: Item, key: int, before: Item | None = None) -> "Sections":
        """Put an item into a section, before another one of it; None: at its end. It leaves where it stood."""
        if item == before or self.get(key) is None:
            return self
        if self.of_item(item) is None and sum(len(section.items) for section in self.all) >= MOST_ITEMS:
            return self

        def place(section: Section) -> Section:
            items = [one for one in section.items if one != item]
            if section.key == key:
                items.insert(items.index(before) if before in items else len(items), item)
            return replace(section, items=tuple(items))

        return self._with(place(section) for section in self.all)

    def take_out(self, item: Item) -> "Sections":
        """An item stands in no section any more."""
        holder = self.of_item(item)
        if holder is None:
            return self
        rest = tuple(one for one in holder.items if one != item)
        return self._changed(holder.key, lambda section: replace(section, items=rest))

    # --- by keyboard ---

    def step(self, item: Item, by: int, listed: Listed) -> "Sections":
        """One place up (-1) or down (1), past the ends into the neighbouring section, and below the last one out of
        all. Upwards from outside it comes to the end of the last one. A folded section opens for what comes into it.
        """
        holder = self.of_item(item)
        if holder is None:
            return self._enter(item, self.all[-1], None) if by < 0 else self
        rows = [one for one in holder.items if one == item or listed(one)]
        place = rows.index(item) + by
        if 0 <= place < len(rows):
            after_next = rows[place + 1] if place + 1 < len(rows) else None
            return self.put(item, holder.key, rows[place] if by < 0 else after_next)
        neighbour = self._neighbour(holder, by)
        if neighbour is not None:
            return self._enter(item, neighbour, None if by < 0 else next(iter(neighbour.items), None))
        return self if by < 0 else self.take_out(item)

    def step_section(self, key: int, by: int, listed: Callable[[Section], bool]) -> "Sections":
        """A section one place up (-1) or down (1) among those that are listed."""
        rows = [section.key for section in self.all if section.key == key or listed(section)]
        place = rows.index(key) + by
        if not 0 <= place < len(rows):
            return self
        if by < 0:
            return self.shift(key, rows[place])
        return self.shift(key, rows[place + 1] if place + 1 < len(rows) else None)

    # --- parts of the above ---

    def _enter(self, item: Item, section: Section, before: Item | None) -> "Sections":
        return self.put(item, section.key, before).fold(section.key, folded=False)

    def _neighbour(self, section: Section, by: int) -> Section | None:
        place = self.all.index(section) + by
        return self.all[place] if 0 <= place < len(self.all) else None

    def _changed(self, key: int, change: Callable[[Section], Section]) -> "Sections":
        return self._with(change(section) if section.key == key else section for section in self.all)

    def _with(self, sections: Iterable[Section]) -> "Sections":
        changed = tuple(sections)
        return self if changed == self.all else replace(self, all=changed)


def clean_name(name: str) -> str:
    """A section's name as it is kept: on one line, not too long; empty if nothing is left."""
    return "".join(one for one in " ".join(name.split()) if one.isprintable())[:LONGEST_NAME].strip()
