"""Servers that were found in the network, each a button: its name, where it is, and the beginning of its key.

Decides how they are shown; which ones there are is told. Choosing one trusts nobody: the page to join comes next.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.nearby import NearbyServer
from presence_desktop.core.trust import shown_fingerprint
from presence_desktop.gui import theme
from presence_desktop.gui.card_button import CardButton
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel, text_label

_ICON = 7 * theme.UNIT
_KEY_SHOWN = 8
_LINE_LEAST = 30 * theme.UNIT


class NearbyButton(CardButton):
    """One server."""

    def __init__(self, look: Look, server: NearbyServer) -> None:
        super().__init__()
        self._look, self.server = look, server
        self.setObjectName("nearby-server")
        self.setProperty("kind", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture, self._arrow = QLabel(), QLabel()
        self.name, self.place = text_label(server.name, role="strong"), text_label(role="small")
        lines = QVBoxLayout()
        lines.setSpacing(theme.UNIT // 2)
        for label in (self.name, self.place):
            label.setMinimumWidth(_LINE_LEAST)
            lines.addWidget(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4 * theme.UNIT, 3 * theme.UNIT, 4 * theme.UNIT, 3 * theme.UNIT)
        layout.setSpacing(4 * theme.UNIT)
        layout.addWidget(self._picture)
        layout.addLayout(lines, 1)
        layout.addWidget(self._arrow)
        self.let_through(self._picture, self.name, self.place, self._arrow)
        self.retranslate()
        self.repaint_look()

    def retranslate(self) -> None:
        """Where it is, and by what it is recognised."""
        where, key = self.server.servers[0].partition("://")[2], self.server.key
        short = shown_fingerprint((key or "")[:_KEY_SHOWN])
        told = self.tr("key {key}…").format(key=short) if key else self.tr("not encrypted")
        self.place.setText(f"{where} · {told}")
        self.setAccessibleName(self.tr("Join {server}").format(server=self.server.name))
        self.setAccessibleDescription(self.place.text())

    def repaint_look(self) -> None:
        """Draw the icon in the colours in force."""
        icon = "lock" if self.server.key else "globe"
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(self._look.picture(icon, _ICON, ratio, "link"))
        self._arrow.setPixmap(self._look.icon("chevron-right").pixmap(QSize(18, 18)))


class NearbyList(Panel):
    """All that were found; takes no room while there are none."""

    chosen = Signal(object)
    """A `NearbyServer`."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.buttons: list[NearbyButton] = []
        self._title = text_label(role="small")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2 * theme.UNIT)
        self._lines.addWidget(self._title)
        self.hide()
        self.retranslate()

    def show_found(self, servers: tuple[NearbyServer, ...]) -> None:
        """These are there now; the buttons of those that stay are not touched."""
        kept = {button.server: button for button in self.buttons}
        for server, button in kept.items():
            if server not in servers:
                button.hide()
                button.deleteLater()
        self.buttons = [kept.get(server) or self._button(server) for server in servers]
        for place, button in enumerate(self.buttons, 1):
            self._lines.insertWidget(place, button)
        for before, after in zip(self.buttons, self.buttons[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self.setVisible(bool(servers))

    def _button(self, server: NearbyServer) -> NearbyButton:
        button = NearbyButton(self.look, server)
        button.clicked.connect(lambda: self.chosen.emit(server))
        return button

    @override
    def retranslate(self) -> None:
        self._title.setText(self.tr("Found on your network"))
        for button in self.buttons:
            button.retranslate()

    @override
    def repaint_look(self) -> None:
        for button in self.buttons:
            button.repaint_look()
