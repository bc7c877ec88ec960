"""Where one is signed in: each device with when it was used, and a button to sign out there.

Decides how a device is shown; which there are is asked of the server each time.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.core.client import Client
from presence_desktop.core.own_account import OwnAccount
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.when import ago, at
from presence_desktop.protocol.admin_rest import Device, DevicesList

_SIZE = (110 * theme.UNIT, 85 * theme.UNIT)


class DevicesDialog(AskingDialog):
    """The dialog."""

    def __init__(self, client: Client, look: Look, asks: Asks, clock: Clock, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self._account, self._clock = OwnAccount(client.chats), clock
        self.setWindowTitle(self.tr("Where you are signed in"))
        self.ends: dict[str, QPushButton] = {}
        """The buttons that sign out, by the id of the device."""
        lead = text_label(self.tr("If one is not yours, sign it out and change your password."), "muted")
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(3 * theme.UNIT)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._list)
        self.column.addWidget(lead)
        self.column.addWidget(scroll, 1)
        self.add_close_button()
        self.resize(*_SIZE)
        self.ask(self._account.devices())

    @override
    def answered(self, outcome: Outcome) -> None:
        if isinstance(outcome.answer, DevicesList):
            self._show(outcome.answer.devices)
        else:
            self.ask(self._account.devices())

    @override
    def update_buttons(self) -> None:
        super().update_buttons()
        for button in self.ends.values():
            button.setEnabled(not self._busy)

    def _show(self, devices: list[Device]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.ends = {}
        for device in devices:
            self._rows.addWidget(self._row(device))

    def _row(self, device: Device) -> QWidget:
        name = device.name or self.tr("A device without a name")
        lines = QVBoxLayout()
        lines.setSpacing(theme.UNIT // 2)
        lines.addWidget(text_label(name))
        lines.addWidget(text_label(self._about(device), "small"))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * theme.UNIT)
        layout.addLayout(lines, 1)
        if not device.current:
            button = self.ends[device.id] = QPushButton(self.tr("Sign out"))
            button.setAccessibleName(self.tr("Sign out on {device}").format(device=name))
            button.clicked.connect(lambda: self.ask(self._account.end_device(device.id)))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _about(self, device: Device) -> str:
        now = self._clock.now()
        if device.current:
            used = self.tr("This device")
        elif device.connected:
            used = self.tr("Connected now")
        else:
            used = self.tr("Last used {when}").format(when=ago(device.last_used_at, now))
        since = self.tr("signed in {when}").format(when=at(device.signed_in_at, now))
        return f"{used} · {since}"
