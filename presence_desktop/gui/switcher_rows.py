"""The rows of the quick switcher: conversations and people as in the list, commands with their key.

Decides how a row looks and how it is spoken. What is offered is the switcher's business.
"""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import (
    QObject,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from typing_extensions import override

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.contact import Contact
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.account_view import AccountView
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


class TalkPlace(Struct, frozen=True):
    """A conversation of an account, by its id."""

    view: AccountView
    talk_id: int


class PersonPlace(Struct, frozen=True):
    """Somebody one has no conversation with yet, by user id on that account's server."""

    view: AccountView
    user_id: int


Target = TalkPlace | PersonPlace | Way


class Row(Struct, frozen=True):
    """What is known of a target now."""

    view: AccountView
    """Whose it is; of a command, the one in view."""
    entry: Talk | Contact | Way


class SwitcherModel(ListModel):
    """What is offered, the best first."""

    def __init__(self, here: AccountView, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._here, self._clock = here, clock
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

    def entry(self, target: Target) -> Row | None:
        """What is known of it now; None: it is gone."""
        if isinstance(target, Way):
            return Row(self._here, target)
        if isinstance(target, TalkPlace):
            talk = target.view.client.chats.get(target.talk_id)
            return None if talk is None else Row(target.view, talk)
        person = target.view.client.roster.get(target.user_id)
        return None if person is None else Row(target.view, person)

    def show(self, targets: Sequence[Target]) -> None:
        """Offer these from now on."""
        self.beginResetModel()
        self._targets = list(targets)
        self.endResetModel()

    def _sentence(self, row: Row | None) -> str:
        if row is None:
            return ""
        now, entry = self._clock.now(), row.entry
        if isinstance(entry, Way):
            return ", ".join([way_words(entry), *shown_keys(entry)])
        words = (
            talk_sentence(row.view.client, entry, now) if isinstance(entry, Talk) else sentence(entry, now)
        )
        return words if row.view is self._here else f"{words}, {row.view.name}"


class SwitcherDelegate(CardDelegate):
    """Paints a row. Only the one that Enter leads to is marked: the pointer moves that mark."""

    hovers = False

    def __init__(self, here: AccountView, look: Look, clock: Clock, parent: QObject) -> None:
        super().__init__(look, parent)
        self._here, self._clock = here, clock

    @override
    def row_height(self) -> int:
        return max(SIDE, self.inks.text_height()) + 3 * theme.UNIT

    @override
    def paint_entry(self, painter: QPainter, card: QRectF, entry: object, backdrop: QColor) -> None:
        if not isinstance(entry, Row):
            return
        view, what, inks = entry.view, entry.entry, self.inks
        if isinstance(what, Way):
            self._paint_command(painter, card, what)
            return
        if view is not self._here:
            card = self._paint_server(painter, card, view.name)
        if isinstance(what, Talk):
            paint_talk(painter, card, what, backdrop, inks, view.client, view.look, self._clock.now())
        else:
            paint_person(painter, card, what, backdrop, inks, view.look, self._clock)

    def _paint_server(self, painter: QPainter, card: QRectF, name: str) -> QRectF:
        """Name the server at the row's end; what is left of the card."""
        inks = self.inks
        words = inks.line_metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(card.width() / 3))
        width = inks.line_metrics.horizontalAdvance(words) + PADDING
        painter.setFont(inks.line)
        painter.setPen(inks.colors["link"])
        painter.drawText(card.adjusted(0, 0, -PADDING, 0), RIGHT, words)
        return card.adjusted(0, 0, -width, 0)

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
