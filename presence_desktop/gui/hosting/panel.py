"""Looking after a server, wherever it runs: inviting, people, room on its disk, backups.

Decides when the server is asked: while somebody looks, and its answers are wanted. Without an account that looks after
it, a sentence says so.
"""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.server_roles import administers
from presence_desktop.gui import theme
from presence_desktop.gui.hosting.audit_dialog import AuditDialog
from presence_desktop.gui.hosting.facts_card import BackupsCard, FactsCard
from presence_desktop.gui.hosting.invite_card import InviteCard
from presence_desktop.gui.hosting.name_card import NameCard
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.hosting.people_dialog import ServerPeopleDialog
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel, text_label
from presence_desktop.protocol.admin_rest import ServerFacts

LOOK_MS = 5_000


class ServerPanel(Panel):
    """The cards for one server."""

    sign_in_asked = Signal()
    """Nobody here looks after it; somebody wants to."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._office: Office | None = None
        self._servers: tuple[str, ...] = ()
        self._key: str | None = None
        self._asking = self._was_open = self._inviting = False
        self._members = 0
        self.nobody = text_label(role="muted")
        self.sign_in = QPushButton()
        self.sign_in.setObjectName("sign-in-to-server")
        self.sign_in.clicked.connect(self.sign_in_asked)
        self.name, self.invites = NameCard(look), InviteCard(look)
        self.facts, self.backups = FactsCard(look), BackupsCard(look)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4 * theme.UNIT)
        for part in (self.nobody, self.sign_in, self.invites, self.name, self.facts, self.backups):
            lines.addWidget(part)
        self.connected = 0
        """How many people are connected, as the server said last; 0: nobody here can ask it now."""
        self.people: ServerPeopleDialog | None = None
        """The dialog that is open; so is the next one."""
        self.log: AuditDialog | None = None
        self.facts.people_asked.connect(self.look_after_people)
        self.facts.log_asked.connect(self.look_at_log)
        self.name.named.connect(self.invites.show_link)
        self.backups.made.connect(self.look_now)
        self._again = QTimer(self, interval=LOOK_MS)
        self._again.timeout.connect(self.look_now)
        self.follow()
        self.retranslate()

    def attend(self, office: Office | None, folder: Path | None = None) -> None:
        """The account that looks after this server, if any; `folder`: where its backups lie on this computer."""
        if office is not self._office:
            if self._office is not None:
                self._office.asks.forget(self)
            self._office, self._asking, self._was_open = office, False, False
            self._members = 0
            self.facts.show_facts(None, 0)
        self.invites.attend(office)
        self.name.attend(office)
        self.backups.attend(office, folder)
        self.follow()

    def show_place(self, servers: tuple[str, ...], key: str | None) -> None:
        """The server's addresses and key, as far as they are known without asking it."""
        self._servers, self._key = servers, key
        self.invites.show_place(servers, key)

    def follow(self) -> None:
        """Whether the server can be asked may have changed."""
        is_open = self._office is not None and self._office.open
        for card in (self.invites, self.facts, self.backups):
            card.setVisible(is_open)
        self.name.setVisible(is_open and self.name.offered)
        self.nobody.setVisible(not is_open)
        self.sign_in.setVisible(self._office is None)
        if is_open and not self._was_open and self.isVisible():
            self._look_first()
        if is_open and self._inviting:
            self._inviting = False
            self.invites.make_one()
        self._was_open = is_open
        self.connected = self.connected if is_open else 0
        self.retranslate()

    def invite_when_ready(self) -> None:
        """Make an invite as soon as there is somebody to make it, and give a server without a name one."""
        self.name.name_when_ready()
        self._inviting = not self.invites.has_made
        self.follow()

    def look_now(self) -> None:
        """Ask the server how it is."""
        if self._office is None or not self._office.open or self._asking:
            return
        self._asking = self._office.ask(self._office.administration.facts(), self, self._told)

    def look_after_people(self) -> None:
        """Open the list of accounts."""
        if self._office is not None and self._office.open:
            self.people = ServerPeopleDialog(self._office, self.look, self.window())
            self.people.finished.connect(self._people_closed)
            self.people.open()

    def look_at_log(self) -> None:
        """Open the audit log."""
        if self._office is not None and self._office.open:
            self.log = AuditDialog(self._office, self.look, self.window())
            self.log.finished.connect(self._log_closed)
            self.log.open()

    @override
    def retranslate(self) -> None:
        if self._office is None:
            sentence = self.tr(
                "Sign in to this server as its owner to invite people, look after them and make backups."
            )
        elif administers(self._office.role):
            sentence = self.tr("Waiting for the connection to the server…")
        else:
            sentence = self.tr("The owner of this server and its admins invite people and look after them.")
        self.nobody.setText(sentence)
        self.sign_in.setText(self.tr("Sign in"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()
        self._look_first()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()
        self.connected = 0  # it grows old from here on

    def _look_first(self) -> None:
        if self._office is not None and self._office.open:
            self.look_now()
            self.invites.refresh()

    def _told(self, outcome: Outcome) -> None:
        self._asking = False
        if self._office is not None and isinstance(outcome.answer, ServerFacts):
            facts = outcome.answer
            if self._members not in {0, facts.people}:  # whoever joined has used an invite
                self.invites.refresh()
            self._members = facts.people
            self.connected = facts.connected
            self.facts.show_facts(facts, self._office.clock.now())
            self.backups.show_facts(facts)
            self.name.show_facts(facts)
            self.name.setVisible(self._office.open and self.name.offered)
            if self._key is None and facts.tls.fingerprint:
                self.show_place(self._servers, facts.tls.fingerprint)

    def _log_closed(self) -> None:
        if self.log is not None:
            self.log.deleteLater()
            self.log = None

    def _people_closed(self) -> None:
        if self.people is not None:
            self.people.deleteLater()
            self.people = None
        self.look_now()
