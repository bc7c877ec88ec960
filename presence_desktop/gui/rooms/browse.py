"""The public rooms of the server, to look through, join and open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.client import Client
from presence_desktop.core.contact import folded
from presence_desktop.core.search import Search
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.contacts.view import PeopleView
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.rooms.room_list import RoomDelegate, RoomModel
from presence_desktop.gui.search_field import SearchField
from presence_desktop.protocol.chat import RoomEntry
from presence_desktop.protocol.chat_events import RoomDirectory, RoomUpdated

_SIZE = (120 * theme.UNIT, 130 * theme.UNIT)


class BrowseDialog(AskingDialog):
    """The dialog."""

    opened = Signal(int)
    """This room is to be opened; one is in it by now."""

    def __init__(self, client: Client, look: Look, asks: Asks, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self.setWindowTitle(self.tr("Public rooms"))
        self._rooms: list[RoomEntry] | None = None
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Search rooms"))
        self.search.setAccessibleName(self.tr("Search rooms"))
        glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(self.search.accessibleName())
        self.model = RoomModel(self)
        self.list = PeopleView()
        self.list.setObjectName("room-list")
        self.list.setProperty("kind", "page")
        self.list.setAccessibleName(self.tr("Public rooms"))
        self.list.setModel(self.model)
        delegate = RoomDelegate(look, self.model)
        self.list.setItemDelegate(delegate)
        self.list.verticalHeader().setDefaultSectionSize(delegate.row_height())
        self.words = text_label(role="muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.words, 1)
        self.add_main_button(self.tr("Join"))
        self.search.textChanged.connect(self._fill)
        self.list.activated.connect(self.submit)
        self.list.selectionModel().currentChanged.connect(self.update_buttons)
        self.resize(*_SIZE)
        self._fill()
        self.ask(client.chats.fetch_public_rooms())

    @override
    def ready(self) -> bool:
        return self._chosen() is not None

    @override
    def update_buttons(self) -> None:
        super().update_buttons()
        chosen = self._chosen()
        if self.main_button is not None:
            joined = chosen is not None and chosen.joined
            self.main_button.setText(self.tr("Open") if joined else self.tr("Join"))

    @override
    def submit(self) -> None:
        chosen = self._chosen()
        if self._busy or chosen is None:
            return
        if chosen.joined:
            self._open(chosen.id)
        else:
            self.ask(self.client.chats.join(chosen.id))

    @override
    def answered(self, outcome: Outcome) -> None:
        if isinstance(outcome.answer, RoomDirectory):
            self._rooms = list(outcome.answer.rooms)
            self._fill()
        elif isinstance(outcome.answer, RoomUpdated):
            self._open(outcome.answer.conversation.id)

    def _open(self, room_id: int) -> None:
        self.accept()
        self.opened.emit(room_id)

    def _chosen(self) -> RoomEntry | None:
        return self.model.room(self.list.currentIndex().row())

    def _fill(self) -> None:
        search = Search(self.search.text())
        found = [
            room
            for room in self._rooms or ()
            if search.matches(folded(room.title)) or search.matches(folded(room.topic))
        ]
        self.model.show(found)
        self.list.setVisible(bool(found))
        self.words.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self.model.index(0, 0))
        elif self._rooms is None:
            self.words.setText(self.tr("Looking which rooms there are…"))
        elif self.search.text().strip():
            self.words.setText(self.tr("No room is called “{name}”.").format(name=self.search.text().strip()))
        else:
            self.words.setText(
                self.tr("There is no public room yet.\nMake one, and everybody finds it here.")
            )
        self.update_buttons()
