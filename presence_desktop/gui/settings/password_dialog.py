"""Another password for one's own account: the old one, and the new one twice; all other devices are signed out by it.

Decides what is checked before the server is asked. A password is held by its field alone, and gone with the dialog.
"""

from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.client import Client
from presence_desktop.core.own_account import OwnAccount
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.fields import PasswordField
from presence_desktop.gui.form import is_new_password
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.words import error_sentence
from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code

_WIDTH = 95 * theme.UNIT


class PasswordDialog(AskingDialog):
    """The dialog."""

    def __init__(self, client: Client, look: Look, asks: Asks, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self._account = OwnAccount(client.chats)
        self.setWindowTitle(self.tr("Change your password"))
        self.old, self.new, self.again = (
            PasswordField(name, look, limits.PASSWORD_MAX_LENGTH)
            for name in ("password-old", "password-new", "password-again")
        )
        self.old.set_texts(self.tr("Current password"))
        self.new.set_texts(self.tr("New password"), self.tr("At least 8 characters"))
        self.again.set_texts(self.tr("New password, once more"))
        self.note = text_label(
            self.tr("Your other devices are signed out, this one stays signed in."), "small"
        )
        for field in (self.old, self.new, self.again):
            self.column.addWidget(field)
            field.edit.textChanged.connect(self.update_buttons)
        self.column.addWidget(self.note)
        self.add_main_button(self.tr("Change password"))
        self.resize(_WIDTH, self.sizeHint().height())
        self.update_buttons()
        self.old.edit.setFocus()

    @override
    def ready(self) -> bool:
        return all(field.text() for field in (self.old, self.new, self.again))

    @override
    def submit(self) -> None:
        """Check both new ones, and ask."""
        if self._busy or not self.ready():
            return
        long_enough = is_new_password(self.new.text())
        self.new.set_error("" if long_enough else self.tr("At least 8 characters."))
        same = self.new.text() == self.again.text()
        self.again.set_error("" if same else self.tr("This is not the same."))
        if long_enough and same:
            self.ask(self._account.change_password(self.old.text(), self.new.text()))
        else:
            self.grow()
            (self.again if long_enough else self.new).edit.setFocus()

    @override
    def answered(self, outcome: Outcome) -> None:
        for field in (self.old, self.new, self.again):
            field.edit.clear()
            field.hide()
        self.note.setText(self.tr("Your password is changed. Your other devices are signed out."))
        self.buttons.clear()
        self.main_button = None
        close = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setAccessibleDescription(self.note.text())
        close.setFocus()
        self.adjustSize()

    @override
    def fail(self, code: Code | None) -> None:
        if code is not Code.WRONG_PASSWORD:
            super().fail(code)
            return
        self.old.set_error(error_sentence(code))
        self.old.edit.selectAll()
        self.old.edit.setFocus()
        self.grow()
