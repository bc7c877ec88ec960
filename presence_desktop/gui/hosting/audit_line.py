"""Paints a line of the audit log: what was done, and small under it by whom and when.

Decides how a line looks and how high it is; what is long wraps.
"""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.look import Look

WHO = Qt.ItemDataRole.UserRole
"""By whom and when; what was done is the text itself."""
_PAD = 2 * theme.UNIT
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_State = QStyle.StateFlag


class AuditLines(QStyledItemDelegate):
    """For the log's list."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.measure()

    def measure(self) -> None:
        """Fonts or colours are others now."""
        self._inks, self._font = Inks(self._look), self._look.font()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        act = self._act_box(QRect(0, 0, width, 0), option, str(index.data()))
        return QSize(0, act.height() + self._inks.line_metrics.height() + theme.UNIT // 2 + 2 * _PAD)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colors, state = self._inks.colors, option.state
        chosen, hovered = bool(state & _State.State_Selected), bool(state & _State.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors["selected" if chosen else "hover"])
            painter.drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), theme.RADIUS, theme.RADIUS)
        act = self._act_box(option.rect, option, str(index.data()))
        painter.setFont(self._font)
        painter.setPen(colors["text"])
        painter.drawText(act, _WRAPPED, str(index.data()))
        painter.setFont(self._inks.line)
        painter.setPen(colors["muted"])
        painter.drawText(
            QRect(act.left(), act.bottom() + theme.UNIT // 2, act.width(), self._inks.line_metrics.height()),
            _WRAPPED,
            str(index.data(WHO)),
        )
        painter.restore()

    def _act_box(self, row: QRect, option: QStyleOptionViewItem, act: str) -> QRect:
        """Where what was done stands in a row."""
        room = row.adjusted(_PAD, _PAD, -_PAD, 0)
        needed = option.fontMetrics.boundingRect(QRect(0, 0, room.width(), 10_000), _WRAPPED, act)
        return QRect(room.left(), room.top(), room.width(), needed.height())
