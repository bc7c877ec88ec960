"""The list as Qt's views want it: one's own sections and conversations on top, people below, each under a heading.

Rows come from two orders: `upper_order` for all that stands above the people, `core`'s for them. While nothing stands
above them there are no headings either: every row is a person. Decides with which signals rows move; when they may is
`ContactPane`'s business.
"""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.contact import Contact
from presence_desktop.core.contact_order import Step
from presence_desktop.core.favourites import Item, person
from presence_desktop.core.ports import Clock
from presence_desktop.gui.contacts.heading import Heading, heading_of
from presence_desktop.gui.contacts.list_model import Index, ListModel
from presence_desktop.gui.contacts.upper_order import Head, Row, UpperOrder, item_of
from presence_desktop.gui.contacts.upper_steps import UpperSteps
from presence_desktop.gui.rooms.talk_words import talk_sentence, talk_title
from presence_desktop.gui.verbatim import tip
from presence_desktop.gui.words import sentence, why
from presence_desktop.protocol.chat import Kind

CONTACT = Qt.ItemDataRole.UserRole
"""The role of the `Contact` itself."""
TALK = Qt.ItemDataRole.UserRole + 1
"""The role of the `Talk` itself."""
HEADING = Qt.ItemDataRole.UserRole + 2
"""The role of a `Heading`; None in every other row."""
FEW_STEPS = 24
"""Up to so many rows are moved one by one; more in one layout change."""
MIME = "application/x-presence-row"

_ROOT = QModelIndex()
_Flag = Qt.ItemFlag


