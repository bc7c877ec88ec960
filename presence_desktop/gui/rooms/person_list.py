"""A list of people in a dialog: to tick (who is to come in), or to look at (who is in, with which role).

Decides how its rows look and how a tick is set by mouse and keyboard. Who is in it is told by the dialog.
"""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import paint_avatar, paint_badge
from presence_desktop.gui.contacts.card_delegate import ENTRY, LEFT, RIGHT, CardDelegate
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.contacts.list_model import Index, ListModel
from presence_desktop.gui.contacts.view import PeopleView
from presence_desktop.gui.dots import DOT
from presence_desktop.gui.look import Look

_SIDE = 8 * theme.UNIT
_BOX = 5 * theme.UNIT


class Person(Struct, frozen=True):
    """One row."""

    user_id: int
    name: str
    note: str = ""
    """What stands at the right: a role."""
    ticked: bool | None = None
    """None: there is nothing to tick."""


class PersonModel(ListModel):
    """The people of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._people: list[Person] = []

    @override
    def count(self) -> int:
        return len(self._people)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._people):
            return None
        person = self._people[index.row()]
        if role == ENTRY:
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


class _PersonDelegate(CardDelegate):
    def __init__(self, client: Client, look: Look, parent: QObject) -> None:
        super().__init__(look, parent)
        self._client = client

    @override
    def row_height(self) -> int:
        return max(_SIDE, self.inks.name_metrics.height()) + 4 * theme.UNIT

    @override
    def paint_entry(self, painter: QPainter, card: QRectF, entry: object, backdrop: QColor) -> None:
        if not isinstance(entry, Person):
            return
        inks, left = self.inks, card.left() + 2 * theme.UNIT
        if entry.ticked is not None:
            box = QRectF(left, card.center().y() - _BOX / 2, _BOX, _BOX)
            _paint_tick(painter, box, entry.ticked, inks, self.look)
            left = box.right() + 3 * theme.UNIT
        avatar = QRectF(left, card.center().y() - _SIDE / 2, _SIDE, _SIDE)
        face = self.look.faces.of(entry.user_id, _SIDE)
        paint_avatar(painter, avatar, entry.user_id, entry.name, inks.name, face)
        contact = self._client.roster.get(entry.user_id)
        if contact is not None:
            status = contact.status if contact.known else None
            paint_badge(painter, avatar, DOT, status, self.look.palette, backdrop)
        left, right = avatar.right() + 3 * theme.UNIT, card.right() - 2 * theme.UNIT
        painter.setFont(inks.line)
        painter.setPen(inks.colors["muted"])
        painter.drawText(QRectF(left, card.top(), right - left, card.height()), RIGHT, entry.note)
        width = right - left - inks.line_metrics.horizontalAdvance(entry.note) - 2 * theme.UNIT
        painter.setFont(inks.name)
        painter.setPen(inks.colors["text"])
        name = inks.name_metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(left, card.top(), width, card.height()), LEFT, name)


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
        delegate = _PersonDelegate(client, look, self)
        self.setItemDelegate(delegate)
        self.verticalHeader().setDefaultSectionSize(delegate.row_height())
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
