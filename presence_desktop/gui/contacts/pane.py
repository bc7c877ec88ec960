"""The list of conversations and people with its search: rows move at most once a second and never under the pointer.

Decides when rows may move, and keeps selection and scroll with whom they were on. Whom a search finds is decided in
`core`. A person is looked at as soon as they are chosen; a conversation is opened by a click or Enter only, because
that marks it as read. What is wished for one's own sections is `sections`' business.
"""

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.favourites import Item, Sections
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.contacts.delegate import ContactDelegate
from presence_desktop.gui.contacts.dragging import DraggableView
from presence_desktop.gui.contacts.dropping import Drop, drop_at
from presence_desktop.gui.contacts.model import ContactModel
from presence_desktop.gui.contacts.nobody import Nobody
from presence_desktop.gui.contacts.search_keys import SearchKeys
from presence_desktop.gui.contacts.section_keys import SectionKeys
from presence_desktop.gui.contacts.sections import OwnSections
from presence_desktop.gui.contacts.standing import fit_rows, places_in_view, scroll_along
from presence_desktop.gui.contacts.upper_order import Row
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel
from presence_desktop.gui.search_field import SearchField

SETTLE_MS = 1000
"""The shortest time between two rearrangements."""
_MANY_SHARE = 4
"""When more than a quarter of the rows would come, nobody has found their way in the list yet: they come at once."""


