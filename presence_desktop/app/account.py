"""One account of the app: the way to its server, what is kept of it, its mind, and what is told of it.

Joins these and nothing else; several stand beside each other and know nothing of one another (`app.accounts`).
"""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSysInfo

from presence_desktop.app.alerts import Alerts
from presence_desktop.app.demo.short_memory import ShortMemory
from presence_desktop.app.late_gateway import LateGateway, WholeGateway
from presence_desktop.app.shared import Shared
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.client import Client
from presence_desktop.desktop.own_program import own_program
from presence_desktop.disk.asked_secrets import AskedSecrets
from presence_desktop.disk.history import FileHistory
from presence_desktop.disk.outgoing import forget_old
from presence_desktop.disk.own_shelf import OwnShelf
from presence_desktop.disk.settings import watched_as
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.bridge import Bridge
from presence_desktop.gui.main_window import MainWindow

if TYPE_CHECKING:
    from presence_desktop.disk.secrets import KeyringSecrets

_numbers = count(1)


class Account(QObject):
    """One account, or a place for one that may come."""

    view: AccountView
    """What the window has of it; there since `seat`."""
    alerts: Alerts
    """What is told of it outside the window; there since `seat`."""

    def __init__(self, shared: Shared, parent: QObject, *, tidies: bool = False) -> None:
        """`tidies`: it looks after the shared folders when the network is loaded; one of all does."""
        super().__init__(parent)
        self._shared, self._tidies = shared, tidies
        self.number = next(_numbers)
        self.playing = False
        """Whether it is the demo's, of which nothing is kept."""
        self.leaving = False
        """Whether it is to be forgotten as soon as one is signed out."""
        self._bridge = Bridge(self)
        self._shelf = OwnShelf(shared.shelf, lambda: self.client.server, shared.home.outgoing)
        self._history = FileHistory(shared.home.conversations)
        self._memory: ShortMemory | None = None
        self._secrets: AskedSecrets | KeyringSecrets | None = None
        self._gateway = LateGateway(self._load)
        chat = ChatPorts(self._gateway.chat, self._history, SystemRandom().random)
        self.client = Client(self._gateway, shared.clock, chat)

    @property
    def kept_as(self) -> str:
        """Its name in the settings (`disk.settings.watched_as`)."""
        return watched_as(self.client.server, self.client.me.user_id if self.client.me else 0)

    def seat(self, view: AccountView, window: MainWindow) -> None:
        """It has its place in the window."""
        self.view = view
        self.alerts = Alerts(view, window, self._shared.notifications, f"{self.number}", self)
        self._bridge.arrived.connect(view.take)

    def load(self) -> None:
        """Begin to load what the network needs, once."""
        self._gateway.load()

    def play(self, folder: Path) -> None:
        """It is the demo's from now on: all that is kept of it lies in this folder, and no secret anywhere."""
        self.playing = True
        self._shelf.use(PictureShelf(folder / "pictures"))
        self._history.move(folder / "conversations")
        if self._memory is not None:
            self._memory.forgetting = True

    def forget(self, *, alone: bool) -> int | None:
        """It is closed, and to be remembered no more: nor is what was kept of its conversations. The user id that it
        had; None: nothing was kept that tells it.

        `alone`: no other account is on its server, so that no file from there is wanted any more.
        """
        server, email = self.view.server, self.view.email
        whose = self._history.open(server, email).account
        self._history.close()
        self._history.forget(server, email)
        if alone:
            self._shelf.forget(server)
        return None if whose is None else whose.user_id

    def close(self) -> None:
        """Say goodbye; takes at most 2 s."""
        self._bridge.close()
        self.alerts.end()
        self.client.close()
        if self._secrets is not None:
            self._secrets.end()

    def _load(self) -> Callable[[], WholeGateway]:
        """In a thread: import, then make the real gateway (in the GUI thread)."""
        from presence_desktop.core.device_name import device_name
        from presence_desktop.net.gateway import Gateway

        shared = self._shared
        self._secrets = _own_secrets()
        memory = ShortMemory(self._secrets)
        memory.forgetting = self.playing
        self._memory = memory
        if self._tidies:
            shared.shelf.tidy()
            forget_old(shared.home.outgoing, shared.clock.now())
        device = device_name(QSysInfo.machineHostName(), QSysInfo.prettyProductName())
        return lambda: Gateway(
            self._bridge.post, memory, shared.clock, self._shelf, shared.pins, device=device
        )


def _own_secrets() -> "AskedSecrets | KeyringSecrets":
    """Linux' keyring is asked in a process of its own; elsewhere it belongs to the system and weighs nothing."""
    if sys.platform != "linux":
        from presence_desktop.disk.secrets import KeyringSecrets

        return KeyringSecrets()
    program, arguments = own_program("keyring")
    return AskedSecrets([program, *arguments])
