"""Setting up *Host on this computer*: the owner's account, and whether the network may come in."""

from PySide6.QtWidgets import QCheckBox
from typing_extensions import override

from presence_desktop.core.hosting import HostRequest, Owner
from presence_desktop.gui.fields import Field, PasswordField
from presence_desktop.gui.form import FormPage, is_email, is_new_password, is_username
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.protocol import limits


class HostForm(FormPage):
    """Asks for what a server of one's own needs to begin; emits a `HostRequest`."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.username = Field("host-name", limits.USERNAME_LENGTH)
        self.email = Field("host-email", limits.EMAIL_LENGTH)
        self.password = PasswordField("host-password", look, limits.PASSWORD_MAX_LENGTH)
        for line in (self.username, self.email, self.password):
            self.add_field(line)
        self.reachable = QCheckBox()
        self.reachable.setObjectName("host-reachable")
        self.reachable.setChecked(True)
        self._note = text_label(role="small")
        self.column.addWidget(self.reachable)
        self.column.addWidget(self._note)
        self.add_end()
        self.retranslate()
        self.repaint_look()

    def suggest(self, name: str) -> None:
        """Fill in the name of whoever sits here, if nobody typed one."""
        if not self.username.text():
            self.username.edit.setText(name[: limits.USERNAME_LENGTH])

    @override
    def filled(self) -> HostRequest | None:
        sentence = self.tr("Use at least %n characters.", "", limits.PASSWORD_MIN_LENGTH)
        right = [
            self.check(self.username, is_username, self.tr("Type the name others will see.")),
            self.check(self.email, is_email, self.tr("Type an e-mail address, for example you@example.org.")),
            self.check(self.password, is_new_password, sentence),
        ]
        if not all(right):
            self.focus_first()
            return None
        owner = Owner(self.email.text(), self.username.text(), self.password.text())
        return HostRequest(owner, self.reachable.isChecked())

    @override
    def set_busy(self, busy: bool) -> None:
        super().set_busy(busy)
        self.reachable.setEnabled(not busy)

    @override
    def button_word(self) -> str:
        return self.tr("Start the server")

    @override
    def busy_word(self) -> str:
        return self.tr("Starting the server…")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.headline.setText(self.tr("Host on this computer"))
        self.lead.setText(self.tr("Your account comes first: it owns the server and invites the others."))
        self.username.set_texts(self.tr("Your name"), self.tr("as others will see it"))
        self.email.set_texts(self.tr("E-mail address"), self.tr("you@example.org"))
        self.password.set_texts(
            self.tr("New password"), self.tr("at least %n characters", "", limits.PASSWORD_MIN_LENGTH)
        )
        self.reachable.setText(self.tr("Reachable from my network"))
        self._note.setText(
            self.tr(
                "Encrypted, and only for those whom you invite. Without it only this computer can connect."
            )
        )
