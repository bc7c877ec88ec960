"""By what a server is recognised, and the one place where that can be forgotten.

Decides the words, and that forgetting takes a second step: a key that changed must not be clicked away.
"""

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from presence_desktop.core.address import is_loopback
from presence_desktop.core.trust import Guard, Known, Pins
from presence_desktop.gui import theme
from presence_desktop.gui.confirm import confirmed
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.trust_dialog import KeyCard, LetterDialog

_ICON = 8 * theme.UNIT


def is_open(pins: Pins, server: str) -> bool:
    """Whether others could read what is said to this server along."""
    known = pins.known(server)
    encrypted = server.startswith("https:") or (known is not None and known.guard is Guard.KEY)
    return bool(server) and not encrypted and not is_loopback(server)


class ServerKeyDialog(LetterDialog):
    """A server's key, or what stands in its place."""

    def __init__(self, look: Look, pins: Pins, server: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._pins, self._server = pins, server
        self.setObjectName("server-key")
        known, open_ = pins.known(server), is_open(pins, server)
        title = text_label(self.tr("How this server is recognised"), role="title")
        self.setWindowTitle(title.text())
        mark = QLabel()
        icon, color = ("lock-open", "caution") if open_ else ("lock", "text")
        mark.setPixmap(look.picture(icon, _ICON, self.devicePixelRatioF(), color))
        head = QHBoxLayout()
        head.setSpacing(3 * theme.UNIT)
        head.addWidget(mark)
        head.addWidget(title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(6 * theme.UNIT,) * 4)
        column.setSpacing(4 * theme.UNIT)
        column.addLayout(head)
        column.addWidget(text_label(server, role="strong"))
        self.words = text_label(self._words(known, open_=open_))
        column.addWidget(self.words)
        if known is not None and known.fingerprint:
            column.addWidget(KeyCard(known.fingerprint))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.forget = QPushButton(self.tr("Forget this…"))
        self.forget.setObjectName("forget-key")
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self._forget)
        self.buttons.addButton(self.forget, QDialogButtonBox.ButtonRole.ResetRole)
        self.forget.setVisible(known is not None)
        column.addWidget(self.buttons)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()

    def _words(self, known: Known | None, *, open_: bool) -> str:
        if open_:
            return self.tr(
                "Not encrypted: whoever is on the network in between can read passwords and messages. Ask whoever "
                "runs the server to turn encryption on."
            )
        if known is not None and known.guard is Guard.KEY:
            return self.tr(
                "Encrypted. Every connection must show the key with this fingerprint; any other key is refused, and "
                "nothing is sent to it."
            )
        if known is not None and known.guard is Guard.SYSTEM:
            return self.tr("Encrypted. An authority that this computer trusts vouches for its certificate.")
        if is_loopback(self._server):
            return self.tr("It runs on this computer: nobody is in between.")
        return self.tr("Nothing is known of this server yet.")

    def _forget(self) -> None:
        sure = confirmed(
            self,
            self.tr("Forget how this server is recognised?"),
            self.tr(
                "Do this only if whoever runs the server told you that its key is another one now. At the next "
                "sign-in you are asked about the key it shows then."
            ),
            self.tr("Forget it"),
        )
        if sure:
            self._pins.forget(self._server)
            self.accept()
