"""The list of people as Qt's views want it: rows from `core`'s order, one role that hands out the contact.

Decides with which signals rows move. When they may is `ContactPane`'s business, in which order `core`'s.
"""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.contact import Contact
from presence_desktop.core.contact_order import Step
from presence_desktop.core.ports import Clock
from presence_desktop.gui.words import sentence, why

CONTACT = Qt.ItemDataRole.UserRole
"""The role of the `Contact` itself."""
FEW_STEPS = 24
"""Up to so many rows are moved one by one; more in one layout change."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ContactModel(QAbstractTableModel):
    """One column; row r is the contact `client.order[r]`."""

    def __init__(self, client: Client, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order, self._roster, self._clock = client.order, client.roster, clock

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        contact = self.contact(index.row()) if index.isValid() else None
        if contact is None:
            return None
        if role == CONTACT:
            return contact
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence(contact, self._clock.now())
        if role == Qt.ItemDataRole.ToolTipRole:
            status = contact.status if contact.known else None
            return why(status, contact.reason, contact.since, self._clock.now())
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return None  # the headers are hidden: nobody is to hear row numbers

    def contact(self, row: int) -> Contact | None:
        """The contact in a row; None where there is none."""
        return self._roster.get(self._order[row]) if 0 <= row < len(self._order) else None

    def row_of(self, user_id: int | None) -> int | None:
        """Where a contact stands; None if it is not listed."""
        return None if user_id is None else self._order.index(user_id)

    def repaint(self, changes: Changes) -> None:
        """Those who changed are drawn anew, wherever they stand; no row moves."""
        if changes.everyone:
            self._touched(0, len(self._order) - 1)
        elif changes.people:
            rows = [row for row in map(self._order.index, changes.people) if row is not None]
            if rows:
                self._touched(min(rows), max(rows))

    def repaint_all(self) -> None:
        """Everybody is drawn anew: time passed, or the language changed."""
        self._touched(0, len(self._order) - 1)

    def settle(self) -> None:
        """Rows go where they belong now."""
        waiting = self._order.waiting()
        if waiting.steps <= FEW_STEPS:
            self._step_by_step()
        elif waiting.coming or waiting.going:
            self.beginResetModel()
            self._order.settle()
            self.endResetModel()
        else:
            self._all_at_once()

    def _touched(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _step_by_step(self) -> None:
        while (step := self._order.next_step()) is not None:
            self._step(step)

    def _step(self, step: Step) -> None:
        take = self._order.take
        if step.source is None and step.target is None:
            take(step)
        elif step.source is None and step.target is not None:
            self.beginInsertRows(_ROOT, step.target, step.target)
            take(step)
            self.endInsertRows()
        elif step.target is None and step.source is not None:
            self.beginRemoveRows(_ROOT, step.source, step.source)
            take(step)
            self.endRemoveRows()
        elif step.source is not None and step.target is not None:
            self._move(step, step.source, step.target)

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
        ids = [self._order[index.row()] for index in kept]
        self._order.settle()
        self.changePersistentIndexList(kept, list(self._indexes(ids)))
        self.layoutChanged.emit()

    def _indexes(self, user_ids: Iterable[int]) -> Iterable[QModelIndex]:
        for row in map(self._order.index, user_ids):
            yield QModelIndex() if row is None else self.index(row, 0)
