"""A table of one column that looks and behaves like a list; what its rows are is its model's business."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView
from typing_extensions import override


class PeopleView(QTableView):
    """A table of one column that looks like a list (a real list view lays out every row on each change)."""

    left = Signal()
    """The pointer went away."""
    menu_asked = Signal(QModelIndex, QPoint)
    """Somebody asked what can be done with a row; where on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("people")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or of the one that has the keyboard."""
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            self._ask_menu_here()
        elif (index := self.indexAt(event.pos())).isValid():
            self.menu_asked.emit(index, event.globalPos())

    def _ask_menu_here(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.menu_asked.emit(index, self.viewport().mapToGlobal(self.visualRect(index).center()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()