class ContactPane(Panel):
    """Search field, list, and what stands there while the list is empty."""

    selected = Signal(object)
    """The `user_id` of the person looked at; None when nobody is."""
    person_clicked = Signal(int)
    """Somebody was chosen by a click, so that even a small window has to show them."""
    talk_opened = Signal(int)
    """A conversation is to be opened."""
    person_opened = Signal(int)
    """The direct conversation with this person is to be opened."""
    person_menu_asked = Signal(int, QPoint)
    talk_menu_asked = Signal(int, QPoint)
    new_asked = Signal(QPoint)
    """What can be begun (a room, ...), asked for at this place."""
    invite_asked = Signal()
    left = Signal()
    """The person thought better of choosing: back to where they were."""

    def __init__(self, client: Client, look: Look, clock: Clock) -> None:
        super().__init__(look, kind="side")
        self._client = client
        self._selected: int | None = None
        self._at_once = False
        self._by_hand = True
        self.model = ContactModel(client, clock, self)
        self._delegate = ContactDelegate(client, look, clock)
        self.search = SearchField()
        self.search.setObjectName("search")
        self._glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = self.search.addAction(look.icon("close"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.search.clear)
        self.new = QToolButton()
        self.new.setObjectName("new")
        self.new.setIconSize(QSize(20, 20))
        self.new.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.new.clicked.connect(
            lambda: self.new_asked.emit(self.new.mapToGlobal(self.new.rect().bottomLeft()))
        )
        self.view = DraggableView(self._drop_at)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.sections = OwnSections(client, self.model, self)
        self._keys = SectionKeys(self.view, self.sections, self._chosen_row)
        self._search_keys = SearchKeys(self.search, self.view, self._first_item, self._open_found)
        self._dragged: Row | None = None
        self.nobody = Nobody(look)
        self.nobody.invite_asked.connect(self.invite_asked)
        self.nobody.setMinimumHeight(1)  # it gives way before the search does
        self._settle_timer = QTimer(self)
        self._settle_timer.setSingleShot(True)
        self._settle_timer.setInterval(SETTLE_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.repaint_look()

    def refresh(self, changes: Changes) -> None:
        """Take in what changed: dots and counts at once, rows when they may move."""
        self.model.repaint(changes)
        if changes.reordered or changes.everyone or changes.talks_moved or self._in_sections(changes):
            self._settle_if_due()
        if changes.connection or changes.everyone:
            self._show_or_hide()
            self.new.setVisible(self._client.chats.available)

    def show_open(self, talk_id: int | None) -> None:
        """Mark the conversation in view; None: there is none."""
        self._delegate.open_talk = talk_id
        row = self.model.row_of_talk(talk_id)
        if row is not None:
            self._choose(row)
        self.view.viewport().update()

    def choose_person(self, user_id: int) -> None:
        """Look at this person."""
        row = self.model.row_of(user_id)
        if row is not None:
            self._choose(row)
            self.view.scrollTo(self.model.index(row, 0))

    def time_passed(self) -> None:
        """`last seen 5 min ago` grows older."""
        self.model.repaint_all()

    def start_over(self) -> None:
        """Somebody else may come: no search, no rows that are gone."""
        self.search.clear()
        self._selected = self._delegate.open_talk = None
        self.sections.begin(Sections())
        self._at_once = True
        self._settle_if_due()
        self._select_again()

    def add_wishes(self, menu: QMenu, item: Item) -> None:
        """What the menu of somebody or a room offers for favourites and sections."""
        from presence_desktop.gui.contacts.section_menu import add_item_wishes

        add_item_wishes(menu, self.look, self.sections, item)

    def set_hosting(self, hosting: bool) -> None:
        """Whether an invite can be handed out from here."""
        self.nobody.set_hosting(hosting)

    @override
    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search people and rooms"))
        self.search.setAccessibleName(self.tr("Search people and rooms"))
        self._glass.setText(self.search.accessibleName())
        self.view.setAccessibleName(self.tr("Conversations and people"))
        self._clear.setText(self.tr("Clear the search"))
        self.new.setToolTip(self.tr("New room, public rooms, search in messages"))
        self.new.setAccessibleName(self.tr("New"))
        self.model.repaint_all()

    @override
    def repaint_look(self) -> None:
        self._glass.setIcon(self.look.icon("search"))
        self._clear.setIcon(self.look.icon("close"))
        self.new.setIcon(self.look.icon("plus"))
        self.view.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
        fit_rows(self.view, self.model, self._delegate)
        self.view.viewport().update()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.UNIT)
        around = QHBoxLayout()
        around.setContentsMargins(4 * theme.UNIT, 0, 3 * theme.UNIT, 0)
        around.setSpacing(theme.UNIT)
        around.addWidget(self.search, 1)
        around.addWidget(self.new)
        self.new.hide()
        layout.addLayout(around)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.nobody, 1)
        self.nobody.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.view.left.connect(self._settle_if_due)
        self.view.clicked.connect(self._clicked)
        self.view.activated.connect(self.open_row)
        self.view.menu_asked.connect(self._menu)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.drag_began.connect(self._drag_began)
        self.view.drag_ended.connect(self._drag_ended)
        self.view.dropped.connect(self._dropped)
        self.sections.rearranged.connect(self._rearrange)
        self.model.modelReset.connect(self._select_again)
        self._search_keys.left.connect(self.left)
        self._settle_timer.timeout.connect(self._settle_if_due)

    # --- choosing ---

    def open_row(self, index: QModelIndex) -> None:
        """Open what stands in a row: the conversation, or the one with that person."""
        talk, contact = self.model.talk(index.row()), self.model.contact(index.row())
        if talk is not None:
            self.talk_opened.emit(talk.id)
        elif contact is not None and self._client.chats.available:
            self.person_opened.emit(contact.user_id)

    def _clicked(self, index: QModelIndex) -> None:
        talk, contact = self.model.talk(index.row()), self.model.contact(index.row())
        head = self.model.head(index.row())
        if head is not None:
            self.sections.toggle_fold(head.key)
        elif talk is not None:
            self.talk_opened.emit(talk.id)
        elif contact is not None:
            self.person_clicked.emit(
                contact.user_id
            )  # also when chosen before, and hidden by a conversation since

    def _menu(self, index: QModelIndex, place: QPoint) -> None:
        talk, contact = self.model.talk(index.row()), self.model.contact(index.row())
        head = self.model.head(index.row())
        if head is not None:
            from presence_desktop.gui.contacts.section_menu import heading_menu

            heading_menu(self.look, self.sections, head.key, self).popup(place)
        elif talk is not None:
            self.talk_menu_asked.emit(talk.id, place)
        elif contact is not None:
            self.person_menu_asked.emit(contact.user_id, place)

    def _choose(self, row: int) -> None:
        """Put the selection there without opening anything."""
        self._by_hand = False
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(
            self.model.index(row, 0), flags.ClearAndSelect | flags.Current | flags.Rows
        )
        contact = self.model.contact(row)
        self._selected = contact.user_id if contact else None
        self._by_hand = True

    def _current_changed(self) -> None:
        if not self._by_hand:
            return
        contact = self.model.contact(self.view.currentIndex().row())
        chosen = contact.user_id if contact else None
        if chosen != self._selected:
            self._selected = chosen
            self.selected.emit(chosen)
        if chosen is not None and not self.view.selectionModel().hasSelection():
            self._choose(self.view.currentIndex().row())  # whoever is looked at is marked

    def _select_again(self) -> None:
        """The row of whom or what one looks at is chosen, if it is listed; else none is. What is in view stays."""
        row = self.model.row_of(self._selected)
        if row is None:
            row = self.model.row_of_talk(self._delegate.open_talk)
        if row is not None:
            self._choose(row)
            return
        self._by_hand = False
        self.view.selectionModel().clear()
        self._by_hand = True

    # --- searching ---

    def _search(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._client.search(text)
        self.model.upper.set_filter(text)
        self._at_once = True
        self._settle_if_due()
        self._show_or_hide()
        self.view.scrollToTop()

    def _first_item(self) -> QModelIndex:
        """The first row that is no heading."""
        rows = (row for row in range(self.model.rowCount()) if isinstance(self.model.row(row), Item))
        return self.model.index(next(rows, -1), 0)

    def _open_found(self, first: QModelIndex) -> None:
        """Open what the search found first, and end the search: one is where one wanted to be."""
        talk, contact = self.model.talk(first.row()), self.model.contact(first.row())
        self.search.clear()
        if talk is not None:
            self.talk_opened.emit(talk.id)
        elif contact is not None:
            self.person_clicked.emit(contact.user_id)
            if self._client.chats.available:
                self.person_opened.emit(contact.user_id)
            else:
                self.view.setFocus(Qt.FocusReason.TabFocusReason)

    # --- dragging ---

    def _drag_began(self) -> None:
        self._dragged = self.model.row(self.view.currentIndex().row())
        self.sections.offer_favourites(isinstance(self._dragged, Item))

    def _drag_ended(self) -> None:
        self._dragged = None
        self.sections.offer_favourites(on=False)
        self._settle_if_due()

    def _drop_at(self, row: int, lower: bool) -> Drop | None:
        return None if self._dragged is None else drop_at(self.model, self._dragged, row, lower=lower)

    def _dropped(self, drop: Drop) -> None:
        if self._dragged is not None:
            self.sections.drop(self._dragged, drop)

    # --- moving rows ---

    def _in_sections(self, changes: Changes) -> bool:
        """Whether somebody came or went who stands in a section."""
        return bool(changes.people & self._client.order.elsewhere)

    def _settle_if_due(self) -> None:
        """Let rows go where they belong, unless they did a moment ago or the pointer rests on them. A conversation that
        is new comes at once, as nothing else would tell of it; one that is gone goes at once: its row would be empty.
        """
        people, upper = self._client.order.stale, self.model.upper.stale
        if (not people and not upper) or self.view.dragging:
            return
        many = not self.model.upper.people_folded
        many = many and self._client.order.waiting().coming * _MANY_SHARE > self.model.rowCount()
        hurry = self._at_once or many
        hurry = hurry or (upper and self.model.upper.comes_or_goes())
        if not hurry and (self._settle_timer.isActive() or self._under_pointer()):
            return
        self._at_once = False
        self._settle_timer.start()
        self._settle()

    def _settle(self) -> None:
        before, chosen = places_in_view(self.view, self.model), self._chosen_row()
        self._by_hand = False  # a row that goes leaves the choice to its neighbour, whom nobody chose
        if self.model.upper.stale:
            self.model.settle_upper()
        if self._client.order.stale:
            self.model.settle()
        fit_rows(self.view, self.model, self._delegate)
        self._by_hand = True
        if chosen is None or chosen != self._chosen_row():
            self._select_again()
        scroll_along(self.view, self.model, before, self._delegate.row_height())
        self._show_or_hide()

    def _chosen_row(self) -> Row | None:
        return self.model.row(self.view.currentIndex().row())

    def _rearrange(self, row: Row | None) -> None:
        """What the person moved by hand goes there at once, and stays chosen."""
        self._settle()
        place = None if row is None else self.model.row_of_item(row)
        if place is not None:
            self._choose(place)
            self.view.scrollTo(self.model.index(place, 0))

    def _under_pointer(self) -> bool:
        return self.view.viewport().underMouse() and self.view.isActiveWindow()

    def _show_or_hide(self) -> None:
        empty = self.model.rowCount() == 0
        if empty:
            sought, can_search = self.search.text().strip(), self._client.chats.available
            self.nobody.show_for(sought, self._client.connection, can_search=can_search)
        if self.nobody.isVisibleTo(self) != empty:
            focused = self.view.hasFocus()
            self.nobody.setVisible(empty)
            self.view.setVisible(not empty)
            if focused and empty:
                self.search.setFocus()
