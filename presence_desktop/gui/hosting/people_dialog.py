"""The accounts of a server, and what its owner and admins do to them: passwords, shutting out, roles.

Decides which buttons are offered by one's own role, as the server's rules are (docs/protocol.md, "Administration");
whether it may be done is the server's word. What cannot be taken back, or shuts somebody out, is asked about first.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.server_roles import ServerRole, may_act_on, role_of
from presence_desktop.gui import theme
from presence_desktop.gui.confirm import confirmed
from presence_desktop.gui.hosting.copy_field import CopyField
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.hosting.words import role_words
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.rooms.person_list import Person, PersonList
from presence_desktop.gui.search_field import SearchField
from presence_desktop.protocol.admin_rest import AdminPeoplePage, AdminPerson, OnePerson, PasswordWasReset

_SIZE = (120 * theme.UNIT, 140 * theme.UNIT)
_TYPING_MS = 250


class ServerPeopleDialog(AskingDialog):
    """The dialog."""

    def __init__(self, office: Office, look: Look, parent: QWidget) -> None:
        super().__init__(office.client, look, office.asks, parent)
        self._office = office
        self._people: dict[int, AdminPerson] = {}
        self._next: int | None = None
        self._reset_of = ""
        self.setWindowTitle(self.tr("People of this server"))
        self.search = SearchField()
        self.search.setObjectName("server-people-search")
        self.search.setPlaceholderText(self.tr("Search names and addresses"))
        self.search.setAccessibleName(self.tr("Search names and addresses"))
        glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(self.search.accessibleName())
        self.list = PersonList(office.client, look)
        self.list.setAccessibleName(self.tr("People"))
        self.about = text_label(role="small")
        self.reset = QPushButton(self.tr("New password…"))
        self.shut = QPushButton()
        self.admin = QPushButton()
        self.own = QPushButton(self.tr("Hand over the server…"))
        self.password = CopyField(look, "new-password")
        self.password_note = text_label(role="small")
        acts = QGridLayout()
        acts.setSpacing(2 * theme.UNIT)
        for place, button in enumerate((self.reset, self.shut, self.admin, self.own)):
            acts.addWidget(button, place // 2, place % 2)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.about)
        self.column.addWidget(self.password)
        self.column.addWidget(self.password_note)
        self.column.addLayout(acts)
        self.password.hide()
        self.password_note.hide()
        self.add_close_button()
        self.resize(*_SIZE)
        self._typed = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typed.timeout.connect(self._find)
        self._connect()
        self.update_buttons()
        self._find()

    @override
    def update_buttons(self) -> None:
        mine, chosen = self._office.role, self._chosen()
        theirs = ServerRole.MEMBER if chosen is None else role_of(chosen.role)
        other = chosen is not None and not self._is_me(chosen)
        mine_to_see_to = other and may_act_on(mine, theirs)
        owner = mine is ServerRole.OWNER
        disabled = chosen is not None and chosen.disabled
        self.reset.setEnabled(mine_to_see_to and not disabled)
        self.shut.setEnabled(mine_to_see_to)
        self.shut.setText(self.tr("Let in again") if disabled else self.tr("Shut out…"))
        is_admin = theirs is ServerRole.ADMIN
        self.admin.setText(self.tr("Make member") if is_admin else self.tr("Make admin"))
        for button in (self.admin, self.own):
            button.setVisible(owner)
            button.setEnabled(mine_to_see_to and not disabled)
        self.about.setText("" if chosen is None else self._about(chosen))

    # --- asking ---

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self._typed.start())
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.verticalScrollBar().valueChanged.connect(self._more)
        acts = (
            (self.reset, self._reset),
            (self.shut, self._shut),
            (self.admin, self._admin),
            (self.own, self._own),
        )
        for button, act in acts:
            button.clicked.connect(partial(self._begin, act))

    def _find(self, after: int = 0) -> None:
        changes = self._office.administration.people(self.search.text().strip(), after)
        self._office.ask(changes, self, partial(self._found_more, after=after) if after else self._found)

    def _more(self, value: int) -> None:
        if self._next is not None and value == self.list.verticalScrollBar().maximum():
            after, self._next = self._next, None
            self._find(after)

    def _found(self, outcome: Outcome) -> None:
        if outcome.code is not None:
            self.fail(outcome.code)
            return
        self._people = {}
        self._found_more(outcome)
        if self._people and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.people.index(0, 0))

    def _found_more(self, outcome: Outcome, after: int = 0) -> None:
        self.fail(outcome.code)
        if outcome.code is not None:
            self._next = after or None  # whoever comes to the end again asks again
        elif isinstance(outcome.answer, AdminPeoplePage):
            self._people |= {person.user_id: person for person in outcome.answer.people}
            self._next = outcome.answer.next
            self._show()

    @override
    def answered(self, outcome: Outcome) -> None:
        answer = outcome.answer
        if isinstance(answer, OnePerson):
            self._people[answer.person.user_id] = answer.person
            if role_of(answer.person.role) is ServerRole.OWNER:
                self._office.hand_over()
                self._find()
        elif isinstance(answer, PasswordWasReset) and answer.password:
            self._show_password(answer.password)
            self._find()  # they are signed in nowhere now
        self._show()

    # --- acts ---

    def _begin(self, act: Callable[[], None]) -> None:
        """One at a time; the buttons stay as they are meanwhile, so that the keyboard stays where it is."""
        if not self._busy:
            act()

    def _reset(self) -> None:
        chosen = self._chosen()
        if chosen is not None and confirmed(
            self,
            self.tr("Give {name} a new password?").format(name=chosen.username),
            self.tr("They are signed out everywhere. You are shown the new password, to tell it to them."),
            self.tr("New password"),
        ):
            self._reset_of = chosen.username
            self.ask(self._office.administration.reset_password(chosen.user_id))

    def _shut(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        if chosen.disabled or confirmed(
            self,
            self.tr("Shut {name} out?").format(name=chosen.username),
            self.tr(
                "They are signed out at once and cannot come back until you let them. Nothing is deleted."
            ),
            self.tr("Shut out"),
        ):
            self.ask(self._office.administration.set_disabled(chosen.user_id, not chosen.disabled))

    def _admin(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            admin = role_of(chosen.role) is ServerRole.ADMIN
            self._give(chosen, ServerRole.MEMBER if admin else ServerRole.ADMIN)

    def _own(self) -> None:
        chosen = self._chosen()
        if chosen is not None and confirmed(
            self,
            self.tr("Hand the server over to {name}?").format(name=chosen.username),
            self.tr(
                "They own it from then on, and you are an admin. Only they can hand it back. "
                "It goes on running where it runs now."
            ),
            self.tr("Hand over"),
        ):
            self._give(chosen, ServerRole.OWNER)

    def _give(self, person: AdminPerson, role: ServerRole) -> None:
        self.ask(self._office.administration.give_role(person.user_id, role))

    # --- showing ---

    def _moved(self) -> None:
        self.password.hide()
        self.password_note.hide()
        self.update_buttons()

    def _show(self) -> None:
        chosen = self._chosen()
        rows = [
            Person(one.user_id, one.username, self._note(one))
            for one in sorted(self._people.values(), key=lambda one: one.user_id)
        ]
        self.list.people.show(rows)
        row = self.list.people.row_of(chosen.user_id) if chosen else None
        if row is not None and row != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.list.people.index(row, 0))
        self.update_buttons()

    def _show_password(self, password: str) -> None:
        self.password.set_texts(self.tr("New password of {name}").format(name=self._reset_of))
        self.password.set_value(password)
        self.password_note.setText(self.tr("It is shown this once: tell it to them now."))
        self.password.show()
        self.password_note.show()
        self.grow()

    def _chosen(self) -> AdminPerson | None:
        person = self.list.people.person(self.list.currentIndex().row())
        return None if person is None else self._people.get(person.user_id)

    def _is_me(self, person: AdminPerson) -> bool:
        return self.client.me is not None and self.client.me.user_id == person.user_id

    def _note(self, person: AdminPerson) -> str:
        role = role_of(person.role)
        words = (
            self.tr("you") if self._is_me(person) else "",
            "" if role is ServerRole.MEMBER else role_words(role),
            self.tr("shut out") if person.disabled else "",
        )
        return " · ".join(word for word in words if word)

    def _about(self, person: AdminPerson) -> str:
        somewhere = self.tr("signed in on %n devices", "", person.devices)
        devices = somewhere if person.devices else self.tr("signed in nowhere")
        return f"{person.email} · {devices}"
