"""The signals with which sections, conversations and their headings come, go and move in the list."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex

from presence_desktop.gui.contacts.upper_order import Row, Run, UpperOrder

_ROOT = QModelIndex()
_FEW = 24
"""Up to so many rows are moved one by one; more in one layout change."""


class UpperSteps:
    """Does for what stands above the people what the model does for them; its friend."""

    def __init__(self, model: QAbstractTableModel, order: UpperOrder) -> None:
        self._model, self._order = model, order

    def settle(self) -> None:
        """Everything goes where it belongs now."""
        wanted, moved = self._order.wanted(), 0
        for run in self._order.runs(wanted):
            if run.source is not None and run.target is not None:
                moved += 1
            if moved > _FEW:
                self._all_at_once(wanted)
                return
            self._step(run, wanted)

    def _step(self, run: Run, wanted: list[Row]) -> None:
        model = self._model
        if run.source is None and run.target is not None:
            model.beginInsertRows(_ROOT, run.target, run.target + run.length - 1)
            self._order.take(run, wanted)
            model.endInsertRows()
        elif run.target is None and run.source is not None:
            model.beginRemoveRows(_ROOT, run.source, run.source + run.length - 1)
            self._order.take(run, wanted)
            model.endRemoveRows()
        elif run.source is not None and run.target is not None:
            destination = run.target + 1 if run.target > run.source else run.target
            model.beginMoveRows(_ROOT, run.source, run.source, _ROOT, destination)
            self._order.take(run, wanted)
            model.endMoveRows()

    def _all_at_once(self, wanted: list[Row]) -> None:
        """The same rows in another order; people below stay where they are."""
        model, order = self._model, self._order
        model.layoutAboutToBeChanged.emit()
        kept = model.persistentIndexList()
        rows = [order[index.row()] if index.row() < len(order) else None for index in kept]
        order.settle(wanted)
        places = [None if row is None else order.index(row) for row in rows]
        new = [
            index if place is None else model.index(place, 0)
            for index, place in zip(kept, places, strict=True)
        ]
        model.changePersistentIndexList(kept, new)
        model.layoutChanged.emit()
