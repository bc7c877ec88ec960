"""Where something that is dragged through the list would come to lie: pure, from the rows as they stand."""

from typing import NamedTuple

from presence_desktop.core.favourites import PEOPLE, TALKS, Item, Section
from presence_desktop.gui.contacts.model import ContactModel
from presence_desktop.gui.contacts.upper_order import Head


class Drop(NamedTuple):
    """What a drop here means, and where it is marked."""

    row: int
    """The line is drawn at the edge of this row."""
    below: bool
    """At its lower edge, not its upper one."""
    section: int | None = None
    """Into this section; None for an item: out of all."""
    before: Item | int | None = None
    """Before this item, or for a section before the section of this key; None: at the end."""


def drop_at(model: ContactModel, dragged: Item | Head, row: int, *, lower: bool) -> Drop | None:
    """A drop on the lower or the upper half of a row; None: it means nothing there."""
    over = model.row(row)
    if over is None:
        return None
    section = _section_of(model, over)
    if isinstance(dragged, Head):
        return _drop_section(model, section, row, lower=lower or over != Head(section.key if section else 0))
    if section is not None:
        return _drop_into(model, section, over, row, lower=lower)
    if model.upper.sections.of_item(dragged) is None:
        return None
    heading = model.upper.index(Head(TALKS))
    heading = model.upper.index(Head(PEOPLE)) if heading is None else heading
    return None if heading is None else Drop(heading, below=True)


def _section_of(model: ContactModel, over: Item | Head) -> Section | None:
    if isinstance(over, Head):
        return model.upper.sections.get(over.key)
    place = model.upper.index(over)
    return None if place is None else model.upper.sections.of_item(over)


def _drop_into(model: ContactModel, section: Section, over: Item | Head, row: int, *, lower: bool) -> Drop:
    rows = [item for item in section.items if model.is_listed(item)]
    if isinstance(over, Head):  # on a heading: to the beginning, or the end of what one does not see
        first = None if section.folded or not rows else rows[0]
        return Drop(row, below=True, section=section.key, before=first)
    place = rows.index(over) + (1 if lower else 0)
    return Drop(row, lower, section.key, rows[place] if place < len(rows) else None)


def _drop_section(model: ContactModel, section: Section | None, row: int, *, lower: bool) -> Drop | None:
    keys = [entry.key for entry in model.upper if isinstance(entry, Head) and entry.key >= 0]
    if section is None:  # below all sections
        end = model.upper.index(Head(TALKS))
        end = model.upper.index(Head(PEOPLE)) if end is None else end
        return None if end is None else Drop(end, below=False)
    if not lower:
        return Drop(row, below=False, before=section.key)
    place = keys.index(section.key) + 1
    if place < len(keys):
        line = model.upper.index(Head(keys[place]))
        return None if line is None else Drop(line, below=False, before=keys[place])
    return _drop_section(model, None, row, lower=False)