class ContactModel(ListModel):
    """One column. Above `top` stand sections, conversations and headings; people begin there."""

    def __init__(self, client: Client, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._clock = client, clock
        self._order, self._roster = client.order, client.roster
        self.upper = UpperOrder(self._talk_items, self._room_title, self.is_listed)
        self._upper_steps = UpperSteps(self, self.upper)

    @property
    def top(self) -> int:
        """The row of the first person."""
        return len(self.upper)

    @property
    def _below(self) -> int:
        """How many rows people have."""
        return 0 if self.upper.people_folded else len(self._order)

    @override
    def count(self) -> int:
        return len(self.upper) + self._below

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _Flag.NoItemFlags
        head, searching = self.head(index.row()), bool(self._order.filter)
        if head is not None and searching:
            return _Flag.NoItemFlags
        fixed = searching or (head is not None and head.key < 0)
        movable = _Flag.NoItemFlags if fixed else _Flag.ItemIsDragEnabled
        return movable | _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemNeverHasChildren

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, top = index.row(), len(self.upper)
        if row >= top:
            contact = self._roster.get(self._order[row - top]) if row - top < self._below else None
            return None if contact is None else self._contact_data(contact, role)
        return self._upper_data(row, role)

    @override
    def mimeTypes(self) -> list[str]:
        return [MIME]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Says only that a row is dragged: which one, the view knows, and nobody else is to be told."""
        data = QMimeData()
        data.setData(MIME, b"")
        return data

    @override
    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return False  # the view takes what is dropped, and says where to it belongs

    # --- what stands in a row ---

    def row(self, row: int) -> Row | None:
        """A heading or an item; None where there is no such row."""
        if 0 <= row < self.top:
            return self.upper[row]
        place = row - self.top
        return person(self._order[place]) if 0 <= place < self._below else None

    def head(self, row: int) -> Head | None:
        """The heading in a row; None where there is none."""
        entry = self.upper[row] if 0 <= row < self.top else None
        return entry if isinstance(entry, Head) else None

    def contact(self, row: int) -> Contact | None:
        """The person in a row; None where there is none, or their conversation stands there."""
        entry = self.row(row)
        if not isinstance(entry, Item) or (row < self.top and self._talk_of(entry) is not None):
            return None
        return self._roster.get(entry.id) if entry.what == "person" else None

    def talk(self, row: int) -> Talk | None:
        """The conversation in a row; None where there is none."""
        entry = self.upper[row] if 0 <= row < self.top else None
        return self._talk_of(entry) if isinstance(entry, Item) else None

    def heading(self, row: int) -> Heading | None:
        """A heading with its words; None where there is none."""
        head = self.head(row)
        if head is None:
            return None
        return heading_of(head, self.upper, self._unread, len(self._order))

    def heading_rows(self) -> tuple[int, ...]:
        """The rows that are headings."""
        return tuple(row for row, entry in enumerate(self.upper) if isinstance(entry, Head))

    def talk_ids(self, *, folded: bool = False) -> list[int]:
        """The conversations, from top to bottom; those that a folded section hides only if asked so."""
        talks = (self._talk_of(entry) for entry in self.upper.items(folded=folded))
        return [talk.id for talk in talks if talk is not None]

    def is_listed(self, item: Item) -> bool:
        """Whether there is somebody or something of this item now."""
        if self._talk_of(item) is not None:
            return True
        contact = self._roster.get(item.id) if item.what == "person" else None
        return contact is not None and not contact.is_me

    # --- where something stands ---

    def row_of(self, user_id: int | None) -> int | None:
        """Where a person stands; None if not listed."""
        if user_id is None:
            return None
        place = None if self.upper.people_folded else self._order.index(user_id)
        return self.upper.index(person(user_id)) if place is None else place + self.top

    def row_of_talk(self, talk_id: int | None) -> int | None:
        """Where a conversation stands; None if not listed."""
        talk = None if talk_id is None else self._client.chats.get(talk_id)
        return None if talk is None else self.upper.index(item_of(talk))

    def row_of_item(self, row: Row) -> int | None:
        """Where a heading or an item stands; None if not listed."""
        place = self.upper.index(row)
        return (
            self.row_of(row.id) if place is None and isinstance(row, Item) and row.what == "person" else place
        )

    # --- changes ---

    def repaint(self, changes: Changes) -> None:
        """What changed is drawn anew, wherever it stands; no row moves."""
        if changes.everyone:
            self.repaint_all()
            return
        if changes.people and not self.upper.people_folded:
            rows = [place + self.top for place in map(self._order.index, changes.people) if place is not None]
            if rows:
                self._touched(min(rows), max(rows))
        if changes.talks or (changes.people and self.top):  # their names and dots stand there too
            self.repaint_upper()

    def repaint_upper(self) -> None:
        """All that stands above the people is drawn anew."""
        self._touched(0, self.top - 1)

    def repaint_all(self) -> None:
        """Everything is drawn anew: time passed, or the language changed."""
        self._touched(0, self.rowCount() - 1)

    def settle(self) -> None:
        """People go where they belong now."""
        if self.upper.people_folded:
            self._order.settle()
            self._touched(self.top - 1, self.top - 1)  # how many there are
            return
        waiting = self._order.waiting()
        if waiting.steps <= FEW_STEPS:
            self._step_by_step()
        elif waiting.coming or waiting.going:
            self.beginResetModel()
            self._order.settle()
            self.endResetModel()
        else:
            self._all_at_once()

    def settle_upper(self) -> None:
        """Sections and conversations go where they belong now; people are folded away, or are there again."""
        folds = self.upper.folds_people(self.upper.wanted())
        if folds:
            self._fold_people()
        self._upper_steps.settle()
        if not folds:
            self._unfold_people()

    def _fold_people(self) -> None:
        if not len(self._order):
            self.upper.people_folded = True
        elif not self.upper.people_folded:
            self.beginRemoveRows(_ROOT, self.top, self.rowCount() - 1)
            self.upper.people_folded = True
            self.endRemoveRows()

    def _unfold_people(self) -> None:
        if self.upper.people_folded:
            self._order.settle()  # nobody sees how they move
            if not len(self._order):
                self.upper.people_folded = False
                return
            self.beginInsertRows(_ROOT, self.top, self.top + len(self._order) - 1)
            self.upper.people_folded = False
            self.endInsertRows()

    # --- parts of the above ---

    def _upper_data(self, row: int, role: int) -> object:
        if isinstance(self.upper[row], Head):
            return self._heading_data(row, role)
        talk = self.talk(row)
        if talk is not None:
            return self._talk_data(talk, role)
        contact = self.contact(row)
        return None if contact is None else self._contact_data(contact, role)

    def _heading_data(self, row: int, role: int) -> object:
        heading = self.heading(row)
        if role == HEADING or heading is None:
            return heading
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        return heading.spoken(self.tr("%n entries", "", heading.entries))

    def _talk_data(self, talk: Talk, role: int) -> object:
        if role == TALK:
            return talk
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return talk_sentence(self._client, talk, self._clock.now())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._talk_tip(talk))
        return None

    def _contact_data(self, contact: Contact, role: int) -> object:
        if role == CONTACT:
            return contact
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence(contact, self._clock.now())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._contact_tip(contact))
        return None

    def _talk_tip(self, talk: Talk) -> str:
        """What a row may have no room for: the whole name, then a room's topic or why somebody's dot is as it is."""
        other = self._roster.get(talk.other) if talk.kind is Kind.DIRECT and talk.other is not None else None
        if other is not None and not other.is_me:
            return self._contact_tip(other)
        return "\n".join(filter(None, (talk_title(self._client, talk), talk.topic)))

    def _contact_tip(self, contact: Contact) -> str:
        status = contact.status if contact.known else None
        return f"{contact.username}\n{why(status, contact.reason, contact.since, self._clock.now())}"

    def _talk_items(self) -> Iterator[Item]:
        talks = map(self._client.chats.get, self._client.chats.ids())
        return (item_of(talk) for talk in talks if talk is not None)

    def _talk_of(self, item: Item) -> Talk | None:
        chats = self._client.chats
        talk_id = item.id if item.what == "talk" else chats.find_direct(item.id)
        return None if talk_id is None else chats.get(talk_id)

    def _room_title(self, item: Item) -> str | None:
        talk = self._talk_of(item) if item.what == "talk" else None
        return talk.title if talk is not None else None

    def _unread(self, item: Item) -> int:
        talk = self._talk_of(item)
        return 0 if talk is None or talk.muted else talk.unread

    def _touched(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _step_by_step(self) -> None:
        before = len(self._order)
        while (step := self._order.next_step()) is not None:
            self._step(step)
        if self.top and bool(before) != bool(len(self._order)):
            self._touched(self.top - 1, self.top - 1)

    def _step(self, step: Step) -> None:
        take, top = self._order.take, self.top
        if step.source is None and step.target is None:
            take(step)
        elif step.source is None and step.target is not None:
            self.beginInsertRows(_ROOT, step.target + top, step.target + top)
            take(step)
            self.endInsertRows()
        elif step.target is None and step.source is not None:
            self.beginRemoveRows(_ROOT, step.source + top, step.source + top)
            take(step)
            self.endRemoveRows()
        elif step.source is not None and step.target is not None:
            self._move(step, step.source + top, step.target + top)

    def _move(self, step: Step, source: int, target: int) -> None:
        if source == target:  # another key in the same place
            self._order.take(step)
            return
        destination = target + 1 if target > source else target
        self.beginMoveRows(_ROOT, source, source, _ROOT, destination)
        self._order.take(step)
        self.endMoveRows()

    def _all_at_once(self) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        rows = [
            index.row() if index.row() < self.top else self._order[index.row() - self.top] for index in kept
        ]
        below = [index.row() >= self.top for index in kept]
        self._order.settle()
        self.changePersistentIndexList(kept, list(self._indexes(rows, below)))
        self.layoutChanged.emit()

    def _indexes(self, rows: Iterable[int], below: Iterable[bool]) -> Iterator[QModelIndex]:
        """Where these are now: people by their ids, all above them by the rows they still stand in."""
        for number, is_person in zip(rows, below, strict=True):
            place = self._order.index(number) if is_person else number - self.top
            yield QModelIndex() if place is None else self.index(place + self.top, 0)
