"""Paints the rows of the list: people, conversations, and the headings above them.

Decides what lies behind a row (chosen, open, pointed at) and hands it to whoever draws its kind.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.contact import Contact
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.contacts.card_delegate import RIGHT
from presence_desktop.gui.contacts.heading import Heading
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.contacts.model import CONTACT, HEADING, TALK
from presence_desktop.gui.contacts.person_row import LEFT, PADDING, SIDE, paint_person
from presence_desktop.gui.contacts.view import row_state
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.talk_row import paint_pill, paint_talk
from presence_desktop.gui.rooms.talk_words import badge_number

_MARGIN = 2 * theme.UNIT
_ICON = 16
_State = QStyle.StateFlag


class ContactDelegate(QStyledItemDelegate):
    """One delegate for the whole list."""

    def __init__(self, client: Client, look: Look, clock: Clock) -> None:
        super().__init__(look)
        self._client, self._look, self._clock = client, look, clock
        self.open_talk: int | None = None
        """The conversation in view: its row is marked, wherever the keyboard is."""
        self._measure()
        look.changed.connect(self._measure)

    def row_height(self) -> int:
        """The height of people's and conversations' rows, in logical pixels."""
        return max(SIDE, self._inks.text_height()) + 2 * PADDING + 2

    def heading_height(self) -> int:
        """The height of a heading's row."""
        return self._inks.line_metrics.height() + 3 * theme.UNIT

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.row_height())

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        heading, state = index.data(HEADING), row_state(option, index)
        if isinstance(heading, Heading):
            self._paint_heading(painter, box, heading, state)
        else:
            self._paint_row(painter, box, state, index.data(TALK) or index.data(CONTACT))
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRectF, state: _State, entry: object) -> None:
        card = box.adjusted(_MARGIN, 1, -_MARGIN, -1)
        backdrop = self._backdrop(state, entry)
        self._paint_ground(painter, card, state, backdrop)
        if isinstance(entry, Talk):
            paint_talk(
                painter, card, entry, backdrop, self._inks, self._client, self._look, self._clock.now()
            )
        elif isinstance(entry, Contact):
            paint_person(painter, card, entry, backdrop, self._inks, self._look, self._clock)

    def _paint_heading(self, painter: QPainter, box: QRectF, heading: Heading, state: _State) -> None:
        card = box.adjusted(_MARGIN, theme.UNIT, -_MARGIN, 0)
        if heading.foldable:
            marked = bool(state & (_State.State_MouseOver | _State.State_Selected))
            self._paint_ground(painter, card, state, self._inks.colors["hover" if marked else "side"])
        words = card.adjusted(PADDING, 0, -PADDING, 0)
        if heading.foldable:
            icon = self._look.icon("chevron-right" if heading.folded else "chevron-down")
            icon.paint(painter, QRectF(words.left(), words.center().y() - _ICON / 2, _ICON, _ICON).toRect())
            words.setLeft(words.left() + _ICON + theme.UNIT)
            words.setRight(self._paint_note(painter, words, heading) - theme.UNIT)
        painter.setFont(self._inks.badge)
        painter.setPen(self._inks.colors["muted"])
        metrics = self._inks.badge_metrics
        name = metrics.elidedText(heading.words, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, LEFT, name)

    def _paint_note(self, painter: QPainter, box: QRectF, heading: Heading) -> float:
        """What a folded section hides that is unread, or that there is nothing in it; where its room begins."""
        if heading.unread:
            line = QRectF(0, 0, box.width(), self._inks.line_metrics.height())
            line.moveCenter(box.center())
            return paint_pill(painter, line, box.right(), badge_number(heading.unread), "accent", self._inks)
        words = str(heading.entries) if heading.folded else ("" if heading.entries else heading.empty())
        painter.setFont(self._inks.line)
        painter.setPen(self._inks.colors["muted"])
        painter.drawText(box, RIGHT, words)
        return box.right() - self._inks.line_metrics.horizontalAdvance(words)

    def _paint_ground(self, painter: QPainter, card: QRectF, state: _State, backdrop: QColor) -> None:
        if backdrop != self._inks.colors["side"]:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(backdrop)
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        if state & _State.State_HasFocus and state & _State.State_KeyboardFocusChange:
            painter.setPen(self._inks.colors["link"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)

    def _backdrop(self, state: _State, entry: object) -> QColor:
        colors = self._inks.colors
        here = entry.id == self.open_talk if isinstance(entry, Talk) else state & _State.State_Selected
        if here:
            return colors["selected"]
        if state & (_State.State_MouseOver | _State.State_Selected):
            return colors["hover"]
        return colors["side"]

    def _measure(self) -> None:
        self._inks = Inks(self._look)
