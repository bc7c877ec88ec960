"""The strip that says that a new version was installed while this one runs, with the way to it.

Decides how it looks; when it is shown, and what restarting takes, is `app`'s business.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from presence_desktop.gui.look import Look
from presence_desktop.gui.strips import Strip


class UpgradeStrip(Strip):
    """One per window, above all of its pages; it stays until one restarts."""

    restart_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "info", "notice")
        self.button = QPushButton()
        self.button.setObjectName("restart-now")
        self.button.clicked.connect(self.restart_asked)
        self.row.addWidget(self.button)
        self.retranslate()
        self.hide()

    @override
    def retranslate(self) -> None:
        self.button.setText(self.tr("Restart now"))
        self.say(self.tr("A new version was installed. Restart to use it; what you were writing is kept."))
