"""Inviting: for how many, until when; the link, the code and the picture to photograph; the invites that are open.

Decides the choices that are offered. Codes are told once: what was made is shown until the next one, the page's end, or
until it opens nothing any more.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.join_link import JoinLink, write_join_link
from presence_desktop.gui import theme
from presence_desktop.gui.hosting.card import Card, link_button, weigh
from presence_desktop.gui.hosting.copy_field import CopyField
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.hosting.qr_code import QrCode
from presence_desktop.gui.hosting.words import invite_words
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.wheel import leave_wheel
from presence_desktop.gui.when import DAY, HOUR
from presence_desktop.gui.words import ask_sentence
from presence_desktop.protocol.admin_rest import Invite, InviteCreated, InvitesPage

USES = (1, 5, 10, 25, 100)
ENDS = (HOUR, DAY, 7 * DAY, 30 * DAY)
_USUAL_USES, _USUAL_END = 10, 7 * DAY


class InviteCard(Card):
    """One per server that is looked after."""

    made = Signal()
    """A new invite is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._office: Office | None = None
        self._servers: tuple[str, ...] = ()
        self._key: str | None = None
        self._open: tuple[Invite, ...] = ()
        self._created: InviteCreated | None = None
        self._busy = False
        self.uses, self.ends = QComboBox(), QComboBox()
        leave_wheel(self.uses, self.ends)
        self.uses.setObjectName("invite-uses")
        self.ends.setObjectName("invite-ends")
        self._uses_label, self._ends_label = QLabel(), QLabel()
        self._uses_label.setBuddy(self.uses)
        self._ends_label.setBuddy(self.ends)
        self.make = QPushButton()
        self.make.setObjectName("make-invite")
        self.make.clicked.connect(self.make_one)
        self.error = text_label(role="danger")
        self.error.hide()
        self.qr = QrCode()
        self.link, self.code = CopyField(look, "invite-link"), CopyField(look, "invite")
        self._how = text_label(role="small")
        self._open_title = text_label(role="small")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2 * theme.UNIT)
        self._shown = self._result()
        self.add(self._shown, self._choices(), self.make, self.error, self._open_title, self._rows)
        self.retranslate()

    def attend(self, office: Office | None) -> None:
        """Whose invites these are."""
        if office is self._office:
            return
        if self._office is not None:
            self._office.asks.forget(self)
        self._office, self._open, self._created, self._busy = office, (), None, False
        self.retranslate()

    def show_place(self, servers: tuple[str, ...], key: str | None) -> None:
        """The server's addresses and key, for the link."""
        self._servers, self._key = servers, key
        self._show_made()

    def show_link(self) -> None:
        """The server has another name: so has the link that is shown."""
        self._show_made()

    def refresh(self) -> None:
        """Ask which invites are open."""
        if self._office is not None:
            self._office.ask(self._office.administration.invites(), self, self._listed)

    def make_one(self) -> None:
        """Make an invite as chosen."""
        if self._office is None or self._busy:
            return
        until = self._office.clock.now() + int(self.ends.currentData())
        self._set_busy(True)
        changes = self._office.administration.make_invite(int(self.uses.currentData()), until)
        if not self._office.ask(changes, self, self._made):
            self._set_busy(False)

    @property
    def has_made(self) -> bool:
        """Whether a code is shown."""
        return self._created is not None

    @override
    def retranslate(self) -> None:
        self.title.setText(self.tr("Invite people"))
        self._uses_label.setText(self.tr("Good for"))
        self._ends_label.setText(self.tr("Ends"))
        self._offer(self.uses, [(self.tr("%n people", "", count), count) for count in USES], _USUAL_USES)
        words = (self.tr("in an hour"), self.tr("in a day"), self.tr("in 7 days"), self.tr("in 30 days"))
        self._offer(self.ends, list(zip(words, ENDS, strict=True)), _USUAL_END)
        self.uses.setAccessibleName(self._uses_label.text())
        self.ends.setAccessibleName(self._ends_label.text())
        self.link.set_texts(self.tr("Invite link"))
        self.code.set_texts(self.tr("Invite code"))
        self.qr.setAccessibleName(self.tr("Picture of the invite link, to be photographed"))
        self._how.setText(
            self.tr(
                "The link holds all that is needed. By hand: the address and the code. It is shown this once."
            )
        )
        self._set_busy(self._busy)
        self._show_made()
        self._show_open()

    # --- answers ---

    def _made(self, outcome: Outcome) -> None:
        self._set_busy(False)
        self.error.setVisible(outcome.code is not None)
        if outcome.code is not None:
            self.error.setText(ask_sentence(outcome.code))
        elif isinstance(outcome.answer, InviteCreated):
            self._created = outcome.answer
            self._show_made()
            self.refresh()
            self.made.emit()

    def _listed(self, outcome: Outcome) -> None:
        if isinstance(outcome.answer, InvitesPage):
            self._open = tuple(invite for invite in outcome.answer.invites if invite.state == "open")
            over = {invite.id for invite in outcome.answer.invites if invite.state != "open"}
            if self._created is not None and self._created.id in over:
                self._created = None
                self._show_made()
            self._show_open()

    def _revoke(self, invite: Invite) -> None:
        if self._office is None:
            return
        if self._created is not None and self._created.id == invite.id:
            self._created = None
            self._show_made()
        self._office.ask(self._office.administration.revoke_invite(invite.id), self, self._revoked)

    def _revoked(self, outcome: Outcome) -> None:
        self.error.setVisible(outcome.code is not None)
        if outcome.code is not None:
            self.error.setText(ask_sentence(outcome.code))
        self.refresh()

    # --- parts of the above ---

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * theme.UNIT)
        grid.setVerticalSpacing(theme.UNIT)
        for column, (label, box) in enumerate(((self._uses_label, self.uses), (self._ends_label, self.ends))):
            grid.addWidget(label, 0, column)
            grid.addWidget(box, 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _result(self) -> QWidget:
        shown = QWidget()
        lines = QVBoxLayout(shown)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4 * theme.UNIT)
        lines.addWidget(self.link)
        lines.addWidget(self.code)
        lines.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._how)
        return shown

    def _offer(self, box: QComboBox, words: list[tuple[str, int]], usual: int) -> None:
        held = box.currentData() if box.count() else usual
        box.clear()
        for word, value in words:
            box.addItem(word, value)
        box.setCurrentIndex(box.findData(held))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy  # a press does nothing then; the button keeps the keyboard
        again = self.tr("Make another invite") if self.has_made else self.tr("Make an invite")
        self.make.setText(self.tr("One moment…") if busy else again)
        weigh(self.make, "plain" if self.has_made else "primary")

    def _show_made(self) -> None:
        created = self._created
        self._shown.setVisible(created is not None)
        if created is None:
            self.qr.show_text("")
        else:
            servers = self._servers or ("",)
            called = "" if self._office is None else self._office.client.connection.server_name
            link = write_join_link(JoinLink(servers, created.invite, self._key, created.expires_at, called))
            self.qr.show_text(link)
            self.link.set_value(link)
            self.code.set_value(created.invite)
        self._set_busy(self._busy)

    def _show_open(self) -> None:
        before, typing = self._revokes(), self.window().focusWidget()
        held = next((place for place, button in enumerate(before) if button is typing), None)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._open_title.setText(self.tr("Open invites") if self._open else self.tr("No invite is open."))
        for invite in self._open:
            row = self._row(invite)
            self._rows.addWidget(row)
            row.show()
        if held is not None:  # the keyboard stays in the list: on what stands where the revoked one stood
            left = self._revokes()
            (left[min(held, len(left) - 1)] if left else self.make).setFocus()

    def _revokes(self) -> list[QPushButton]:
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        rows = [item.widget() for item in items if item is not None]
        return [button for row in rows if row is not None for button in row.findChildren(QPushButton)]

    def _row(self, invite: Invite) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * theme.UNIT)
        now = 0 if self._office is None else self._office.clock.now()
        words = text_label(invite_words(invite, now))
        revoke = link_button(f"revoke-{invite.id}")
        revoke.setText(self.tr("Revoke"))
        revoke.setAccessibleName(self.tr("Revoke: {invite}").format(invite=words.text()))
        revoke.clicked.connect(lambda: self._revoke(invite))
        line.addWidget(words, 1)
        line.addWidget(revoke)
        return row
