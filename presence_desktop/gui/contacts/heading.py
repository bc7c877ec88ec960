"""A heading of the list in words: what it is called, how much is in it, how a screen reader says it."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.favourites import FAVOURITES, PEOPLE, TALKS, Item, Section
from presence_desktop.gui.contacts.upper_order import Head, UpperOrder

_tr = QCoreApplication.translate


class Heading(NamedTuple):
    """What a heading shows."""

    words: str
    section: bool = False
    """Whether it is one of one's own, that can be moved."""
    foldable: bool = False
    folded: bool = False
    entries: int = 0
    """How many rows are in it; told of what can be folded only."""
    unread: int = 0
    """How much is unread in what a folded one hides."""

    def empty(self) -> str:
        """What a section says that has nothing in it."""
        return _tr("sections", "empty")

    def spoken(self, entries: str) -> str:
        """The heading in one sentence; `entries` says how many there are in it."""
        if not self.foldable:
            return self.words
        parts = [self.words, *([_tr("sections", "section")] if self.section else []), entries]
        if self.folded:
            parts.append(_tr("sections", "folded"))
        if self.unread:
            parts.append(_tr("talks", "{count} unread").format(count=self.unread))
        return ", ".join(parts)


def section_name(section: Section) -> str:
    """What a section is called."""
    return _tr("sections", "Favourites") if section.key == FAVOURITES else section.name


def heading_of(head: Head, upper: UpperOrder, unread: Callable[[Item], int], people: int) -> Heading:
    """The heading as it is now; `people`: how many are listed below."""
    section, key = upper.sections.get(head.key), head.key
    if section is None and key not in (TALKS, PEOPLE):  # removed, and its row goes in a moment
        return Heading("", section=True)
    words = _fixed_words(key, upper, people) if section is None else section_name(section)
    if upper.searching:
        return Heading(words)
    items, folded = upper.items_of(key), upper.is_folded(key)
    entries = people if key == PEOPLE else len(items)
    return Heading(
        words, section is not None, True, folded, entries, sum(map(unread, items)) if folded else 0
    )


def _fixed_words(key: int, upper: UpperOrder, people: int) -> str:
    if key == TALKS:
        return _tr("ContactModel", "Conversations")
    lacking = upper.searching and not people
    return _tr("ContactModel", "No people of that name") if lacking else _tr("ContactModel", "People")
