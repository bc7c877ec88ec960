"""The public rooms as a list: picture, name, topic, how many are in, whether one is oneself."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.contacts.card_delegate import ENTRY, LEFT, RIGHT, CardDelegate
from presence_desktop.gui.contacts.list_model import Index, ListModel
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.face import paint_room
from presence_desktop.protocol.chat import RoomEntry

_SIDE = 10 * theme.UNIT
_DOTS = Qt.TextElideMode.ElideRight


class RoomModel(ListModel):
    """The rooms of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms: list[RoomEntry] = []

    @override
    def count(self) -> int:
        return len(self._rooms)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        room = self.room(index.row()) if index.isValid() else None
        if role == ENTRY or room is None:
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


class RoomDelegate(CardDelegate):
    """Paints a room."""

    def __init__(self, look: Look, model: RoomModel) -> None:
        super().__init__(look, model)
        self._model = model

    @override
    def row_height(self) -> int:
        return max(_SIDE, self.inks.text_height()) + 5 * theme.UNIT

    @override
    def paint_entry(self, painter: QPainter, card: QRectF, entry: object, backdrop: QColor) -> None:
        if not isinstance(entry, RoomEntry):
            return
        inks = self.inks
        picture = QRectF(card.left() + 2 * theme.UNIT, card.center().y() - _SIDE / 2, _SIDE, _SIDE)
        paint_room(painter, picture, entry.id, entry.title, inks.name)
        left, right = picture.right() + 3 * theme.UNIT, card.right() - 2 * theme.UNIT
        top = card.center().y() - inks.text_height() / 2
        upper = QRectF(left, top, right - left, inks.name_metrics.height())
        lower = QRectF(left, upper.bottom() + theme.UNIT // 2, right - left, inks.line_metrics.height())
        note = self._model.note(entry)
        painter.setFont(inks.line)
        painter.setPen(inks.colors["muted"])
        painter.drawText(upper, RIGHT, note)
        painter.drawText(lower, LEFT, inks.line_metrics.elidedText(entry.topic, _DOTS, int(lower.width())))
        room = upper.width() - inks.line_metrics.horizontalAdvance(note) - 2 * theme.UNIT
        painter.setFont(inks.name)
        painter.setPen(inks.colors["text"])
        painter.drawText(upper, LEFT, inks.name_metrics.elidedText(entry.title, _DOTS, int(room)))
