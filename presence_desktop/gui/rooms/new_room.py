"""Makes a room: its name, topic, who finds it, and who is in it from the beginning."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.rooms.people_picker import PeoplePicker
from presence_desktop.gui.rooms.room_form import RoomForm
from presence_desktop.protocol.chat_events import RoomUpdated

_SIZE = (110 * theme.UNIT, 150 * theme.UNIT)


class NewRoomDialog(AskingDialog):
    """The dialog."""

    made = Signal(int)
    """The room was made: its id."""

    def __init__(self, client: Client, look: Look, asks: Asks, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self.setWindowTitle(self.tr("New room"))
        self.form = RoomForm(look)
        self.picker = PeoplePicker(client, look)
        self._who = QLabel()
        self._who.setBuddy(self.picker.search)
        self.column.addWidget(self.form)
        self.column.addWidget(self._who)
        self.column.addWidget(self.picker, 1)
        self.add_main_button(self.tr("Make room"))
        self.form.changed.connect(self.update_buttons)
        self.form.submitted.connect(self.submit)
        self.picker.changed.connect(self._count)
        self.resize(*_SIZE)
        self._count()
        self.update_buttons()
        self.form.title.edit.setFocus()

    @override
    def ready(self) -> bool:
        return bool(self.form.title.text())

    @override
    def submit(self) -> None:
        if self._busy or not self.ready():
            return
        form, chats = self.form, self.client.chats
        made = chats.create_room(form.title.text(), form.topic.text(), form.visibility, self.picker.chosen)
        self.ask(made)

    @override
    def answered(self, outcome: Outcome) -> None:
        self.accept()
        if isinstance(outcome.answer, RoomUpdated):
            self.made.emit(outcome.answer.conversation.id)

    @override
    def refresh(self, changes: Changes) -> None:
        if changes.people or changes.everyone:
            self.picker.refresh()

    def _count(self) -> None:
        count = len(self.picker.chosen)
        self._who.setText(
            self.tr("With %n people", "", count)
            if count
            else self.tr("With whom? (You can invite people later.)")
        )
