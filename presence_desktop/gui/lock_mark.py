"""The open lock below the list: shown while what is said to the server can be read along by others, or while the server
does not prove which one it is.

Decides when it is shown; in good order there is nothing to see.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.core.trust import Pins
from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel
from presence_desktop.gui.server_key import is_open
from presence_desktop.protocol.errors import Code

_ICON = QSize(18, 18)


class LockMark(Panel):
    """Says it in two words; a click tells more."""

    asked = Signal(str)
    """By what this server (its base URL) is recognised."""

    def __init__(self, client: Client, look: Look, pins: Pins) -> None:
        super().__init__(look, kind="side")
        self._client, self._pins = client, pins
        self.button = QPushButton()
        self.button.setObjectName("lock-mark")
        self.button.setProperty("kind", "link")
        self.button.setIconSize(_ICON)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(lambda: self.asked.emit(client.server))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        layout.addWidget(self.button)
        layout.addStretch(1)
        self.repaint_look()
        self.refresh()

    def refresh(self) -> None:
        """Show or hide, by how things stand."""
        changed = self._client.connection.reason is Code.KEY_CHANGED
        self.setVisible(changed or is_open(self._pins, self._client.server))
        words = self.tr("Another key") if changed else self.tr("Not encrypted")
        if words != self.button.text():
            self.button.setText(words)
            self.button.setToolTip(self.tr("How this server is recognised…"))

    @override
    def retranslate(self) -> None:
        self.button.setText("")
        self.refresh()

    @override
    def repaint_look(self) -> None:
        self.button.setIcon(self.look.icon("lock-open", "caution"))
