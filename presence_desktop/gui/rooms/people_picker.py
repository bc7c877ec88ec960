"""Choose people: a search, a list with ticks, and how many are chosen. Those already in are not offered.

Decides the order: who is chosen stands first. Whom a search finds is decided in `core.search`.
"""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.core.contact import Contact
from presence_desktop.core.search import Search
from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.person_list import Person, PersonList
from presence_desktop.gui.search_field import SearchField
from presence_desktop.protocol import limits

_LISTED = 500
"""More are not listed at once: one searches."""


class PeoplePicker(QWidget):
    """A part of a dialog."""

    changed = Signal()
    """Others are chosen now."""

    def __init__(self, client: Client, look: Look, without: Collection[int] = ()) -> None:
        super().__init__()
        self._client = client
        self._without = frozenset(without)
        self._chosen: dict[int, None] = {}
        self._offered: list[Contact] = []
        self.search = SearchField()
        self.search.setObjectName("pick-search")
        self.search.setPlaceholderText(self.tr("Search people"))
        self.search.setAccessibleName(self.tr("Search people"))
        glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(self.search.accessibleName())
        self.list = PersonList(client, look)
        self.list.setAccessibleName(self.tr("People"))
        self.nobody = text_label(role="muted")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.UNIT)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.nobody, 1)
        self.search.textChanged.connect(self._fill_anew)
        self.search.installEventFilter(self)
        self.list.toggled.connect(self.toggle)
        self._fill_anew()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen people, in the order chosen."""
        return tuple(self._chosen)

    def toggle(self, user_id: int) -> None:
        """Choose somebody, or take that back; at most so many at once as one call may bring in."""
        if user_id in self._chosen:
            del self._chosen[user_id]
        elif len(self._chosen) < limits.INVITED_AT_ONCE:
            self._chosen[user_id] = None
        self._fill()
        self.changed.emit()

    def refresh(self) -> None:
        """Statuses or names changed."""
        self._fill()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key_in_search(event)
        return super().eventFilter(watched, event)

    def _key_in_search(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and self.list.people.rowCount():
            self.list.setFocus()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.text().strip():
            first = self.list.people.person(0)
            if first is not None:
                self.toggle(first.user_id)
                self.search.clear()
            return True
        return False

    def _fill_anew(self) -> None:
        self._offered = self._found()
        self._fill()

    def _fill(self) -> None:
        people = [
            Person(one.user_id, one.username, ticked=one.user_id in self._chosen) for one in self._offered
        ]
        self.list.people.show(people)
        self.list.setVisible(bool(people))
        self.nobody.setVisible(not people)
        if self.search.text().strip():
            self.nobody.setText(self.tr("Nobody is called “{name}”.").format(name=self.search.text().strip()))
        else:
            self.nobody.setText(self.tr("There is nobody else to choose."))

    def _found(self) -> list[Contact]:
        search = Search(self.search.text())
        found = [
            one
            for one in self._client.roster
            if not one.is_me and one.user_id not in self._without and search.matches(one.sort_name)
        ]
        found.sort(key=lambda one: (one.user_id not in self._chosen, one.sort_name))
        return found[:_LISTED]
