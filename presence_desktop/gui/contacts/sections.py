"""What a person does with their sections: holds them, and says what became of each wish, aloud too.

The rules are `core.favourites`'; where the sections are kept is `app`'s business, when rows move is the pane's.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from presence_desktop.core.client import Client
from presence_desktop.core.favourites import FAVOURITES, Item, Section, Sections
from presence_desktop.gui.confirm import confirmed
from presence_desktop.gui.contacts.dropping import Drop
from presence_desktop.gui.contacts.heading import section_name
from presence_desktop.gui.contacts.model import ContactModel
from presence_desktop.gui.contacts.upper_order import Head
from presence_desktop.gui.rooms.talk_words import name_of, talk_title

if TYPE_CHECKING:
    from presence_desktop.gui.contacts.section_name import SectionNameDialog


class OwnSections(QObject):
    """One per list."""

    changed = Signal(object)
    """The `Sections` as the person made them, to be kept."""
    rearranged = Signal(object)
    """Rows are to move now; the row (`Item` or `Head`) that is to be chosen then, or None."""

    def __init__(self, client: Client, model: ContactModel, page: QWidget) -> None:
        super().__init__(page)
        self._client, self._model, self._page = client, model, page
        self.dialog: SectionNameDialog | None = None

    @property
    def held(self) -> Sections:
        """The sections as they are."""
        return self._model.upper.sections

    def begin(self, sections: Sections) -> None:
        """Somebody signed in: the sections they made in earlier runs."""
        self._hold(sections)
        self.rearranged.emit(None)

    def offer_favourites(self, on: bool) -> None:
        """Show them, though there are none, for as long as something is dragged."""
        self._model.upper.offering = on
        self.rearranged.emit(None)

    def shows(self, section: Section) -> bool:
        """Whether a section is listed."""
        return self._model.upper.shows(section)

    # --- items ---

    def is_favourite(self, item: Item) -> bool:
        """Whether it stands among the favourites."""
        section = self.held.of_item(item)
        return section is not None and section.key == FAVOURITES

    def toggle_favourite(self, item: Item) -> None:
        """Among the favourites, or not any more."""
        self.put(item, None if self.is_favourite(item) else FAVOURITES)

    def put(self, item: Item, key: int | None, before: Item | None = None) -> None:
        """Into a section, before another item or at its end; None: out of all."""
        held = self.held
        self._take(held.take_out(item) if key is None else held.put(item, key, before), item)

    def step(self, row: Item | Head, by: int) -> None:
        """One place up (-1) or down (1)."""
        held = self.held
        if isinstance(row, Item):
            self._take(held.step(row, by, self._model.is_listed), row)
        elif row.key >= 0:
            self._take(held.step_section(row.key, by, self.shows), row)

    def drop(self, row: Item | Head, drop: Drop) -> None:
        """Something was dragged here."""
        if isinstance(row, Head):
            before = drop.before if isinstance(drop.before, int) else None
            self._take(self.held.shift(row.key, before), row)
        else:
            self.put(row, drop.section, drop.before if isinstance(drop.before, Item) else None)

    # --- sections ---

    def toggle_fold(self, key: int, folded: bool | None = None) -> None:
        """Fold or unfold a section, the conversations or the people; None: the other way than it is."""
        if self._model.upper.searching:
            return
        folded = not self.held.is_folded(key) if folded is None else folded
        self._take(self.held.fold(key, folded), Head(key))

    def ask_new(self, item: Item | None = None) -> None:
        """Ask for a new section; `item` goes into it."""

        def named(name: str) -> None:
            made = self.held.add(name)
            key = made.all[-1].key
            self._take(made if item is None else made.put(item, key), item or Head(key))

        if not self.held.full:
            self._ask("", named)

    def ask_rename(self, key: int) -> None:
        """Ask how a section is to be called."""
        section = self.held.get(key)
        if section is not None and key != FAVOURITES:
            self._ask(section.name, lambda name: self._take(self.held.rename(key, name), Head(key)))

    def ask_remove(self, key: int) -> None:
        """Remove a section; one with something in it only if that is meant."""
        section = self.held.get(key)
        if section is None or key == FAVOURITES:
            return
        if not section.items or confirmed(
            self._page,
            self.tr("Remove the section “{name}”?").format(name=section.name),
            self.tr("Who and what is in it stays in the list, below."),
            self.tr("Remove section"),
        ):
            self._take(self.held.remove(key), None)

    # --- parts of the above ---

    def _ask(self, held: str, named: Callable[[str], None]) -> None:
        from presence_desktop.gui.contacts.section_name import SectionNameDialog

        dialog = SectionNameDialog(
            held,
            lambda name: name.casefold() != held.casefold() and self.held.named(name) is not None,
            self._page,
        )
        dialog.named.connect(named)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _take(self, sections: Sections, row: Item | Head | None) -> None:
        if sections is self.held:
            return
        self._hold(sections)
        self.rearranged.emit(row)
        self.changed.emit(sections)
        if row is not None and QAccessible.isActive():
            words = self.spoken(row)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._page, words))

    def _hold(self, sections: Sections) -> None:
        self._model.upper.sections = sections
        people = (item.id for section in sections.all for item in section.items if item.what == "person")
        self._client.order.keep_out(frozenset(people))
        self._model.repaint_upper()

    def spoken(self, row: Item | Head) -> str:
        """Where something is now, in a sentence."""
        if isinstance(row, Head):
            return self._spoken_section(row.key)
        section = self.held.of_item(row)
        if section is None:
            return self.tr("{name}: in no section").format(name=self.name(row))
        rows = [item for item in section.items if self._model.is_listed(item)]
        place = rows.index(row) + 1 if row in rows else len(rows)
        words = self.tr("{name}: {section}, {place} of {count}")
        return words.format(name=self.name(row), section=section_name(section), place=place, count=len(rows))

    def _spoken_section(self, key: int) -> str:
        if key < 0:
            place = self._model.upper.index(Head(key))
            heading = None if place is None else self._model.heading(place)
            return "" if heading is None else self._spoken_fold(heading.words, heading.folded)
        shown: list[Section] = [section for section in self.held.all if self.shows(section)]
        keys = [section.key for section in shown]
        if key not in keys:
            return ""
        section = shown[keys.index(key)]
        if section.folded:
            return self._spoken_fold(section_name(section), folded=True)
        words = self.tr("Section {section}, {place} of {count}")
        return words.format(section=section_name(section), place=keys.index(key) + 1, count=len(keys))

    def _spoken_fold(self, name: str, folded: bool) -> str:
        words = self.tr("{section}: folded") if folded else self.tr("{section}: unfolded")
        return words.format(section=name)

    def name(self, item: Item) -> str:
        """What somebody or a room is called."""
        if item.what == "person":
            return name_of(self._client, item.id)
        talk = self._client.chats.get(item.id)
        return "" if talk is None else talk_title(self._client, talk)
