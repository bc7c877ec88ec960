"""The rows of a conversation on the screen: painted, pointed at, selected, gone through by keyboard.

Decides what a click or a key on a row means; what is done about it is `pane`'s business.
"""

import math
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QToolTip
from typing_extensions import override

from presence_desktop.core.chat.row import Row
from presence_desktop.gui.chat.anchored import AnchoredView
from presence_desktop.gui.chat.boxes import Hit, RowLayout, Spot
from presence_desktop.gui.chat.hovers import hover_words
from presence_desktop.gui.chat.layouts import Layouts
from presence_desktop.gui.chat.model import ROW, ChatModel
from presence_desktop.gui.chat.opening import Opening
from presence_desktop.gui.chat.painter import RowPainter, RowState
from presence_desktop.gui.chat.pull import Pull
from presence_desktop.gui.chat.selection import Selection
from presence_desktop.gui.verbatim import tip

_FLASH_MS = 1_600
_HANDS = frozenset(Spot) - {Spot.TEXT, Spot.MARK, Spot.TIME}
_WALKING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
"""Whoever goes through the messages by these sees which one the other keys act on; after a click letters are text."""
_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_E: "edit",
    Qt.Key.Key_R: "reply",
    Qt.Key.Key_O: "quoted",
    Qt.Key.Key_Plus: "react",
    Qt.Key.Key_P: "pin",
    Qt.Key.Key_Escape: "leave",
}


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: "ChatView") -> None:
        super().__init__(view)
        self._view = view

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if isinstance(row, Row):
            self._view.paint_row(painter, option.rect, index.row(), row)


