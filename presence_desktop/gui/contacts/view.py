"""A table of one column that looks and behaves like a list; what its rows are is its model's business."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

_BY_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)


class PeopleView(QTableView):
    """A table of one column that looks like a list (a real list view lays out every row on each change)."""

    left = Signal()
    """The pointer went away."""
    menu_asked = Signal(QModelIndex, QPoint)
    """Somebody asked what can be done with a row; where on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = QPersistentModelIndex()
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
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button asks what can be done with a row, and goes nowhere."""
        if event.button() is Qt.MouseButton.RightButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or of the one that has the keyboard."""
        if event.reason() is not QContextMenuEvent.Reason.Mouse:
            self._ask_menu_here()
        elif (index := self.indexAt(event.pos())).isValid():
            self._ask_menu(index, event.globalPos())

    def _ask_menu_here(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self._ask_menu(index, self.viewport().mapToGlobal(self.visualRect(index).center()))

    def _ask_menu(self, index: QModelIndex, place: QPoint) -> None:
        """While the menu is open its row is marked as if it was pointed at."""
        self.menu_asked.emit(index, place)
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            self._mark(QPersistentModelIndex(index))
            menu.aboutToHide.connect(lambda: self._mark(QPersistentModelIndex()))

    def _mark(self, index: QPersistentModelIndex) -> None:
        self._asked = index
        self.viewport().update()

    def is_asked(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether the menu of this row is open."""
        return self._asked.isValid() and self._asked == QPersistentModelIndex(index)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where one comes by keyboard is marked: Qt makes the first row the current one, but chooses none."""
        super().focusInEvent(event)
        chosen, here = self.selectionModel(), self.currentIndex()
        if event.reason() in _BY_KEYBOARD and here.isValid() and not chosen.hasSelection():
            flags = QItemSelectionModel.SelectionFlag
            chosen.select(here, flags.ClearAndSelect | flags.Rows)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


def row_state(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QStyle.StateFlag:
    """How a row is to be drawn: one whose menu is open as if it was pointed at."""
    view = option.widget
    asked = isinstance(view, PeopleView) and view.is_asked(index)
    return option.state | QStyle.StateFlag.State_MouseOver if asked else option.state
