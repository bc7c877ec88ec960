"""The list whose rows can be dragged: shows where a row would come to lie, and says where it was dropped.

What a drop means is decided in `dropping`; that somebody else's drag means nothing here, by this.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from presence_desktop.gui.contacts.dropping import Drop
from presence_desktop.gui.contacts.view import PeopleView

_THICK = 2


class DraggableView(PeopleView):
    """A list whose rows go where they are dropped."""

    drag_began = Signal()
    drag_ended = Signal()
    dropped = Signal(object)
    """A `Drop`."""

    def __init__(self, place: Callable[[int, bool], Drop | None]) -> None:
        """`place` says what a drop on a row means; whether on its lower half."""
        super().__init__()
        self._place = place
        self.dragging = False
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.mark = QFrame(self.viewport())
        self.mark.setObjectName("drop-mark")
        self.mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.mark.hide()

    @override
    def startDrag(self, actions: Qt.DropAction) -> None:
        index = self.currentIndex()
        box = self.visualRect(index)
        picture = self.viewport().grab(box)
        data = self.model().mimeData([index])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(picture)
        drag.setHotSpot(self.viewport().mapFromGlobal(self.cursor().pos()) - box.topLeft())
        self.begin_drag()
        drag.exec(Qt.DropAction.MoveAction)
        self.end_drag()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are the search field's: looking through all rows for one would take long where there are many."""

    def begin_drag(self) -> None:
        """A row is on its way."""
        self.dragging = True
        self.drag_began.emit()

    def end_drag(self) -> None:
        """It lies somewhere, or where it lay."""
        self.dragging = False
        self.mark.hide()
        self.drag_ended.emit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self.dragging)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        drop = self._drop_at(event.position().toPoint())
        self._show_mark(drop)
        event.setAccepted(drop is not None)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.mark.hide()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        drop = self._drop_at(event.position().toPoint())
        super().dropEvent(event)  # ends the scrolling; the model takes nothing
        event.setAccepted(drop is not None)
        self.mark.hide()
        if drop is not None:
            self.dropped.emit(drop)

    def _drop_at(self, place: QPoint) -> Drop | None:
        row = self.rowAt(place.y())
        if not self.dragging or row < 0:
            return None
        middle = self.rowViewportPosition(row) + self.rowHeight(row) / 2
        return self._place(row, place.y() >= middle)

    def _show_mark(self, drop: Drop | None) -> None:
        self.mark.setVisible(drop is not None)
        if drop is not None:
            edge = self.rowViewportPosition(drop.row) + (self.rowHeight(drop.row) if drop.below else 0)
            self.mark.setGeometry(QRect(0, max(0, edge - _THICK // 2), self.viewport().width(), _THICK))
            self.mark.raise_()