class ChatView(AnchoredView):
    """The list of messages."""

    clicked_at = Signal(object, object)
    """A `Row` and the `Hit` in it."""
    key_asked = Signal(object, str)
    """A `Row` and what is to be done with it: open, delete, edit, reply, react, pin, copy, leave."""
    menu_asked = Signal(object, object)
    """A `Row` and the `QPoint` on the screen."""
    hovered_row = Signal(object, object)
    """The `Row` under the pointer and the `QRect` it takes in the view; None for none."""
    typed = Signal(str)
    """Text that is meant for the composer."""
    opening_clicked = Signal()
    """What stands above the first row."""

    def __init__(self, model: ChatModel, layouts: Layouts, painter: RowPainter, opening: Opening) -> None:
        self._layouts, self._painter, self._opening = layouts, painter, opening
        self._hovered: UUID | None = None
        self._hot_chip: str | None = None
        self._dragging = False
        self._pressed: Hit | None = None
        self._flashed: UUID | None = None
        self._by_keys = False
        super().__init__(model)
        self.selection = Selection(model, self.layout_at, layouts.company)
        self._pull = Pull(self, self._drag_to)
        self.setObjectName("messages")
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._flash = QVariantAnimation(self)
        self._flash.setStartValue(1.0)
        self._flash.setEndValue(0.0)
        self._flash.setDuration(_FLASH_MS)
        self._flash.valueChanged.connect(lambda _value: self.viewport().update())
        self._flash.finished.connect(self._flash_off)

    @override
    def height_of(self, row: Row) -> int:
        return math.ceil(self._layouts.of(row, self._width()).height)

    def layout_at(self, at: int) -> RowLayout | None:
        """Where everything of a row is."""
        row = self.rows.row(at)
        return None if row is None else self._layouts.of(row, self._width())

    def box_of(self, key: UUID) -> QRect | None:
        """Where a row's card is in the view; None if it is not listed."""
        at = self.rows.place(key)
        layout = None if at is None else self.layout_at(at)
        if at is None or layout is None:
            return None
        return layout.card.translated(0, self.top_of(at)).toAlignedRect()

    def flash(self, key: UUID, *, fading: bool = True) -> None:
        """Light a row up for a moment; not `fading`: the light goes out at once."""
        self._flash.stop()
        self._flashed = key
        self._flash.setEndValue(0.0 if fading else 1.0)
        self._flash.start()

    def current_row(self) -> Row | None:
        """The row the keyboard is on."""
        return self.rows.row(self.currentIndex().row())

    def choose_last(self) -> None:
        """Put the keyboard on the newest row in view, unless it is on one in view."""
        seen = self.visible()
        if seen and self.currentIndex().row() not in seen:
            self.setCurrentIndex(self.rows.index(seen.stop - 1, 0))

    def senders(self) -> set[int]:
        """Whose messages are in view."""
        rows = (self.rows.row(at) for at in self.visible())
        return {
            row.message.sender_id for row in rows if row is not None and row.message.sender_id is not None
        }

    def last_seen_row(self) -> Row | None:
        """The last row of which the end is in view; of a taller one, some of it."""
        seen, height = self.visible(), self.viewport().height()
        for at in reversed(seen):
            row = self.rows.row(at)
            whole = self.top_of(at) + self.rowHeight(at) <= height + 2
            if row is not None and row.message.seq and (whole or at == seen.start):
                return row
        return None

    def page(self, by: int) -> None:
        """Scroll by most of a screen: up (-1), down (1)."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * round(self.viewport().height() * 0.85))

    def show_whole(self, key: UUID) -> None:
        """Scroll as little as needed to have a row in view."""
        at = self.rows.place(key)
        if at is not None:
            self.scrollTo(self.rows.index(at, 0))

    def selected_text(self) -> str:
        """The text that was selected with the pointer."""
        return self.selection.text() if self.selection else ""

    # --- painting ---

    def paint_row(self, painter: QPainter, rect: QRect, at: int, row: Row) -> None:
        """Paint a row into its place."""
        layout = self._layouts.of(row, self._width())
        top = QPointF(rect.left(), rect.top())
        if at == 0 and self.lead:
            self._opening.paint(painter, QRectF(rect.left(), rect.top(), rect.width(), self.lead))
            top += QPointF(0, self.lead)
        self._painter.paint(painter, top, layout, self._state(row, at))

    def _state(self, row: Row, at: int) -> RowState:
        selection = self.selection.of(at) if self.selection else None
        hovered = row.key == self._hovered
        current = self._by_keys and self.hasFocus() and self.current_row() is row
        flash = float(self._flash.currentValue() or 0.0) if row.key == self._flashed else 0.0
        chip = self._hot_chip if hovered else None
        return RowState(hovered, current, flash, selection, chip, self.devicePixelRatioF())

    def _flash_off(self) -> None:
        self._flashed = None
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._layouts.dress.colors["page"])
        painter.end()
        super().paintEvent(event)

    def _width(self) -> float:
        return float(self.viewport().width())

    # --- the pointer ---

    def _under(self, point: QPoint) -> tuple[int, RowLayout, Hit | None, QPointF] | None:
        at = self.row_at(point.y())
        layout = None if at is None else self.layout_at(at)
        if at is None or layout is None:
            return None
        inside = QPointF(point) - QPointF(0, self.top_of(at))
        return at, layout, layout.hit(inside), inside

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._dragging:
            self._drag_to(point)
            return
        under = self._under(point) if self.viewport().rect().contains(point) else None
        self._hover(under)

    def _hover(self, under: tuple[int, RowLayout, Hit | None, QPointF] | None) -> None:
        hit = under[2] if under else None
        key = under[1].row.key if under else None
        chip = hit.text if hit is not None and hit.spot is Spot.CHIP else None
        shape = Qt.CursorShape.ArrowCursor
        if hit is not None and hit.spot in _HANDS:
            shape = Qt.CursorShape.PointingHandCursor
        elif hit is not None and hit.spot is Spot.TEXT:
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        if (key, chip) != (self._hovered, self._hot_chip):
            changed = key != self._hovered
            self._hovered, self._hot_chip = key, chip
            self.viewport().update()
            if changed:
                self.hovered_row.emit(under[1].row if under else None, self.box_of(key) if key else None)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        under = self._under(event.position().toPoint())
        self._by_keys = False
        if under:
            self.setCurrentIndex(self.rows.index(under[0], 0))
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed = under[2] if under else None
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.selection.begun:
            self._drag_to(event.position().toPoint())
            return
        self.selection.clear()
        if under and under[2] is not None and under[2].spot in (Spot.TEXT, Spot.LINK):
            self.selection.begin(under[1].row.key, under[1].text_place(under[3]))
            self._dragging = True
        self.viewport().update()

    def _drag_to(self, point: QPoint) -> None:
        """The selection goes up to the text nearest to this point; beyond an edge the view is pulled along."""
        self._dragging = True
        self._pull.follow(point)
        y = min(max(point.y(), 0), self.viewport().height() - 1)
        at = self.rowAt(y)
        layout = self.layout_at(at if at >= 0 else self.rows.rowCount() - 1)
        if layout is not None:
            inside = QPointF(point.x(), y) - QPointF(0, self.top_of(self.rows.place(layout.row.key) or 0))
            self.selection.reach(layout.row.key, layout.text_place(inside))
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragging = bool(self.selection), False
        self._pull.stop()
        under = self._under(event.position().toPoint())
        hit = under[2] if under else None
        if under is None and self.rowAt(round(event.position().y())) == 0:
            self.opening_clicked.emit()
        if event.button() is not Qt.MouseButton.LeftButton or dragged or not under or hit != self._pressed:
            return
        self.selection.clear()
        if hit is not None and hit.spot in _HANDS:
            self.clicked_at.emit(under[1].row, hit)
        else:
            self.typed.emit("")

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position().toPoint())
        if not under or under[2] is None or under[2].spot is not Spot.TEXT:
            return
        _at, layout, _hit, inside = under
        if layout.document is not None:
            begin, end = layout.document.word_at(layout.text_place(inside))
            self.selection.begin(layout.row.key, begin)
            self.selection.reach(layout.row.key, end)
            self.viewport().update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.unhover()

    def unhover(self) -> None:
        """The pointer is elsewhere."""
        self._hover(None)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._menu_for_current()
            return
        under = self._under(event.pos())
        if under:
            self.setCurrentIndex(self.rows.index(under[0], 0))
            self.menu_asked.emit(under[1].row, event.globalPos())

    def _menu_for_current(self) -> None:
        row = self.current_row()
        box = None if row is None else self.box_of(row.key)
        if row is not None and box is not None:
            corner = QPoint(box.left() + box.width() // 4, max(0, box.center().y()))
            self.menu_asked.emit(row, self.viewport().mapToGlobal(corner))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            under = self._under(event.pos())
            words = hover_words(under[1].row, under[2], self._layouts.company) if under else ""
            if words:
                QToolTip.showText(event.globalPos(), tip(words), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    # --- the keyboard ---

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the newest row in view, or back to where it was; never to the very first row."""
        self._by_keys = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.choose_last()
        super().focusInEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current_row(), Qt.Key(event.key())
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        self._by_keys |= key in _WALKING
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(row)
        elif plain and key in _KEYS and ((row is not None and self._by_keys) or key == Qt.Key.Key_Escape):
            self.key_asked.emit(row, _KEYS[key])
        elif event.text() and event.text().isprintable() and plain:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _copy(self, row: Row | None) -> None:
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)
        elif row is not None:
            self.key_asked.emit(row, "copy")

    @override
    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here."""
