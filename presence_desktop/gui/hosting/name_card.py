"""The server's own name: its owner gives it, everybody who connects sees it; without one the address stands for it.

Decides what is offered to type; whether a name may be is the server's word.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.server_name import server_name
from presence_desktop.core.server_roles import ServerRole
from presence_desktop.gui import theme
from presence_desktop.gui.fields import Field
from presence_desktop.gui.hosting.card import Card
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.words import ask_sentence
from presence_desktop.protocol.admin_rest import Renamed, ServerFacts
from presence_desktop.protocol.limits import SERVER_NAME_LENGTH


class NameCard(Card):
    """One per server that is looked after; of use to its owner only."""

    named = Signal()
    """It has another name from now on."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._office: Office | None = None
        self._told: str | None = None
        """What the server said last; None: nothing yet."""
        self._asked = ""
        self._busy = self._suggesting = False
        self.field = Field("server-name", SERVER_NAME_LENGTH)
        self.field.label.hide()
        self.save = QPushButton()
        self.save.setObjectName("save-server-name")
        self.save.clicked.connect(lambda: self._rename(self.field.text()))
        self.field.edit.returnPressed.connect(self.save.click)
        self.field.edit.textChanged.connect(lambda: self._follow())
        self._note = text_label(role="small")
        row = QHBoxLayout()
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self.field, 1)
        row.addWidget(self.save)
        self.add(row, self._note)
        self.retranslate()

    def attend(self, office: Office | None) -> None:
        """Whose server it is."""
        if office is self._office:
            return
        if self._office is not None:
            self._office.asks.forget(self)
        self._office, self._told, self._busy = office, None, False
        self.field.edit.clear()
        self.retranslate()

    def show_facts(self, facts: ServerFacts) -> None:
        """What the server says of itself; what somebody is typing stays."""
        untouched = self._told is None or self.field.text() == self._told
        self._told = server_name(facts.name)
        if untouched and not self._busy:
            self.field.edit.setText(self._told)
        if self._suggesting:
            self._suggesting = False
            if not self._told:
                self._rename(self._usual())
        self.retranslate()

    def name_when_ready(self) -> None:
        """A server that was just begun and has no name gets the usual one, as soon as it can be asked."""
        self._suggesting = True

    @property
    def offered(self) -> bool:
        """Whether it is of use to the one who is signed in."""
        return self._office is not None and self._office.role is ServerRole.OWNER and self._told is not None

    @override
    def retranslate(self) -> None:
        self.title.setText(self.tr("Name of the server"))
        self.field.set_texts(self.tr("Name of the server"), self._usual())
        self._note.setText(
            self.tr("Everybody sees it, from when they connect next. Without a name its address is shown.")
        )
        self._follow()

    def _usual(self) -> str:
        me = None if self._office is None else self._office.client.me
        name = "" if me is None else me.username
        return server_name(self.tr("{name}'s team").format(name=name)) if name else ""

    def _follow(self) -> None:
        self.save.setText(self.tr("One moment…") if self._busy else self.tr("Save"))
        changed = self._told is not None and self.field.text() != self._told
        self.save.setEnabled(changed or self._busy or self.save.hasFocus())

    def _rename(self, name: str) -> None:
        if self._office is None or self._busy or name == self._told:
            return
        self._busy, self._asked = True, name
        self.field.set_error("")
        if not self._office.ask(self._office.administration.rename(name or None), self, self._renamed):
            self._busy = False
        self._follow()

    def _renamed(self, outcome: Outcome) -> None:
        self._busy = False
        if outcome.code is not None:
            self.field.set_error(ask_sentence(outcome.code))
        elif isinstance(outcome.answer, Renamed) and self._office is not None:
            self._told = server_name(outcome.answer.name)
            if self.field.text() in ("", self._asked):
                self.field.edit.setText(self._told)
            self._office.call(self._told)
            self.named.emit()
        self._follow()
