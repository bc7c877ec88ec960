"""A room in full: name, topic, who finds it; to change for who leads it, to look at for the others; and leaving it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.rooms.face import room_pixmap
from presence_desktop.gui.rooms.room_form import RoomForm

_FACE = 14 * theme.UNIT


class DetailsDialog(AskingDialog):
    """The dialog."""

    members_asked = Signal(int)
    leave_asked = Signal(int)
    muted = Signal(int, bool)

    def __init__(self, client: Client, look: Look, asks: Asks, talk: Talk, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self._room, self._talk = talk.id, talk
        self.setWindowTitle(self.tr("About this room"))
        self.setMinimumWidth(105 * theme.UNIT)
        self.form = RoomForm(look)
        self.form.fill(talk.title or "", talk.topic, talk.visibility)
        self.form.set_read_only(not talk.leads)
        self.mute = QCheckBox(self.tr("Mute: no notifications from this room on this computer"))
        self.mute.setChecked(talk.muted)
        self.members = QPushButton(look.icon("members"), "")
        self.leave = QPushButton(look.icon("leave"), self.tr("Leave room"))
        self._lay_out()
        if talk.leads:
            self.add_main_button(self.tr("Save"))
        else:
            self.add_close_button()
        self.form.changed.connect(self.update_buttons)
        self.form.submitted.connect(self.submit)
        self.mute.toggled.connect(lambda on: self.muted.emit(self._room, on))
        self.members.clicked.connect(self._go_to_members)
        self.leave.clicked.connect(self._go_leaving)
        self._show_counts()
        self.update_buttons()

    @override
    def ready(self) -> bool:
        form, talk = self.form, self._talk
        now = (form.title.text(), form.topic.text(), form.visibility)
        return bool(form.title.text()) and now != (talk.title, talk.topic, talk.visibility)

    @override
    def submit(self) -> None:
        if self._busy or not self.ready() or not self._talk.leads:
            return
        form, talk = self.form, self._talk
        title, topic, visibility = form.title.text(), form.topic.text(), form.visibility
        self.ask(
            self.client.chats.update_room(
                self._room,
                title=title if title != talk.title else None,
                topic=topic if topic != talk.topic else None,
                visibility=visibility if visibility is not talk.visibility else None,
            )
        )

    @override
    def refresh(self, changes: Changes) -> None:
        if self._room not in changes.talks:
            return
        talk = self.client.chats.get(self._room)
        if talk is None:
            self.reject()
            return
        self._talk = talk
        self._show_counts()
        self.update_buttons()

    def _go_to_members(self) -> None:
        self.reject()
        self.members_asked.emit(self._room)

    def _go_leaving(self) -> None:
        self.reject()
        self.leave_asked.emit(self._room)

    def _show_counts(self) -> None:
        self.members.setText(self.tr("%n members", "", len(self._talk.members)))

    def _lay_out(self) -> None:
        talk, look = self._talk, self.look
        picture = QLabel()
        ratio = self.devicePixelRatioF()
        picture.setPixmap(room_pixmap(_FACE, talk.id, talk.title or "", look.font("strong"), ratio))
        title = ElidedLabel("title")
        title.setText(talk.title or "")
        head = QHBoxLayout()
        head.setSpacing(4 * theme.UNIT)
        head.addWidget(picture)
        head.addWidget(title, 1)
        acts = QHBoxLayout()
        acts.setSpacing(2 * theme.UNIT)
        acts.addWidget(self.members)
        acts.addWidget(self.leave)
        acts.addStretch(1)
        self.column.addLayout(head)
        self.column.addWidget(self.form)
        self.column.addWidget(self.mute)
        self.column.addLayout(acts)
        self.column.addStretch(1)
