"""What only a person can decide about a server before anything is sent to it: whether its key is the right one, or
whether to talk without encryption.

Decides the words, and that the cautious answer is the one that Enter and Escape give. What follows from the answer is
`app`'s business.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.trust import Question, shown_fingerprint
from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.scrim import VeiledDialog

_ICON = 8 * theme.UNIT
_GROUPS_A_LINE = 4
_WIDTH = 115 * theme.UNIT


class LetterDialog(VeiledDialog):
    """As wide as a letter, and as high as its sentences need."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        layout = self.layout()
        if layout is not None:
            self.setFixedSize(_WIDTH, layout.totalHeightForWidth(_WIDTH))
        super().showEvent(event)


class TrustDialog(LetterDialog):
    """Asks the question; `accepted` is the bold answer."""

    def __init__(self, look: Look, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self.setObjectName("trust")
        key = question.fingerprint
        self.title = text_label(self._title(), role="title")
        self.lead = text_label(self._lead())
        self.advice = text_label(self._advice(), role="muted")
        self.setWindowTitle(self.title.text())
        mark = QLabel()
        icon, ratio = "lock" if key else "lock-open", self.devicePixelRatioF()
        mark.setPixmap(look.picture(icon, _ICON, ratio, "caution"))
        head = QHBoxLayout()
        head.setSpacing(3 * theme.UNIT)
        head.addWidget(mark)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(6 * theme.UNIT,) * 4)
        column.setSpacing(4 * theme.UNIT)
        column.addLayout(head)
        column.addWidget(self.lead)
        if key is not None:
            column.addWidget(KeyCard(key))
        column.addWidget(self.advice)
        column.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.yes = QPushButton(
            self.tr("Trust this key") if self.question.fingerprint else self.tr("Go on without encryption")
        )
        self.yes.setObjectName("trust-yes")
        self.yes.setAutoDefault(False)
        buttons.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.no = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.no.setDefault(True)
        self.no.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _title(self) -> str:
        if self.question.fingerprint is None:
            return self.tr("Talk without encryption?")
        return self.tr("Is this the right server?")

    def _lead(self) -> str:
        server = self.question.server
        if self.question.fingerprint is None:
            return self.tr(
                "{server} does not encrypt. Whoever is on the network in between can read passwords and messages, "
                "and change them. Nothing was sent yet."
            ).format(server=server)
        if server.startswith("http:"):
            return self.tr(
                "{server} encrypts its connections from now on. Nobody vouches for its key, so you are asked once. "
                "This is the fingerprint of the key:"
            ).format(server=server)
        return self.tr(
            "Nobody vouches for the key of {server}, and this app has not seen it before. Nothing was sent yet. "
            "This is the fingerprint of the key:"
        ).format(server=server)

    def _advice(self) -> str:
        if self.question.fingerprint is None:
            return self.tr("Go on only in a network that you trust, such as your own at home.")
        return self.tr(
            "Compare it with what whoever runs the server sees on the page “Your server”. If every group is the same, "
            "nobody is in between, and from then on no other key is accepted. With an invite link you are not asked."
        )


class KeyCard(QFrame):
    """A fingerprint in groups of four, to be read aloud, compared and copied."""

    def __init__(self, fingerprint: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.words = QLabel()
        self.show_key(fingerprint)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setAccessibleName(self.tr("Fingerprint of the key"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(3 * theme.UNIT,) * 4)
        layout.addWidget(self.words)

    def show_key(self, fingerprint: str) -> None:
        """From now on this one; empty: none."""
        groups = shown_fingerprint(fingerprint).split()
        rows = (groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE))
        self.words.setText("\n".join("  ".join(row) for row in rows))
