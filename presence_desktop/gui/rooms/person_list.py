"""A list of people in a dialog: to tick (who is to come in), or to look at (who is in, with which role).

Decides how its rows look and how a tick is set by mouse and keyboard. Who is in it is told by the dialog.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import paint_avatar, paint_badge
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.contacts.view import PeopleView
from presence_desktop.gui.dots import DOT
from presence_desktop.gui.look import Look

_SIDE = 8 * theme.UNIT
_BOX = 5 * theme.UNIT
_HEIGHT = 12 * theme.UNIT
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PERSON = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Person:
    """One row."""

    user_id: int
    name: str
    note: str = ""
    """What stands at the right: a role."""
    ticked: bool | None = None
    """None: there is nothing to tick."""


class PersonModel(QAbstractTableModel):
    """The people of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._people: list[Person] = []

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._people)

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
        if not index.isValid() or index.row() >= len(self._people):
            return None
        person = self._people[index.row()]
        if role == PERSON:
            return person
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(person)
        return None

    def person(self, row: int) -> Person | None:
        """The person in a row."""
        return self._people[row] if 0 <= row < len(self._people) else None

    def row_of(self, user_id: int) -> int | None:
        """Where somebody stands."""
        return next((row for row, one in enumerate(self._people) if one.user_id == user_id), None)

    def show(self, people: Sequence[Person]) -> None:
        """List these from now on; where only words or ticks differ, no row moves."""
        same = [one.user_id for one in people] == [one.user_id for one in self._people]
        if same:
            self._people = list(people)
            if people:
                self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, 0))
            return
        self.beginResetModel()
        self._people = list(people)
        self.endResetModel()

    def _sentence(self, person: Person) -> str:
        parts = [person.name, person.note]
        if person.ticked is not None:
            parts.append(self.tr("chosen") if person.ticked else self.tr("not chosen"))
        return ", ".join(part for part in parts if part)


class _PersonDelegate(QStyledItemDelegate):
    def __init__(self, client: Client, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._client, self._look = client, look

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        person = index.data(PERSON)
        if not isinstance(person, Person):
            return
        inks, state = Inks(self._look), option.state
        card = QRectF(option.rect).adjusted(theme.UNIT, 1, -theme.UNIT, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        pointed = bool(state & QStyle.StateFlag.State_MouseOver)
        backdrop = inks.colors["hover" if chosen or pointed else "page"]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(backdrop)
        painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(inks.colors["link"])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        self._paint_person(painter, card, person, inks, backdrop)
        painter.restore()

    def _paint_person(
        self, painter: QPainter, card: QRectF, person: Person, inks: Inks, backdrop: QColor
    ) -> None:
        left = card.left() + 2 * theme.UNIT
        if person.ticked is not None:
            box = QRectF(left, card.center().y() - _BOX / 2, _BOX, _BOX)
            _paint_tick(painter, box, person.ticked, inks, self._look)
            left = box.right() + 3 * theme.UNIT
        avatar = QRectF(left, card.center().y() - _SIDE / 2, _SIDE, _SIDE)
        face = self._look.faces.of(person.user_id, _SIDE)
        paint_avatar(painter, avatar, person.user_id, person.name, inks.name, face)
        contact = self._client.roster.get(person.user_id)
        if contact is not None:
            status = contact.status if contact.known else None
            paint_badge(painter, avatar, DOT, status, self._look.palette, backdrop)
        left, right = avatar.right() + 3 * theme.UNIT, card.right() - 2 * theme.UNIT
        painter.setFont(inks.line)
        painter.setPen(inks.colors["muted"])
        painter.drawText(QRectF(left, card.top(), right - left, card.height()), _RIGHT, person.note)
        width = right - left - inks.line_metrics.horizontalAdvance(person.note) - 2 * theme.UNIT
        painter.setFont(inks.name)
        painter.setPen(inks.colors["text"])
        name = inks.name_metrics.elidedText(person.name, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(left, card.top(), width, card.height()), _LEFT, name)


def _paint_tick(painter: QPainter, box: QRectF, ticked: bool, inks: Inks, look: Look) -> None:
    painter.setPen(inks.colors["accent" if ticked else "outline"])
    painter.setBrush(inks.colors["accent"] if ticked else inks.colors["raised"])
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.UNIT, theme.UNIT)
    if ticked:
        look.icon("check", "on_accent").paint(painter, box.adjusted(2, 2, -2, -2).toRect())


class PersonList(PeopleView):
    """The list's view."""

    toggled = Signal(int)
    """Somebody's tick is to be set or taken: a click, Space or Enter on them."""

    def __init__(self, client: Client, look: Look) -> None:
        super().__init__()
        self.setObjectName("person-list")
        self.setProperty("kind", "page")
        self.people = PersonModel(self)
        self.setModel(self.people)
        self.setItemDelegate(_PersonDelegate(client, look, self))
        self.verticalHeader().setDefaultSectionSize(_HEIGHT)
        self.clicked.connect(self._toggle)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.people.rowCount():
            self.setCurrentIndex(self.people.index(0, 0))

    def _toggle(self, index: QModelIndex) -> None:
        person = self.people.person(index.row())
        if person is not None:
            self.toggled.emit(person.user_id)
