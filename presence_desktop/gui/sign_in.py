"""Signing in with a password, and joining with an invite.

Decides which fields must be filled, not whether they are right: the server does. A whole join link may be put into the
fields for the address and for the invite.
"""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from presence_desktop.core.address import server_url
from presence_desktop.core.join_link import JoinLink, read_join_link
from presence_desktop.core.ports import Clock
from presence_desktop.gui.fields import Field, PasswordField
from presence_desktop.gui.form import FormPage, is_email, is_new_password, is_username
from presence_desktop.gui.look import Look
from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.join_link import MOST_CHARACTERS

_WRONG_PLACE = frozenset(
    {
        Code.UNREACHABLE,
        Code.BAD_ANSWER,
        Code.NOT_FOUND,
        Code.KEY_UNKNOWN,
        Code.KEY_CHANGED,
        Code.NOT_ENCRYPTED,
    }
)
"""What is said of the address, not of the account."""
_WRONG_INVITE = frozenset(
    {
        Code.INVITE_REQUIRED,
        Code.INVITE_INVALID,
        Code.INVITE_UNKNOWN,
        Code.INVITE_USED_UP,
        Code.INVITE_EXPIRED,
        Code.INVITE_REVOKED,
    }
)


@dataclass(frozen=True, slots=True)
class SignInForm:
    """Who wants in, and where (the server's base URL)."""

    server: str
    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class JoinForm:
    """Who wants an account, and where, by which invite."""

    link: JoinLink
    email: str
    username: str
    password: str = field(repr=False)


class ServerForm(FormPage):
    """What both have: server, address, password, and a way to the other page."""

    other = Signal()
    key_asked = Signal(str)
    """By what the server in the field (its base URL) is recognised."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.server = Field(f"{name}-server", MOST_CHARACTERS)
        self.email = Field(f"{name}-email", limits.EMAIL_LENGTH)
        self.email.edit.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.password = PasswordField(f"{name}-password", look, limits.PASSWORD_MAX_LENGTH)
        self.other_button = QPushButton()
        self.other_button.setProperty("kind", "link")
        self.other_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.other_button.clicked.connect(self.other)
        self.key_button = QPushButton()
        self.key_button.setProperty("kind", "link")
        self.key_button.clicked.connect(lambda: self.key_asked.emit(server_url(self.server.text()) or ""))
        self.key_button.hide()

    def lead_to(self, server: str) -> None:
        """To this base URL, whatever is in the field."""
        self.server.edit.setText(server)

    def prefill(self, server: str, email: str = "") -> None:
        """Fill in what is known already."""
        self.server.edit.setText(server)
        if email:
            self.email.edit.setText(email)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.server.set_texts(self.tr("Server address"), self.tr("for example 192.168.0.12:3001"))
        self.email.set_texts(self.tr("E-mail address"), self.tr("you@example.org"))
        self.password.set_texts(self.tr("Password"))
        self.key_button.setText(self.tr("How this server is recognised…"))

    @override
    def refuse(self, code: Code) -> None:
        super().refuse(code)
        self.key_button.setVisible(code is Code.KEY_CHANGED)

    @override
    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        if busy:
            self.key_button.hide()

    @override
    def at_fault(self, code: Code) -> Field | None:
        return self.server if code in _WRONG_PLACE else None

    def _server_right(self) -> bool:
        sentence = self.tr("Type the address you were given, for example 192.168.0.12:3001.")
        return self.check(self.server, lambda text: server_url(text) is not None, sentence)

    def _email_right(self) -> bool:
        return self.check(
            self.email, is_email, self.tr("Type an e-mail address, for example you@example.org.")
        )


class SignInPage(ServerForm):
    """For those who have an account."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "sign-in")
        for line in (self.server, self.email, self.password):
            self.add_field(line)
        self.add_end(self.key_button, self.other_button)
        self.retranslate()
        self.repaint_look()

    @override
    def filled(self) -> SignInForm | None:
        password = self.check(self.password, bool, self.tr("Type your password."))
        right = [self._server_right(), self._email_right(), password]
        if not all(right):
            self.focus_first()
            return None
        return SignInForm(server_url(self.server.text()) or "", self.email.text(), self.password.text())

    @override
    def button_word(self) -> str:
        return self.tr("Sign in")

    @override
    def busy_word(self) -> str:
        return self.tr("Signing in…")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.headline.setText(self.tr("Welcome back"))
        self.lead.setText(self.tr("Sign in to your team's server."))
        self.other_button.setText(self.tr("New here? Join with an invite"))


