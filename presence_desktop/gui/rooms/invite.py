"""Brings people into a room that exists."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.rooms.people_picker import PeoplePicker

_SIZE = (100 * theme.UNIT, 125 * theme.UNIT)


class InviteDialog(AskingDialog):
    """The dialog."""

    def __init__(self, client: Client, look: Look, asks: Asks, talk: Talk, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self._room = talk.id
        self.setWindowTitle(self.tr("Invite to {room}").format(room=talk.title or ""))
        self.picker = PeoplePicker(client, look, [member.user_id for member in talk.members])
        self.column.addWidget(text_label(self.tr("They see everything that was said here before."), "muted"))
        self.column.addWidget(self.picker, 1)
        self.add_main_button(self.tr("Invite"))
        self.picker.changed.connect(self._count)
        self.resize(*_SIZE)
        self.update_buttons()
        self.picker.search.setFocus()

    @override
    def ready(self) -> bool:
        return bool(self.picker.chosen)

    @override
    def submit(self) -> None:
        if not self._busy and self.ready():
            self.ask(self.client.chats.invite(self._room, self.picker.chosen))

    @override
    def refresh(self, changes: Changes) -> None:
        if changes.people or changes.everyone:
            self.picker.refresh()

    def _count(self) -> None:
        count = len(self.picker.chosen)
        if self.main_button is not None:
            self.main_button.setText(self.tr("Invite %n people", "", count) if count else self.tr("Invite"))
        self.update_buttons()
