"""The quick switcher: a few letters lead to any conversation, person or command (Ctrl+K).

Decides what there is to go to and how near it lies; which fits what was typed is `core.switching`'s business. What was
chosen leaves as a signal.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.contact import Contact, folded
from presence_desktop.core.favourites import person
from presence_desktop.core.near import UNREAD
from presence_desktop.core.ports import Clock
from presence_desktop.core.switching import Place, rank
from presence_desktop.gui import theme
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.contacts.upper_order import item_of
from presence_desktop.gui.contacts.view import PeopleView
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.talk_words import talk_title
from presence_desktop.gui.scrim import VeiledDialog
from presence_desktop.gui.search_field import SearchField
from presence_desktop.gui.shortcuts import Way, bind
from presence_desktop.gui.switcher_rows import PersonPlace, SwitcherDelegate, SwitcherModel, TalkPlace, Target
from presence_desktop.gui.way_words import way_words

_WIDTH = 140 * theme.UNIT
_ROWS = 8
_MOST = 40
_TOP = 16 * theme.UNIT
_NEAR = (Way.NEW_ROOM, Way.SEARCH, Way.SHORTCUTS, Way.SETTINGS)
"""The commands that are offered before anything is typed, below the conversations."""
_WALKING = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class Switcher(VeiledDialog):
    """Made anew each time it opens."""

    talk_chosen = Signal(object, int)
    """An account (`AccountView`), and a conversation there."""
    person_chosen = Signal(object, int)
    """An account, and somebody there."""
    way_chosen = Signal(object)
    """A `Way`."""

    def __init__(
        self,
        accounts: Sequence[AccountView],
        look: Look,
        clock: Clock,
        commands: tuple[Way, ...],
        parent: QWidget,
    ) -> None:
        """`accounts`: the one in view, then the others."""
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self._accounts, self._commands = accounts, commands
        self._near: list[Place] = []
        self._all: list[Place] | None = None
        self.setObjectName("switcher")
        self.setWindowTitle(self.tr("Go to"))
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Go to a person, a room or a command"))
        self.search.setAccessibleName(self.tr("Go to a person, a room or a command"))
        glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(self.search.accessibleName())
        self.search.installEventFilter(self)
        self.model = SwitcherModel(accounts[0], clock, self)
        self.list = PeopleView()
        self.list.setObjectName("switcher-list")
        self.list.setProperty("kind", "page")
        self.list.setAccessibleName(self.tr("What is offered"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self.model)
        self.list.viewport().installEventFilter(self)
        self._pointer = QCursor.pos()
        self._delegate = SwitcherDelegate(accounts[0], look, clock, self)
        self.list.setItemDelegate(self._delegate)
        self.list.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
        self.words = text_label(role="muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out(parent)
        bind(self, {Way.SWITCH: self.reject})
        self.search.textChanged.connect(self._fill)
        self.list.clicked.connect(self.choose)
        self._fill()

    def choose(self) -> None:
        """Go to what is marked."""
        target = self.model.target(self.list.currentIndex().row())
        if target is None:
            return
        self.accept()
        if isinstance(target, TalkPlace):
            self.talk_chosen.emit(target.view, target.talk_id)
        elif isinstance(target, PersonPlace):
            self.person_chosen.emit(target.view, target.user_id)
        else:
            self.way_chosen.emit(target)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the keyboard; arrows walk in the list below it, from the end to the beginning too."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseMove:
            self._point(event)
            return False
        if (
            watched is not self.search
            or not isinstance(event, QKeyEvent)
            or event.type() is not QEvent.Type.KeyPress
        ):
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
            return True
        if key not in _WALKING:
            return False
        self._walk(key)
        return True

    @override
    def event(self, event: QEvent) -> bool:
        """Whoever clicks elsewhere thought better of it."""
        if event.type() is QEvent.Type.WindowDeactivate and self.isVisible():
            self.reject()
        return super().event(event)

    # --- parts of the above ---

    def _point(self, event: QMouseEvent) -> None:
        """Whoever moves the pointer chooses by it; where it happens to rest means nothing."""
        place, self._pointer = self._pointer, event.globalPosition().toPoint()
        index = self.list.indexAt(event.position().toPoint())
        if place != self._pointer and index.isValid():
            self.list.setCurrentIndex(index)

    def _walk(self, key: Qt.Key) -> None:
        rows, row = self.model.rowCount(), self.list.currentIndex().row()
        if not rows:
            return
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS}.get(key, _ROWS)
        row = (row + by) % rows if abs(by) == 1 else min(max(row + by, 0), rows - 1)
        self.list.setCurrentIndex(self.model.index(row, 0))

    def _fill(self) -> None:
        found = rank(self._all_places(), self.search.text(), _MOST)
        targets: list[Target] = [place.what for place in found if isinstance(place.what, Target)]
        self.model.show(targets)
        self.list.setVisible(bool(targets))
        self.words.setVisible(not targets)
        self.words.setText(
            self.tr("Nothing here is called “{name}”.").format(name=self.search.text().strip())
        )
        if targets:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _all_places(self) -> list[Place]:
        """What there is, told once for as long as the switcher is open; everybody, once something is typed."""
        if not self._near:
            self._near = [place for view in self._accounts for place in self._talks(view)] + self._ways()
        if self._all is None and self.search.text().strip():
            people = [place for view in self._accounts for place in self._people(view, view.client.roster)]
            self._all = [*self._near, *people]
        if self._all is not None:
            return self._all
        return [*self._near, *(place for view in self._accounts for place in self._near_people(view))]

    def _talks(self, view: AccountView) -> list[Place]:
        chats, roster = view.client.chats, view.client.roster
        window = chats.window
        here = None if window is None or view is not self._accounts[0] else window.conversation_id
        found = []
        for talk in filter(None, map(chats.get, chats.ids())):
            other = None if talk.other is None else roster.get(talk.other)
            pull = talk.last_at + view.near.pull(item_of(talk))
            pull += UNREAD if talk.unread and not talk.muted else 0
            found.append(
                Place(
                    TalkPlace(view, talk.id),
                    folded(talk_title(view.client, talk)),
                    _beside(talk.topic, other),
                    0 if talk.id == here else pull,
                )
            )
        return found

    def _people(self, view: AccountView, among: Iterable[Contact]) -> list[Place]:
        find, me = view.client.chats.find_direct, view.client.me
        mine, pull = None if me is None else me.user_id, view.near.pull
        return [
            Place(
                PersonPlace(view, contact.user_id),
                contact.sort_name,
                _beside("", contact),
                pull(person(contact.user_id)),
            )
            for contact in among
            if contact.user_id != mine and find(contact.user_id) is None
        ]

    def _near_people(self, view: AccountView) -> list[Place]:
        """The favourites one has never written to."""
        found = (view.client.roster.get(item.id) for item in view.near.items if item.what == "person")
        return self._people(view, filter(None, found))

    def _ways(self) -> list[Place]:
        return [
            Place(way, folded(way_words(way)), folded(way.name.replace("_", " ")), int(way in _NEAR))
            for way in self._commands
        ]

    def _lay_out(self, parent: QWidget) -> None:
        inner = QVBoxLayout(self)
        inner.setContentsMargins(*(3 * theme.UNIT,) * 4)
        inner.setSpacing(2 * theme.UNIT)
        inner.addWidget(self.search)
        inner.addWidget(self.list, 1)
        inner.addWidget(self.words, 1)
        window = parent.window()
        width = min(_WIDTH, window.width() - 8 * theme.UNIT)
        least = self.search.sizeHint().height() + 10 * theme.UNIT
        height = min(least + _ROWS * self._delegate.row_height(), window.height() - 2 * _TOP)
        left = window.mapToGlobal(QPoint((window.width() - width) // 2, _TOP))
        self.setGeometry(QRect(left.x(), left.y(), width, max(height, least + self._delegate.row_height())))


def _beside(topic: str, other: Contact | None) -> str:
    """What else somebody or a room is found by: a topic, a custom status."""
    return folded(" ".join(part for part in (topic, None if other is None else other.text) if part))
