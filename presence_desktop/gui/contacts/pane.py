"""The list of people with its search: rows move at most once a second and never under the pointer.

Decides when rows may move, and keeps selection and scroll with the person. Whom a search finds is decided in `core`.
"""

from statistics import median_low

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLineEdit, QTableView, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.contacts.delegate import ContactDelegate
from presence_desktop.gui.contacts.model import ContactModel
from presence_desktop.gui.contacts.nobody import Nobody
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel

SETTLE_MS = 1000
"""The shortest time between two rearrangements."""
_MANY_SHARE = 4
"""When more than a quarter of the rows would come, nobody has found their way in the list yet: they come at once."""


class PeopleView(QTableView):
    """A table of one column that looks like a list (a real list view lays out every row on each change)."""

    left = Signal()
    """The pointer went away."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("people")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


class ContactPane(Panel):
    """Search field, list, and what stands there while the list is empty."""

    selected = Signal(object)
    """The `user_id` of the person looked at; None when nobody is."""
    invite_asked = Signal()

    def __init__(self, client: Client, look: Look, clock: Clock) -> None:
        super().__init__(look, kind="side")
        self._client = client
        self._selected: int | None = None
        self._at_once = False
        self.model = ContactModel(client, clock, self)
        self._delegate = ContactDelegate(look, clock)
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self._glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.search.addAction(look.icon("close"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.search.clear)
        self.view = PeopleView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.nobody = Nobody(look)
        self.nobody.invite_asked.connect(self.invite_asked)
        self._settle_timer = QTimer(self)
        self._settle_timer.setSingleShot(True)
        self._settle_timer.setInterval(SETTLE_MS)
        self._lay_out()

        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.view.left.connect(self._settle_if_due)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.model.modelReset.connect(self._select_again)
        self._settle_timer.timeout.connect(self._settle_if_due)
        self.retranslate()
        self.repaint_look()

    def refresh(self, changes: Changes) -> None:
        """Take in what changed: dots at once, rows when they may move."""
        self.model.repaint(changes)
        if changes.reordered or changes.everyone:
            self._settle_if_due()
        if changes.connection or changes.everyone:
            self._show_or_hide()

    def time_passed(self) -> None:
        """`last seen 5 min ago` grows older."""
        self.model.repaint_all()

    def start_over(self) -> None:
        """Somebody else may come: no search, no rows that are gone."""
        self.search.clear()
        self._at_once = True
        self._settle_if_due()

    def set_hosting(self, hosting: bool) -> None:
        """Whether an invite can be handed out from here."""
        self.nobody.set_hosting(hosting)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key_in_search(event)
        return super().eventFilter(watched, event)

    @override
    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search people"))
        self.search.setAccessibleName(self.tr("Search people"))
        self.view.setAccessibleName(self.tr("People"))
        self._clear.setText(self.tr("Clear the search"))
        self.model.repaint_all()

    @override
    def repaint_look(self) -> None:
        self._glass.setIcon(self.look.icon("search"))
        self._clear.setIcon(self.look.icon("close"))
        self.view.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
        self.view.viewport().update()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.UNIT)
        around = QVBoxLayout()
        around.setContentsMargins(4 * theme.UNIT, 0, 4 * theme.UNIT, 0)
        around.addWidget(self.search)
        layout.addLayout(around)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.nobody, 1)
        self.nobody.hide()

    def _search(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._client.search(text)
        self._at_once = True
        self._settle_if_due()
        self._show_or_hide()
        self.view.scrollToTop()

    def _key_in_search(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
            if not self.view.currentIndex().isValid() or event.key() != Qt.Key.Key_Down:
                self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _settle_if_due(self) -> None:
        """Let rows go where they belong, unless they did a moment ago or the pointer rests on them."""
        if not self._client.order.stale:
            return
        hurry = self._at_once or self._client.order.waiting().coming * _MANY_SHARE > self.model.rowCount()
        if not hurry and (self._settle_timer.isActive() or self._under_pointer()):
            return
        self._at_once = False
        self._settle_timer.start()
        before = self._visible_people()
        self.model.settle()
        self._scroll_along(before)
        self._show_or_hide()

    def _under_pointer(self) -> bool:
        return self.view.viewport().underMouse() and self.view.isActiveWindow()

    def _visible_people(self) -> dict[int, int]:
        """Row by user id of those on the screen, if the list was scrolled."""
        if self.view.verticalScrollBar().value() == 0:
            return {}
        first = self.view.rowAt(0)
        last = self.view.rowAt(self.view.viewport().height() - 1)
        people = ((row, self.model.contact(row)) for row in range(first, last + 1))
        return {contact.user_id: row for row, contact in people if contact}

    def _scroll_along(self, before: dict[int, int]) -> None:
        """Whoever was looked at stays in place, though some of them moved away."""
        now = ((self.model.row_of(user_id), row) for user_id, row in before.items())
        shifts = [row - old for row, old in now if row is not None]
        if shifts and (shift := median_low(shifts)):
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.value() + shift * self._delegate.row_height())

    def _current_changed(self) -> None:
        contact = self.model.contact(self.view.currentIndex().row())
        chosen = contact.user_id if contact else None
        if chosen != self._selected:
            self._selected = chosen
            self.selected.emit(chosen)

    def _select_again(self) -> None:
        """After a reset the same person stays selected, if still listed."""
        row = self.model.row_of(self._selected)
        if row is None:
            self._current_changed()
            return
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(
            self.model.index(row, 0), flags.ClearAndSelect | flags.Current | flags.Rows
        )

    def _show_or_hide(self) -> None:
        empty = self.model.rowCount() == 0
        if empty:
            self.nobody.show_for(self.search.text().strip(), self._client.connection)
        if self.nobody.isVisibleTo(self) != empty:
            focused = self.view.hasFocus()
            self.nobody.setVisible(empty)
            self.view.setVisible(not empty)
            if focused and empty:
                self.search.setFocus()
