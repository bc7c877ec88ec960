"""A heading of the list in words: what it is called, how much is in it, how a screen reader says it."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.favourites import FAVOURITES, Item, Listed, Section
from presence_desktop.gui.contacts.upper_order import PEOPLE, TALKS, Head, UpperOrder

_tr = QCoreApplication.translate


class Heading(NamedTuple):
    """What a heading shows."""

    words: str
    section: bool = False
    """Whether it is one of one's own, that can be folded and moved."""
    folded: bool = False
    entries: int = 0
    """How many rows are in it; told of sections only."""
    unread: int = 0
    """How much is unread in what a folded one hides."""

    def empty(self) -> str:
        """What a section says that has nothing in it."""
        return _tr("sections", "empty")

    def spoken(self, entries: str) -> str:
        """The heading in one sentence; `entries` says how many there are in it."""
        if not self.section:
            return self.words
        parts = [self.words, _tr("sections", "section"), entries]
        if self.folded:
            parts.append(_tr("sections", "folded"))
        if self.unread:
            parts.append(_tr("talks", "{count} unread").format(count=self.unread))
        return ", ".join(parts)


def section_name(section: Section) -> str:
    """What a section is called."""
    return _tr("sections", "Favourites") if section.key == FAVOURITES else section.name


def heading_of(
    head: Head, upper: UpperOrder, listed: Listed, unread: Callable[[Item], int], *, found: bool
) -> Heading:
    """The heading as it is now; `found`: there are people below."""
    if head.key == TALKS:
        return Heading(_tr("ContactModel", "Conversations"))
    if head.key == PEOPLE:
        lacking = upper.searching and not found
        return Heading(
            _tr("ContactModel", "No people of that name") if lacking else _tr("ContactModel", "People")
        )
    section = upper.sections.get(head.key)
    if section is None:  # removed, and its row goes in a moment
        return Heading("", section=True)
    items = [item for item in section.items if listed(item)]
    hidden = sum(map(unread, items)) if section.folded else 0
    return Heading(section_name(section), True, section.folded, len(items), hidden)
