"""The list as Qt's views want it: conversations on top, people below, each under a heading.

Rows come from two orders: `rooms.order` for conversations, `core`'s for people. While no conversation is listed there
are no headings either: every row is a person. Decides with which signals rows move; when they may is `ContactPane`'s
business.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.contact import Contact
from presence_desktop.core.contact_order import Step
from presence_desktop.core.ports import Clock
from presence_desktop.gui.contacts.talk_steps import TalkSteps
from presence_desktop.gui.rooms.order import TalkOrder
from presence_desktop.gui.rooms.talk_words import talk_sentence
from presence_desktop.gui.words import sentence, why
from presence_desktop.protocol.chat import Kind

CONTACT = Qt.ItemDataRole.UserRole
"""The role of the `Contact` itself."""
TALK = Qt.ItemDataRole.UserRole + 1
"""The role of the `Talk` itself."""
HEADING = Qt.ItemDataRole.UserRole + 2
"""The role of a heading's words; None in every other row."""
FEW_STEPS = 24
"""Up to so many rows are moved one by one; more in one layout change."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ContactModel(QAbstractTableModel):
    """One column. Row 0 is a heading where conversations are listed; people begin at `top`."""

    def __init__(self, client: Client, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._clock = client, clock
        self._order, self._roster = client.order, client.roster
        self.talks = TalkOrder(lambda: client.chats.ids(), self._room_title)
        self._talk_steps = TalkSteps(self, self.talks)

    @property
    def top(self) -> int:
        """The row of the first person."""
        return len(self.talks) + 2 if len(self.talks) else 0

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self.top + len(self._order)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self.heading(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = index.row()
        if row < self.top:
            return self._talk_data(row, role)
        contact = self.contact(row)
        return None if contact is None else self._contact_data(contact, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return None  # the headers are hidden: nobody is to hear row numbers

    def contact(self, row: int) -> Contact | None:
        """The person in a row; None where there is none."""
        place = row - self.top
        return self._roster.get(self._order[place]) if 0 <= place < len(self._order) else None

    def talk(self, row: int) -> Talk | None:
        """The conversation in a row; None where there is none."""
        return self._client.chats.get(self.talks[row - 1]) if 0 < row <= len(self.talks) else None

    def heading(self, row: int) -> str | None:
        """A heading's words; None where there is none."""
        if row == 0 and len(self.talks):
            return self.tr("Conversations")
        if row == self.top - 1:
            return self.tr("People") if len(self._order) else self.tr("No people of that name")
        return None

    def heading_rows(self) -> tuple[int, ...]:
        """The rows that are headings."""
        return (0, self.top - 1) if self.top else ()

    def row_of(self, user_id: int | None) -> int | None:
        """Where a person stands; None if not listed."""
        place = None if user_id is None else self._order.index(user_id)
        return None if place is None else place + self.top

    def row_of_talk(self, talk_id: int | None) -> int | None:
        """Where a conversation stands; None if not listed."""
        place = None if talk_id is None else self.talks.index(talk_id)
        return None if place is None else place + 1

    def repaint(self, changes: Changes) -> None:
        """What changed is drawn anew, wherever it stands; no row moves."""
        if changes.everyone:
            self.repaint_all()
            return
        if changes.people:
            rows = [row for row in map(self.row_of, changes.people) if row is not None]
            if rows:
                self._touched(min(rows), max(rows))
        if changes.talks or (changes.people and len(self.talks)):  # their names and dots stand there too
            self._touched(0, self.top - 1)

    def repaint_all(self) -> None:
        """Everything is drawn anew: time passed, or the language changed."""
        self._touched(0, self.rowCount() - 1)

    def settle(self) -> None:
        """People go where they belong now."""
        waiting = self._order.waiting()
        if waiting.steps <= FEW_STEPS:
            self._step_by_step()
        elif waiting.coming or waiting.going:
            self.beginResetModel()
            self._order.settle()
            self.endResetModel()
        else:
            self._all_at_once()

    def settle_talks(self) -> None:
        """Conversations go where they belong now."""
        self._talk_steps.settle()

    def ids_at(self, indexes: Sequence[QModelIndex]) -> list[tuple[int | None, int]]:
        """What stands at these rows: (user, -) for people, (None, row) for all above them."""
        top = self.top
        return [
            (None, index.row()) if index.row() < top else (self._order[index.row() - top], 0)
            for index in indexes
        ]

    def _talk_data(self, row: int, role: int) -> object:
        heading = self.heading(row)
        if heading is not None:
            return heading if role in (HEADING, Qt.ItemDataRole.AccessibleTextRole) else None
        talk = self.talk(row)
        if role == TALK or talk is None:
            return talk
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return talk_sentence(self._client, talk, self._clock.now())
        if role == Qt.ItemDataRole.ToolTipRole:
            return talk.topic or None
        return None

    def _contact_data(self, contact: Contact, role: int) -> object:
        if role == CONTACT:
            return contact
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence(contact, self._clock.now())
        if role == Qt.ItemDataRole.ToolTipRole:
            status = contact.status if contact.known else None
            return why(status, contact.reason, contact.since, self._clock.now())
        return None

    def _room_title(self, talk_id: int) -> str | None:
        talk = self._client.chats.get(talk_id)
        return talk.title if talk is not None and talk.kind is Kind.ROOM else None

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
        ids = self.ids_at(kept)
        self._order.settle()
        self.changePersistentIndexList(kept, list(self._indexes(ids)))
        self.layoutChanged.emit()

    def _indexes(self, ids: Iterable[tuple[int | None, int]]) -> Iterable[QModelIndex]:
        for user_id, above in ids:
            row = above if user_id is None else self.row_of(user_id)
            yield QModelIndex() if row is None else self.index(row, 0)
