"""The main page: own card, search, conversations and people on the left; what one looks at on the right; strips on top.

Decides where things stand and which of them is in view; each part refreshes itself from `core`.
"""

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.hosting import HostReport
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.contacts.pane import ContactPane
from presence_desktop.gui.contacts.upper_order import item_of
from presence_desktop.gui.halves import Halves
from presence_desktop.gui.look import Look
from presence_desktop.gui.notices import Notices
from presence_desktop.gui.panel import Panel
from presence_desktop.gui.profile_card import ProfileCard
from presence_desktop.gui.rooms.desk import RoomDesk
from presence_desktop.gui.rooms.talk_words import talk_title
from presence_desktop.gui.settings_menu import SettingsButton
from presence_desktop.gui.shortcuts import Way, bind
from presence_desktop.gui.status_selector import StatusSelector
from presence_desktop.gui.strips import HostStrip, LinkBanner
from presence_desktop.gui.words import ask_sentence
from presence_desktop.protocol.errors import Code

if TYPE_CHECKING:
    from presence_desktop.gui.chat.pane import ChatPane
    from presence_desktop.gui.search_page import SearchPage

_LIST_LEAST = 24 * theme.UNIT
"""What strips leave to search and list in the smallest window: they give way, one's own card does not."""


class PeoplePage(Panel):
    """What a signed-in person sees."""

    try_now = Signal()
    invite_asked = Signal()
    opened = Signal(object)
    """A conversation was opened (its `Item`)."""
    changed = Signal(object)
    """What a wish changed at once (`Changes`), to be shown as all news is."""

    def __init__(
        self,
        client: Client,
        look: Look,
        clock: Clock,
        settings_button: SettingsButton,
        asks: Asks,
        outgoing: Path | None = None,
    ) -> None:
        super().__init__(look)
        self._client, self._outgoing = client, outgoing
        self._shown: int | None = None
        self.asks = asks
        self.settings_button = settings_button
        self.selector = StatusSelector(client, look, client.time)
        self.contacts = ContactPane(client, look, client.time)
        self.contacts.setMinimumHeight(_LIST_LEAST)
        self.card = ProfileCard(look, client.time)
        self.content = QStackedWidget()
        self.desk = RoomDesk(client, look, self.asks, self)
        self.banner = LinkBanner(look, client.connection, clock)
        self.banner.try_now.connect(self.try_now)
        self.host_strip = HostStrip(look)
        self.notices = Notices(look)
        self._side = Panel(look, kind="side")
        self.halves = Halves(self._side, self.content)
        self._lay_out()
        self._connect()
        self._add_shortcuts()

    @cached_property
    def chat(self) -> "ChatPane":
        """The open conversation; made when one is opened first."""
        from presence_desktop.gui.chat.pane import ChatPane

        chat = ChatPane(self._client, self.look, self._client.time, self._outgoing)
        chat.changed.connect(self.changed)
        chat.back.connect(self._leave_talk)
        chat.person_asked.connect(self._look_at)
        chat.members_asked.connect(self.desk.show_members)
        chat.details_asked.connect(self.desk.show_details)
        chat.pins_asked.connect(self._show_pins)
        chat.search_asked.connect(self._search_in)
        chat.notice.connect(self.notify)
        chat.set_narrow(not self.halves.wide)
        self.content.addWidget(chat)
        return chat

    @cached_property
    def finder(self) -> "SearchPage":
        """The search in messages; made when somebody searches first."""
        from presence_desktop.gui.search_page import SearchPage

        finder = SearchPage(self._client, self.look, self._client.time, self.asks)
        finder.back.connect(self._leave_search)
        finder.jumped.connect(self._jump)
        self.content.addWidget(finder)
        return finder

    @property
    def open_id(self) -> int | None:
        """The conversation in view or beside it."""
        return self.chat.shown if "chat" in vars(self) else None

    def refresh(self, changes: Changes) -> None:
        """Take in what changed."""
        self.contacts.refresh(changes)
        self.card.set_anybody(len(self._client.roster) > 1)
        if changes.connection:
            self.banner.refresh()
            self.settings_button.pictures = self._client.chats.available
            self.card.set_can_write(self._client.chats.available)
            if self._client.connection.link_known:
                self.notices.take_back(ask_sentence(Code.UNREACHABLE))
        if changes.own or changes.connection or self._is_me(changes.people):
            self.selector.refresh()
        if changes.everyone or self._shown in changes.people:
            self._draw_person(self._shown)
        was_open = self.open_id
        if was_open is not None:
            self.chat.refresh(changes)
        self.desk.refresh(changes)
        if was_open is not None and self._client.chats.get(was_open) is None:
            self._leave_talk()

    def time_passed(self) -> None:
        """Words like `5 min ago` grow older."""
        self.contacts.time_passed()
        self.selector.refresh()
        self.card.refresh()
        if "chat" in vars(self):
            self.chat.time_passed()

    def show_host(self, report: HostReport, *, own: bool) -> None:
        """How the server on this computer stands; `own`: it is the one of this account."""
        self.host_strip.show_report(report, own=own)
        self.banner.explained = own and not self.host_strip.isHidden()
        self.banner.refresh()

    def notify(self, sentence: str | Callable[[], str], copy: str = "") -> None:
        """Show a sentence until it is put away; the same one only once. `copy` can be copied from there."""
        self.notices.notify(sentence, copy)

    def add_foot(self, widget: QWidget) -> None:
        """Below the list."""
        self._side_column.addWidget(widget)

    def open_talk(self, talk_id: int) -> None:
        """Show a conversation, ready to write."""
        talk = self._client.chats.get(talk_id)
        if talk is None:
            return
        self.chat.show_talk(talk_id)
        self.contacts.show_open(talk_id)
        self._bring(self.chat)
        self.chat.focus()
        self.opened.emit(item_of(talk))

    def open_direct(self, user_id: int) -> None:
        """Show the direct conversation with somebody."""
        self.desk.open_direct(user_id)

    def focus(self) -> None:
        """Put the keyboard where arrows choose somebody, or where one searches."""
        contacts = self.contacts
        (contacts.view if contacts.view.isVisibleTo(contacts) else contacts.search).setFocus()

    def clear(self) -> None:
        """Somebody else may come: keep nothing of this one."""
        self.notices.clear()
        self.desk.clear()
        if "chat" in vars(self):
            self.chat.close_talk()
        if "finder" in vars(self):
            self.finder.clear()
        self.contacts.start_over()
        self._show_person(None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.halves.set_room(event.size().width())
        self.card.set_narrow(not self.halves.wide)
        if "chat" in vars(self):
            self.chat.set_narrow(not self.halves.wide)
        super().resizeEvent(event)

    @override
    def retranslate(self) -> None:
        self.selector.refresh()

    # --- what is in view ---

    def _bring(self, part: QWidget) -> None:
        """Show this on the right, or instead of the list where there is no room for both."""
        self.content.setCurrentWidget(part)
        self.halves.bring()

    def _to_list(self) -> None:
        """Back to the list; what was in view stays beside it where there is room."""
        self.halves.lead_back()
        self.focus()

    def _leave_talk(self) -> None:
        self.chat.close_talk()
        self.contacts.show_open(None)
        self.content.setCurrentWidget(self.card)
        self._to_list()

    def _back_to_talk(self) -> None:
        """To the open conversation, if one is."""
        if self.open_id is not None:
            self._bring(self.chat)
            self.chat.focus()

    def _leave_search(self) -> None:
        if self.open_id is not None:
            self._back_to_talk()
        else:
            self.content.setCurrentWidget(self.card)
            self._to_list()

    def _show_person(self, user_id: int | None) -> None:
        """Look at somebody: whatever conversation was open is left."""
        if self.open_id is not None and user_id is not None:
            self.chat.close_talk()
            self.contacts.show_open(None)
        if self.open_id is None:
            self.content.setCurrentWidget(self.card)
        self._draw_person(user_id)

    def _draw_person(self, user_id: int | None) -> None:
        contact = None if user_id is None else self._client.roster.get(user_id)
        self._shown = contact.user_id if contact else None
        self.card.show_contact(contact)

    def _look_at(self, user_id: int) -> None:
        """Look at somebody by a wish of one's own, not by wandering through the list."""
        if self._client.me is not None and user_id == self._client.me.user_id:
            return
        self.contacts.choose_person(user_id)
        self._show_person(user_id)
        self._bring(self.card)

    def _search(self, query: str) -> None:
        if self._client.chats.available:
            self._bring(self.finder)
            self.finder.search(query)

    def _search_in(self, talk_id: int) -> None:
        talk = self._client.chats.get(talk_id)
        if talk is not None:
            self._search(f' in:"{talk_title(self._client, talk)}"')

    def _show_pins(self, talk_id: int) -> None:
        self._bring(self.finder)
        self.finder.show_pins(talk_id)

    def _jump(self, talk_id: int, seq: int) -> None:
        self.open_talk(talk_id)
        if self.chat.shown == talk_id:
            self.chat.jump(seq)

    # --- keyboard ---

    def _focus_search(self) -> None:
        if not self.halves.wide and self.halves.front:
            self._to_list()
        self.contacts.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.contacts.search.selectAll()

    def _find(self) -> None:
        """Search in the open conversation, else everywhere, else in the list."""
        if not self._client.chats.available:
            self._focus_search()
        elif self.open_id is not None:
            self._search_in(self.open_id)
        else:
            self._search("")

    def _step(self, by: int, *, unread: bool = False) -> None:
        """Open the next conversation up or down the list; only one with something new, if asked so."""
        ids = self.contacts.model.talk_ids(folded=unread)
        here = ids.index(self.open_id) if self.open_id in ids else (-1 if by > 0 else len(ids))
        way = [*range(here + by, len(ids) if by > 0 else -1, by)]
        for place in way:
            talk = self._client.chats.get(ids[place])
            if talk is not None and (talk.unread or not unread):
                self.open_talk(talk.id)
                return

    def _add_shortcuts(self) -> None:
        bind(
            self,
            {
                Way.LIST_SEARCH: self._focus_search,
                Way.FIND: self._find,
                Way.SEARCH: lambda: self._search(""),
                Way.NEW_ROOM: self._make_room,
                Way.STATUS: self.selector.open_menu,
                Way.PREVIOUS: lambda: self._step(-1),
                Way.NEXT: lambda: self._step(1),
                Way.PREVIOUS_UNREAD: lambda: self._step(-1, unread=True),
                Way.NEXT_UNREAD: lambda: self._step(1, unread=True),
                Way.ALL_READ: self.desk.mark_all_read,
            },
        )

    def _make_room(self) -> None:
        if self._client.chats.available:
            self.desk.make_room()

    def _is_me(self, people: frozenset[int]) -> bool:
        return self._client.me is not None and self._client.me.user_id in people

    # --- wiring ---

    def _connect(self) -> None:
        contacts, desk = self.contacts, self.desk
        contacts.selected.connect(self._show_person)
        contacts.person_clicked.connect(self._look_at)
        contacts.talk_opened.connect(self.open_talk)
        contacts.person_opened.connect(self.open_direct)
        contacts.person_menu_asked.connect(desk.open_person_menu)
        contacts.talk_menu_asked.connect(desk.open_talk_menu)
        contacts.new_asked.connect(desk.open_new_menu)
        contacts.invite_asked.connect(self.invite_asked)
        contacts.nobody.messages_asked.connect(self._search)
        contacts.left.connect(self._back_to_talk)
        desk.section_wanted.connect(lambda: contacts.sections.ask_new())
        desk.extras.append(contacts.add_wishes)
        self.card.message_asked.connect(self.open_direct)
        self.card.menu_asked.connect(lambda user_id, place: desk.open_person_menu(user_id, place, shown=True))
        self.card.back.connect(self._to_list)
        desk.talk_wanted.connect(self.open_talk)
        desk.person_wanted.connect(self._look_at)
        desk.search_wanted.connect(self._search)
        desk.pins_wanted.connect(self._show_pins)
        desk.notice.connect(self.notify)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT, 0)
        head.setSpacing(theme.UNIT)
        head.addWidget(self.selector, 1)
        head.addWidget(self.settings_button, 0, Qt.AlignmentFlag.AlignVCenter)
        left = self._side_column = QVBoxLayout(self._side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(2 * theme.UNIT)
        left.addLayout(head)
        left.addWidget(self.contacts, 1)
        self.content.addWidget(self.card)
        strips = QVBoxLayout()
        strips.setSpacing(1)
        for strip in (self.banner, self.host_strip, self.notices):
            strips.addWidget(strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strips)
        layout.addWidget(self.halves, 1)
        contacts = self.contacts
        in_order = [self.selector, self.settings_button, contacts.search, contacts.new, contacts.view]
        for first, second in pairwise(in_order):
            QWidget.setTabOrder(first, second)
