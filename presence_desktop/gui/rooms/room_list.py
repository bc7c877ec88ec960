"""The public rooms as a list: picture, name, topic, how many are in, whether one is oneself."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.face import paint_room
from presence_desktop.protocol.chat import RoomEntry

ROOM = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 15 * theme.UNIT
_SIDE = 10 * theme.UNIT
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RoomModel(QAbstractTableModel):
    """The rooms of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms: list[RoomEntry] = []

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rooms)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return None  # the headers are hidden: nobody is to hear row numbers

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        room = self.room(index.row()) if index.isValid() else None
        if role == ROOM or room is None:
            return room
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (room.title, room.topic, self.note(room)) if part)
        return None

    def room(self, row: int) -> RoomEntry | None:
        """The room in a row."""
        return self._rooms[row] if 0 <= row < len(self._rooms) else None

    def note(self, room: RoomEntry) -> str:
        """How many are in it, and whether oneself is."""
        members = self.tr("%n members", "", room.members)
        return self.tr("{members} · joined").format(members=members) if room.joined else members

    def show(self, rooms: Sequence[RoomEntry]) -> None:
        """List these from now on."""
        self.beginResetModel()
        self._rooms = list(rooms)
        self.endResetModel()


class RoomDelegate(QStyledItemDelegate):
    """Paints a room."""

    def __init__(self, look: Look, model: RoomModel) -> None:
        super().__init__(model)
        self._look, self._model = look, model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        room = index.data(ROOM)
        if not isinstance(room, RoomEntry):
            return
        inks, state = Inks(self._look), option.state
        card = QRectF(option.rect).adjusted(theme.UNIT, 1, -theme.UNIT, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.colors["hover"])
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(inks.colors["link"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        self._paint_room(painter, card, room, inks)
        painter.restore()

    def _paint_room(self, painter: QPainter, card: QRectF, room: RoomEntry, inks: Inks) -> None:
        picture = QRectF(card.left() + 2 * theme.UNIT, card.center().y() - _SIDE / 2, _SIDE, _SIDE)
        paint_room(painter, picture, room.id, room.title, inks.name)
        left, right = picture.right() + 3 * theme.UNIT, card.right() - 2 * theme.UNIT
        top = card.center().y() - inks.text_height() / 2
        upper = QRectF(left, top, right - left, inks.name_metrics.height())
        note = self._model.note(room)
        painter.setFont(inks.line)
        painter.setPen(inks.colors["muted"])
        painter.drawText(upper, _RIGHT, note)
        room_left = upper.width() - inks.line_metrics.horizontalAdvance(note) - 2 * theme.UNIT
        lower = QRectF(left, upper.bottom() + theme.UNIT // 2, right - left, inks.line_metrics.height())
        topic = inks.line_metrics.elidedText(room.topic, Qt.TextElideMode.ElideRight, int(lower.width()))
        painter.drawText(lower, _LEFT, topic)
        painter.setFont(inks.name)
        painter.setPen(inks.colors["text"])
        title = inks.name_metrics.elidedText(room.title, Qt.TextElideMode.ElideRight, int(room_left))
        painter.drawText(upper, _LEFT, title)
