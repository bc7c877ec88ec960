"""What the lists of dialogs and pages have in common: a rounded card behind the row that is chosen or pointed at.

Decides what lies behind a row; subclasses draw what stands in it.
"""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.contacts.view import row_state
from presence_desktop.gui.look import Look

ENTRY = Qt.ItemDataRole.UserRole
"""The role of what stands in a row."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_State = QStyle.StateFlag


class CardDelegate(QStyledItemDelegate):
    """Rows of one height, on a page's colour."""

    hovers = True
    """Whether a row that is pointed at is marked."""

    def __init__(self, look: Look, parent: QObject, *, margin: int = theme.UNIT) -> None:
        super().__init__(parent)
        self.look = look
        self._margin = margin
        self.inks = Inks(look)
        look.changed.connect(self._measure)

    def row_height(self) -> int:
        """The height of every row, in logical pixels."""
        return self.inks.text_height() + 4 * theme.UNIT

    def paint_entry(self, painter: QPainter, card: QRectF, entry: object, backdrop: QColor) -> None:
        """Draw what stands in a row."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.row_height())

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state, colors = row_state(option, index), self.inks.colors
        card = QRectF(option.rect).adjusted(self._margin, 1, -self._margin, -1)
        chosen = bool(state & _State.State_Selected)
        hovered = self.hovers and bool(state & _State.State_MouseOver)
        back = "selected" if chosen else "hover" if hovered else "page"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if back != "page":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors[back])
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        if chosen and state & _State.State_HasFocus:
            painter.setPen(colors["link"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        self.paint_entry(painter, card, index.data(ENTRY), colors[back])
        painter.restore()

    def _measure(self) -> None:
        self.inks = Inks(self.look)
