"""Who is in a room, with their roles; what one may do with the chosen one: write, give a role, put out.

Decides which buttons are offered by one's own role, as the server's rules are (docs/protocol.md, "Rooms"); whether it
may be done is the server's word.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.contact import folded
from presence_desktop.core.search import Search
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.confirm import confirmed
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.rooms.person_list import Person, PersonList
from presence_desktop.gui.rooms.talk_words import name_of
from presence_desktop.gui.search_field import SearchField
from presence_desktop.gui.words import role_word
from presence_desktop.protocol.chat import Kind, Member, MemberRole, Visibility

_SIZE = (110 * theme.UNIT, 130 * theme.UNIT)
_RANK = {MemberRole.OWNER: 0, MemberRole.MODERATOR: 1, MemberRole.MEMBER: 2}


class MembersDialog(AskingDialog):
    """The dialog."""

    message_asked = Signal(int)
    """The direct conversation with this person is wanted."""
    invite_asked = Signal(int)
    """More people are to come in; the room's id."""

    def __init__(self, client: Client, look: Look, asks: Asks, talk: Talk, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self._room = talk.id
        self.search = SearchField()
        self.search.setPlaceholderText(self.tr("Search members"))
        self.search.setAccessibleName(self.tr("Search members"))
        glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(self.search.accessibleName())
        self.list = PersonList(client, look)
        self.list.setAccessibleName(self.tr("Members"))
        self.invite = QPushButton(look.icon("person-plus"), self.tr("Invite…"))
        self.message = QPushButton(self.tr("Message"))
        self.promote = QPushButton(self.tr("Make moderator"))
        self.own = QPushButton(self.tr("Make owner"))
        self.remove = QPushButton(self.tr("Remove"))
        top = QHBoxLayout()
        top.setSpacing(2 * theme.UNIT)
        top.addWidget(self.search, 1)
        top.addWidget(self.invite)
        acts = QHBoxLayout()
        acts.setSpacing(2 * theme.UNIT)
        for button in (self.message, self.promote, self.own, self.remove):
            acts.addWidget(button)
        acts.addStretch(1)
        self.column.addLayout(top)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(acts)
        self.add_close_button()
        self._connect()
        self.resize(*_SIZE)
        self._fill()
        self.list.setCurrentIndex(self.list.people.index(0, 0))

    @override
    def refresh(self, changes: Changes) -> None:
        if self._room in changes.talks or changes.people or changes.everyone:
            self._fill()

    @override
    def answered(self, outcome: Outcome) -> None:
        self._fill()

    @override
    def update_buttons(self) -> None:
        talk, chosen, mine = self._talk(), self._chosen(), self._mine()
        if talk is None or mine is None:
            self.reject()
            return
        other = chosen is not None and chosen.user_id != mine.user_id
        room, owner = talk.kind is Kind.ROOM, mine.role is MemberRole.OWNER
        self.invite.setVisible(room and (talk.visibility is Visibility.PUBLIC or talk.leads))
        self.message.setEnabled(other)
        for button in (self.promote, self.own):
            button.setVisible(room and owner)
            button.setEnabled(other and not self._busy)
        self.remove.setVisible(room and talk.leads)
        lower = chosen is not None and _RANK[mine.role] < _RANK[chosen.role]
        self.remove.setEnabled(other and not self._busy and (owner or lower))
        if chosen is not None:
            moderates = chosen.role is MemberRole.MODERATOR
            owns = chosen.role is MemberRole.OWNER
            self.promote.setText(self.tr("Make member") if moderates else self.tr("Make moderator"))
            self.own.setText(self.tr("Take ownership away") if owns else self.tr("Make owner"))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._fill)
        self.list.selectionModel().currentChanged.connect(self.update_buttons)
        self.invite.clicked.connect(lambda: self.invite_asked.emit(self._room))
        self.message.clicked.connect(self._message)
        self.promote.clicked.connect(self._promote)
        self.own.clicked.connect(self._own)
        self.remove.clicked.connect(self._remove)

    def _talk(self) -> Talk | None:
        return self.client.chats.get(self._room)

    def _member(self, user_id: int | None) -> Member | None:
        talk = self._talk()
        members = talk.members if talk else ()
        return next((member for member in members if member.user_id == user_id), None)

    def _mine(self) -> Member | None:
        return self._member(self.client.me.user_id if self.client.me else None)

    def _chosen(self) -> Member | None:
        person = self.list.people.person(self.list.currentIndex().row())
        return self._member(person.user_id) if person else None

    def _fill(self) -> None:
        talk = self._talk()
        if talk is None:
            self.reject()
            return
        self.setWindowTitle(
            self.tr("%n members of {room}", "", len(talk.members)).format(room=talk.title or "")
        )
        search, chosen = Search(self.search.text()), self._chosen()
        named = [(member, name_of(self.client, member.user_id)) for member in talk.members]
        found = [(member, name) for member, name in named if search.matches(folded(name))]
        found.sort(key=lambda pair: (_RANK[pair[0].role], folded(pair[1])))
        self.list.people.show([Person(member.user_id, name, self._note(member)) for member, name in found])
        row = self.list.people.row_of(chosen.user_id) if chosen else None
        if row is not None:
            self.list.setCurrentIndex(self.list.people.index(row, 0))
        self.update_buttons()

    def _note(self, member: Member) -> str:
        word = "" if member.role is MemberRole.MEMBER else role_word(member.role)
        mine = self.client.me is not None and member.user_id == self.client.me.user_id
        return " · ".join(part for part in (self.tr("you") if mine else "", word) if part)

    # --- what can be done ---

    def _message(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.accept()
            self.message_asked.emit(chosen.user_id)

    def _promote(self) -> None:
        self._give(MemberRole.MODERATOR)

    def _own(self) -> None:
        self._give(MemberRole.OWNER)

    def _give(self, role: MemberRole) -> None:
        chosen = self._chosen()
        if chosen is not None:
            wanted = MemberRole.MEMBER if chosen.role is role else role
            self.ask(self.client.chats.give_role(self._room, chosen.user_id, wanted))

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        name = name_of(self.client, chosen.user_id)
        if confirmed(
            self,
            self.tr("Remove {name} from this room?").format(name=name),
            self.tr("They will see nothing of it any more."),
            self.tr("Remove"),
        ):
            self.ask(self.client.chats.remove(self._room, chosen.user_id))
