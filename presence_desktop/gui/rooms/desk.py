"""Where wishes about conversations are taken: menus, dialogs, opening a direct conversation, leaving a room.

Decides which dialog comes next; what happens to a room is decided by the server and told by `core`. What is to be
shown (a conversation, a person, a search) leaves as a signal for the page.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.core.client import Client
from presence_desktop.core.favourites import Item, person
from presence_desktop.core.notifying import Watch
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.confirm import confirmed
from presence_desktop.gui.contacts.upper_order import item_of
from presence_desktop.gui.look import Look
from presence_desktop.gui.watch_menu import WatchMenu
from presence_desktop.gui.words import ask_sentence
from presence_desktop.protocol.chat import Kind
from presence_desktop.protocol.chat_events import DmOpened

if TYPE_CHECKING:
    from presence_desktop.gui.rooms.dialog import AskingDialog


class RoomDesk(QObject):
    """One per page."""

    talk_wanted = Signal(int)
    person_wanted = Signal(int)
    search_wanted = Signal(str)
    """A search in messages, with what stands in its field."""
    pins_wanted = Signal(int)
    section_wanted = Signal()
    """A new section of the list."""
    notice = Signal(str)
    watch_asked = Signal(int, object)
    """Somebody, and how (a `Watch` or None) one wants to be told when they are back."""

    def __init__(self, client: Client, look: Look, asks: Asks, page: QWidget) -> None:
        super().__init__(page)
        self._client, self._look, self._asks, self._page = client, look, asks, page
        self.dialog: AskingDialog | None = None
        """The one that is open."""
        self.watched: Callable[[int], Watch | None] | None = None
        """How one waits for somebody; None: waiting for people is not to be had."""
        self.extras: list[Callable[[QMenu, Item], None]] = []
        """What else there is to wish for of somebody or a room: each adds to the menu."""

    def refresh(self, changes: Changes) -> None:
        """Something changed: the open dialog may show it."""
        if self.dialog is not None:
            self.dialog.refresh(changes)

    def clear(self) -> None:
        """Somebody else may come."""
        if self.dialog is not None:
            self.dialog.reject()
        self._asks.clear()

    # --- menus ---

    def open_new_menu(self, place: QPoint) -> None:
        """What can be begun."""
        menu, icon = self._menu(), self._look.icon
        menu.addAction(icon("plus"), self.tr("New room…")).triggered.connect(self.make_room)
        menu.addAction(icon("globe"), self.tr("Public rooms…")).triggered.connect(self.browse)
        section = menu.addAction(icon("section"), self.tr("New section of the list…"))
        section.triggered.connect(self.section_wanted)
        menu.addSeparator()
        search = menu.addAction(icon("search"), self.tr("Search in messages"))
        search.triggered.connect(lambda: self.search_wanted.emit(""))
        if self._client.me is not None:
            mine = self._client.me.user_id
            notes = menu.addAction(icon("edit"), self.tr("Notes to yourself"))
            notes.triggered.connect(lambda: self.open_direct(mine))
        menu.popup(place)

    def open_person_menu(self, user_id: int, place: QPoint, *, shown: bool = False) -> None:
        """What can be done with somebody; `shown`: besides what their profile, which is in view, offers."""
        menu, icon = self._menu(), self._look.icon
        if self._client.chats.available and not shown:
            message = menu.addAction(icon("message"), self.tr("Message"))
            message.triggered.connect(lambda: self.open_direct(user_id))
        if not shown:
            card = menu.addAction(icon("info"), self.tr("Show profile"))
            card.triggered.connect(lambda: self.person_wanted.emit(user_id))
        self._add_wishes(menu, person(user_id))
        menu.popup(place)

    def open_talk_menu(self, talk_id: int, place: QPoint) -> None:
        """What can be done with a conversation."""
        from presence_desktop.gui.rooms.talk_menu import TalkMenu

        talk = self._client.chats.get(talk_id)
        if talk is None:
            return
        menu = TalkMenu(talk, self._look, self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_asked.connect(self.talk_wanted)
        menu.read_asked.connect(self._mark_read)
        menu.mute_asked.connect(self.mute)
        menu.members_asked.connect(self.show_members)
        menu.details_asked.connect(self.show_details)
        menu.invite_asked.connect(self.invite)
        menu.pins_asked.connect(self.pins_wanted)
        menu.leave_asked.connect(self.leave)
        self._add_wishes(menu, item_of(talk))
        menu.popup(place)

    # --- wishes ---

    def open_direct(self, user_id: int) -> None:
        """Open the direct conversation with somebody; the server makes it if there is none."""
        known = self._client.chats.find_direct(user_id)
        if known is not None:
            self.talk_wanted.emit(known)
        else:
            self._asks.begin(self._client.chats.open_direct(user_id), self, self._direct_opened)

    def make_room(self) -> None:
        """Ask for a new room."""
        from presence_desktop.gui.rooms.new_room import NewRoomDialog

        dialog = NewRoomDialog(self._client, self._look, self._asks, self._page)
        dialog.made.connect(self.talk_wanted)
        self._open(dialog)

    def browse(self) -> None:
        """Show the public rooms."""
        from presence_desktop.gui.rooms.browse import BrowseDialog

        dialog = BrowseDialog(self._client, self._look, self._asks, self._page)
        dialog.opened.connect(self.talk_wanted)
        self._open(dialog)

    def invite(self, talk_id: int) -> None:
        """Ask who is to come into a room."""
        from presence_desktop.gui.rooms.invite import InviteDialog

        talk = self._client.chats.get(talk_id)
        if talk is not None:
            self._open(InviteDialog(self._client, self._look, self._asks, talk, self._page))

    def show_members(self, talk_id: int) -> None:
        """Show who is in a room; of a direct conversation the other person."""
        from presence_desktop.gui.rooms.members import MembersDialog

        talk = self._client.chats.get(talk_id)
        if talk is None:
            return
        if talk.kind is Kind.DIRECT:
            self._show_other(talk.other)
            return
        dialog = MembersDialog(self._client, self._look, self._asks, talk, self._page)
        dialog.message_asked.connect(self.open_direct)
        dialog.invite_asked.connect(self.invite)
        self._open(dialog)

    def show_details(self, talk_id: int) -> None:
        """Show a room in full; of a direct conversation the other person."""
        from presence_desktop.gui.rooms.details import DetailsDialog

        talk = self._client.chats.get(talk_id)
        if talk is None:
            return
        if talk.kind is Kind.DIRECT:
            self._show_other(talk.other)
            return
        dialog = DetailsDialog(self._client, self._look, self._asks, talk, self._page)
        dialog.members_asked.connect(self.show_members)
        dialog.leave_asked.connect(self.leave)
        dialog.muted.connect(self.mute)
        self._open(dialog)

    def choose_avatar(self) -> None:
        """Ask for one's own picture."""
        from presence_desktop.gui.avatar_dialog import AvatarDialog

        self._open(AvatarDialog(self._client, self._look, self._asks, self._page))

    def leave(self, talk_id: int) -> None:
        """Leave a room, if that is meant."""
        talk = self._client.chats.get(talk_id)
        if talk is None:
            return
        if confirmed(
            self._page,
            self.tr("Leave {room}?").format(room=talk.title or ""),
            self.tr(
                "Its messages go from this computer. You can come back if it is public, or if you are invited."
            ),
            self.tr("Leave room"),
        ):
            self._asks.show(self._client.chats.leave(talk_id))

    def mute(self, talk_id: int, on: bool) -> None:
        """No notifications of a conversation, or again."""
        self._asks.show(self._client.chats.mute(talk_id, on))

    # --- parts of the above ---

    def _add_wishes(self, menu: QMenu, item: Item) -> None:
        """What holds for somebody wherever they stand in the list, and for a room."""
        contact = self._client.roster.get(item.id) if item.what == "person" else None
        if self.watched is not None and contact is not None and not contact.is_me:
            watch = WatchMenu(contact.username, self.watched(item.id), menu)
            watch.setIcon(self._look.icon("bell"))
            watch.chosen.connect(lambda how: self.watch_asked.emit(item.id, how))
            menu.addMenu(watch)
        for add in self.extras:
            add(menu, item)

    def _mark_read(self, talk_id: int) -> None:
        talk = self._client.chats.get(talk_id)
        if talk is not None:
            self._asks.show(self._client.chats.mark_read(talk_id, talk.last_seq))

    def mark_all_read(self) -> None:
        """Nothing waits to be read any more, in no conversation."""
        for talk in filter(None, map(self._client.chats.get, self._client.chats.ids())):
            if talk.unread:
                self._mark_read(talk.id)

    def _direct_opened(self, outcome: Outcome) -> None:
        if isinstance(outcome.answer, DmOpened):
            self.talk_wanted.emit(outcome.answer.conversation.id)
        elif outcome.code is not None:
            self.notice.emit(ask_sentence(outcome.code))

    def _show_other(self, user_id: int | None) -> None:
        if user_id is not None and self._client.roster.get(user_id) is not None:
            self.person_wanted.emit(user_id)

    def _menu(self) -> QMenu:
        menu = QMenu(self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open(self, dialog: "AskingDialog") -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.dialog = dialog
        dialog.finished.connect(lambda: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: "AskingDialog") -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()
