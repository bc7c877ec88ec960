"""Paints one person in the list: avatar with the dot, name, and the line under it.

Decides how a row looks, nothing else. Colours and fonts come from `Look`, words from `gui.words`.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from presence_desktop.core.contact import Contact
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import paint_avatar, paint_badge
from presence_desktop.gui.contacts.model import CONTACT
from presence_desktop.gui.dots import BADGE
from presence_desktop.gui.look import Look
from presence_desktop.gui.words import status_line
from presence_desktop.protocol.status import Status

_SIDE = 10 * theme.UNIT
_MARGIN = 2 * theme.UNIT
_PADDING = 2 * theme.UNIT
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ContactDelegate(QStyledItemDelegate):
    """One delegate for the whole list."""

    def __init__(self, look: Look, clock: Clock) -> None:
        super().__init__(look)
        self._look, self._clock = look, clock
        self._measure()
        look.changed.connect(self._measure)

    def row_height(self) -> int:
        """The height of every row, in logical pixels."""
        text = self._name_metrics.height() + self._line_metrics.height() + theme.UNIT // 2
        return max(_SIDE, text) + 2 * _PADDING + 2

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.row_height())

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        contact = index.data(CONTACT)
        if not isinstance(contact, Contact):
            return
        state, box = option.state, QRectF(option.rect)
        card = box.adjusted(_MARGIN, 1, -_MARGIN, -1)
        backdrop = self._backdrop(state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if backdrop != self._colors["side"]:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(backdrop)
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(self._colors["link"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        self._paint_person(painter, card, contact, backdrop)
        painter.restore()

    def _paint_person(self, painter: QPainter, card: QRectF, contact: Contact, backdrop: QColor) -> None:
        avatar = QRectF(card.left() + _PADDING, card.center().y() - _SIDE / 2, _SIDE, _SIDE)
        paint_avatar(painter, avatar, contact.user_id, contact.username, self._name)
        status = contact.status if contact.known else None
        paint_badge(painter, avatar, BADGE, status, self._look.palette, backdrop)

        left = avatar.right() + 3 * theme.UNIT
        width = card.right() - _PADDING - left
        names, lines = self._name_metrics, self._line_metrics
        top = card.center().y() - (names.height() + lines.height() + theme.UNIT // 2) / 2
        here = contact.known and contact.status is not Status.OFFLINE
        painter.setFont(self._name)
        painter.setPen(self._colors["text" if here else "muted"])
        name = names.elidedText(contact.username, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(left, top, width, names.height()), _LEFT, name)
        painter.setFont(self._line)
        painter.setPen(self._colors["muted"])
        line = status_line(contact, self._clock.now())
        line = lines.elidedText(line, Qt.TextElideMode.ElideRight, int(width))
        below = QRectF(left, top + names.height() + theme.UNIT // 2, width, lines.height())
        painter.drawText(below, _LEFT, line)

    def _backdrop(self, state: QStyle.StateFlag) -> QColor:
        if state & QStyle.StateFlag.State_Selected:
            return self._colors["selected"]
        if state & QStyle.StateFlag.State_MouseOver:
            return self._colors["hover"]
        return self._colors["side"]

    def _measure(self) -> None:
        self._name: QFont = self._look.font("strong")
        self._line: QFont = self._look.font("small")
        self._name_metrics, self._line_metrics = QFontMetrics(self._name), QFontMetrics(self._line)
        self._colors = {name: QColor(color) for name, color in theme.colors(self._look.palette).items()}
