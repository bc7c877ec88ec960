"""The rows of the quick switcher: conversations and people as in the list, commands with their key.

Decides how a row looks and how it is spoken. What is offered is the switcher's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.contact import Contact
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.contacts.card_delegate import ENTRY, LEFT, RIGHT, CardDelegate
from presence_desktop.gui.contacts.list_model import Index, ListModel
from presence_desktop.gui.contacts.person_row import PADDING, SIDE, paint_person
from presence_desktop.gui.dots import BADGE, paint_dot
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.talk_row import paint_talk
from presence_desktop.gui.rooms.talk_words import talk_sentence
from presence_desktop.gui.shortcuts import STATUSES, Way, shown_keys
from presence_desktop.gui.way_words import ICONS, way_words
from presence_desktop.gui.words import sentence

_ICON = 20


@dataclass(frozen=True, slots=True)
class TalkPlace:
    """A conversation, by its id."""

    talk_id: int


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """Somebody one has no conversation with yet, by user id."""

    user_id: int


Target = TalkPlace | PersonPlace | Way


class SwitcherModel(ListModel):
    """What is offered, the best first."""

    def __init__(self, client: Client, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._client, self._clock = client, clock
        self._targets: list[Target] = []

    @override
    def count(self) -> int:
        return len(self._targets)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        target = self.target(index.row()) if index.isValid() else None
        if target is None:
            return None
        entry = self.entry(target)
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(entry)
        return None

    def target(self, row: int) -> Target | None:
        """What is offered in a row."""
        return self._targets[row] if 0 <= row < len(self._targets) else None

    def entry(self, target: Target) -> Talk | Contact | Way | None:
        """What is known of it now; None: it is gone."""
        if isinstance(target, TalkPlace):
            return self._client.chats.get(target.talk_id)
        if isinstance(target, PersonPlace):
            return self._client.roster.get(target.user_id)
        return target

    def show(self, targets: Sequence[Target]) -> None:
        """Offer these from now on."""
        self.beginResetModel()
        self._targets = list(targets)
        self.endResetModel()

    def _sentence(self, entry: Talk | Contact | Way | None) -> str:
        now = self._clock.now()
        if isinstance(entry, Talk):
            return talk_sentence(self._client, entry, now)
        if isinstance(entry, Contact):
            return sentence(entry, now)
        return ", ".join([way_words(entry), *shown_keys(entry)]) if entry is not None else ""


class SwitcherDelegate(CardDelegate):
    """Paints a row."""

    def __init__(self, client: Client, look: Look, clock: Clock, parent: QObject) -> None:
        super().__init__(look, parent)
        self._client, self._clock = client, clock

    @override
    def row_height(self) -> int:
        return max(SIDE, self.inks.text_height()) + 3 * theme.UNIT

    @override
    def paint_entry(self, painter: QPainter, card: QRectF, entry: object, backdrop: QColor) -> None:
        if isinstance(entry, Talk):
            paint_talk(painter, card, entry, backdrop, self.inks, self._client, self.look, self._clock.now())
        elif isinstance(entry, Contact):
            paint_person(painter, card, entry, backdrop, self.inks, self.look, self._clock)
        elif isinstance(entry, Way):
            self._paint_command(painter, card, entry)

    def _paint_command(self, painter: QPainter, card: QRectF, way: Way) -> None:
        inks = self.inks
        middle = QPointF(card.left() + PADDING + SIDE / 2, card.center().y())
        if way in STATUSES:
            box = QRectF(0, 0, BADGE, BADGE)
            box.moveCenter(middle)
            paint_dot(painter, box, STATUSES[way], self.look.palette)
        else:
            box = QRectF(0, 0, _ICON, _ICON)
            box.moveCenter(middle)
            self.look.icon(ICONS[way]).paint(painter, box.toRect())
        left, right = card.left() + PADDING + SIDE + 3 * theme.UNIT, card.right() - PADDING
        for keys in shown_keys(way):
            painter.setFont(inks.line)
            painter.setPen(inks.colors["muted"])
            painter.drawText(QRectF(left, card.top(), right - left, card.height()), RIGHT, keys)
            right -= inks.line_metrics.horizontalAdvance(keys) + 3 * theme.UNIT
        painter.setFont(inks.name)
        painter.setPen(inks.colors["text"])
        words = inks.name_metrics.elidedText(way_words(way), Qt.TextElideMode.ElideRight, int(right - left))
        painter.drawText(QRectF(left, card.top(), right - left, card.height()), LEFT, words)
