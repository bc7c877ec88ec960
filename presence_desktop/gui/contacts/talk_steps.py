"""The signals with which conversations come, go and move in the list, headings with the first and the last of them."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex

from presence_desktop.gui.rooms.order import Place, TalkOrder

_ROOT = QModelIndex()
_FEW = 24


class TalkSteps:
    """Does for conversations what the model does for people; its friend."""

    def __init__(self, model: QAbstractTableModel, order: TalkOrder) -> None:
        self._model, self._order = model, order

    def settle(self) -> None:
        """Conversations go where they belong now."""
        wanted = self._order.wanted()
        if not len(self._order):
            self._all_come(wanted)
        elif not wanted:
            self._all_go()
        elif self._strange(set(wanted)):
            self._model.beginResetModel()
            self._order.settle(wanted)
            self._model.endResetModel()
        else:
            while (place := self._order.next_place(wanted)) is not None:
                self._step(place)

    def _strange(self, wanted: set[int]) -> bool:
        """Whether the list is another one altogether, rather than the one that was."""
        shown = set(self._order)
        return not shown & wanted or len(shown ^ wanted) > _FEW

    def _all_come(self, wanted: list[int]) -> None:
        if not wanted:
            return
        self._model.beginInsertRows(_ROOT, 0, len(wanted) + 1)
        self._order.settle(wanted)
        self._model.endInsertRows()

    def _all_go(self) -> None:
        self._model.beginRemoveRows(_ROOT, 0, len(self._order) + 1)
        self._order.settle(())
        self._model.endRemoveRows()

    def _step(self, place: Place) -> None:
        model = self._model
        if place.source is None and place.target is not None:
            model.beginInsertRows(_ROOT, place.target + 1, place.target + 1)
            self._order.take(place)
            model.endInsertRows()
        elif place.target is None and place.source is not None:
            model.beginRemoveRows(_ROOT, place.source + 1, place.source + 1)
            self._order.take(place)
            model.endRemoveRows()
        elif place.source is not None and place.target is not None:
            destination = place.target + 2 if place.target > place.source else place.target + 1
            model.beginMoveRows(_ROOT, place.source + 1, place.source + 1, _ROOT, destination)
            self._order.take(place)
            model.endMoveRows()
