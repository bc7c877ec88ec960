"""The column in which the signs of servers stand: each goes where it is dropped, and keys walk and move among them.

Decides where a drop leads to and how it is marked. What follows from a move is its owner's business.
"""

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel
from presence_desktop.gui.server_sign import ServerSign

MIME = "application/x-presence-server"
_THICK = 2
_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_STEPS = {_Key.Key_Up: -1, _Key.Key_Down: 1}


class SignColumn(Panel):
    """Holds the signs in their order; its owner lays them out."""

    moved = Signal(object, int)
    """The sign of this account (`AccountView`) is to go so many places up (negative) or down."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, kind="side")
        self.signs: list[ServerSign] = []
        self._dragged: ServerSign | None = None
        self.setAcceptDrops(True)
        self.mark = QFrame(self)
        self.mark.setObjectName("drop-mark")
        self.mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.mark.hide()

    def attend(self, sign: ServerSign) -> None:
        """A sign came: from now on it can be dragged, and left and moved by keys."""
        sign.drag_wanted.connect(lambda place: self._drag(sign, place))
        sign.installEventFilter(self)

    def begin_drag(self, sign: ServerSign) -> None:
        """A sign is on its way."""
        self._dragged = sign

    def end_drag(self) -> None:
        """It stands somewhere, or where it stood."""
        self._dragged = None
        self.mark.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None or not isinstance(watched, ServerSign) or watched not in self.signs:
            return False
        held = event.modifiers() & ~_Mod.KeypadModifier
        if held == _Mod.NoModifier:
            self._walk(watched, by)
        elif held == _Mod.ControlModifier | _Mod.ShiftModifier:
            self._move(watched, self.signs.index(watched) + by)
        else:
            return False
        return True

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self._dragged is not None)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        gap = self._gap_at(event.position().toPoint())
        self._show_mark(gap)
        event.setAccepted(gap is not None)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.mark.hide()
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        sign, gap = self._dragged, self._gap_at(event.position().toPoint())
        self.mark.hide()
        event.setAccepted(gap is not None)
        if sign is not None and gap is not None:
            here = self.signs.index(sign)
            self._move(sign, gap - 1 if gap > here else gap)

    def _drag(self, sign: ServerSign, place: QPoint) -> None:
        data = QMimeData()
        data.setData(MIME, b"")  # which one, this column knows, and nobody else is to be told
        drag = QDrag(sign)
        drag.setMimeData(data)
        drag.setPixmap(sign.grab())
        drag.setHotSpot(place)
        self.begin_drag(sign)
        drag.exec(Qt.DropAction.MoveAction)
        self.end_drag()

    def _move(self, sign: ServerSign, place: int) -> None:
        by = max(0, min(place, len(self.signs) - 1)) - self.signs.index(sign)
        if by:
            self.moved.emit(sign.view, by)

    def _walk(self, sign: ServerSign, by: int) -> None:
        place = self.signs.index(sign) + by
        if 0 <= place < len(self.signs):
            self.signs[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _gap_at(self, place: QPoint) -> int | None:
        """Before which sign a drop here would lead; None: it would change nothing."""
        if self._dragged not in self.signs:
            return None
        gap = sum(self._box(sign).center().y() < place.y() for sign in self.signs)
        return None if gap - self.signs.index(self._dragged) in (0, 1) else gap

    def _box(self, sign: ServerSign) -> QRect:
        return QRect(sign.mapTo(self, QPoint(0, 0)), sign.size())

    def _show_mark(self, gap: int | None) -> None:
        self.mark.setVisible(gap is not None)
        if gap is not None:
            last = gap == len(self.signs)
            box = self._box(self.signs[gap - 1 if last else gap])
            edge = (box.bottom() + theme.UNIT // 2) if last else (box.top() - theme.UNIT // 2)
            self.mark.setGeometry(theme.UNIT, edge - _THICK // 2, self.width() - 2 * theme.UNIT, _THICK)
            self.mark.raise_()