class JoinPage(ServerForm):
    """For those who are new."""

    def __init__(self, look: Look, clock: Clock) -> None:
        super().__init__(look, "join")
        self._clock = clock
        self._link: JoinLink | None = None
        self.invite = Field("join-invite", MOST_CHARACTERS)
        self.username = Field("join-name", limits.USERNAME_LENGTH)
        for line in (self.server, self.invite, self.username, self.email, self.password):
            self.add_field(line)
        for line in (self.server, self.invite):
            line.edit.textEdited.connect(self._pasted)
        self.add_end(self.key_button, self.other_button)
        self.retranslate()
        self.repaint_look()

    def suggest(self, name: str) -> None:
        """Fill in the name of whoever sits here, if nobody typed one."""
        if not self.username.text():
            self.username.edit.setText(name[: limits.USERNAME_LENGTH])

    def follow(self, link: JoinLink | None) -> None:
        """Fill in what a link tells; None: there is none."""
        self._link = link
        self.prefill(link.server if link else "")
        self.invite.edit.setText((link.invite if link else None) or "")
        self._look_at_the_end()
        self.retranslate()

    @override
    def filled(self) -> JoinForm | None:
        sentence = self.tr("Use at least %n characters.", "", limits.PASSWORD_MIN_LENGTH)
        self._look_at_the_end()
        right = [
            self._server_right(),
            self.check(self.username, is_username, self.tr("Type the name others will see.")),
            self._email_right(),
            self.check(self.password, is_new_password, sentence),
        ]
        if not all(right):
            self.focus_first()
            return None
        return JoinForm(self._wanted(), self.email.text(), self.username.text(), self.password.text())

    @override
    def at_fault(self, code: Code) -> Field | None:
        if code in _WRONG_INVITE:
            return self.invite
        return self.email if code is Code.EMAIL_TAKEN else super().at_fault(code)

    def _look_at_the_end(self) -> None:
        """Say where the link's time is over here. Whose clock is right is not known: the server is asked anyway."""
        sentence = self.tr(
            "By this computer's clock this invite has ended. If you cannot join, ask for a new one."
        )
        self.check(self.invite, lambda _: not self._wanted().is_over(self._clock.now()), sentence)

    def _wanted(self) -> JoinLink:
        """Where the fields lead: with the other addresses and the key of the link, as long as they say what it said."""
        server, invite = server_url(self.server.text()) or "", self.invite.text() or None
        link = self._link
        if link is None or link.server != server:
            return JoinLink((server,), invite)
        return replace(link, invite=invite, until=link.until if link.invite == invite else None)

    def _pasted(self, text: str) -> None:
        link = read_join_link(text.strip())
        if link is not None:
            self.follow(link)
            self.server.set_error("")
            self.focus_first()

    @override
    def button_word(self) -> str:
        return self.tr("Join")

    @override
    def busy_word(self) -> str:
        return self.tr("Joining…")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        called = self._link.name if self._link is not None else ""
        named = self.tr("Join {server}").format(server=called)
        self.headline.setText(named if called else self.tr("Join your team"))
        by_hand = self.tr("Paste the invite link into the first field, or type the address and the code.")
        followed = self.tr("Choose the name that others will see, and a password.")
        self.lead.setText(by_hand if self._link is None else followed)
        self.server.set_texts(
            self.tr("Server address"), self.tr("for example 192.168.0.12:3001, or the invite link")
        )
        self.invite.set_texts(self.tr("Invite code"), self.tr("as you were given it"))
        self.username.set_texts(self.tr("Your name"), self.tr("as others will see it"))
        self.password.set_texts(
            self.tr("New password"), self.tr("at least %n characters", "", limits.PASSWORD_MIN_LENGTH)
        )
        self.other_button.setText(self.tr("I have an account: sign in"))
