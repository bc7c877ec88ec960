"""Everything around the window and its accounts: the computer, the tray, the server here, questions about keys.

Decides how these are joined. None of it is needed to draw the first window, so it is loaded and made after that one, or
when it is first asked for.
"""

from typing import Any

from PySide6.QtCore import QObject

from presence_desktop.app.account import Account
from presence_desktop.app.accounts import Accounts
from presence_desktop.app.background import Background
from presence_desktop.app.device import Device
from presence_desktop.app.hosting import Hosting
from presence_desktop.app.join_by_link import JoinByLink
from presence_desktop.app.keeping import Keeping
from presence_desktop.app.nearby import Nearby
from presence_desktop.app.own_orders import OwnOrders
from presence_desktop.app.playing import Playing
from presence_desktop.app.shared import Shared
from presence_desktop.app.trusting import Trusting
from presence_desktop.app.upgrading import Upgrading
from presence_desktop.core.restarts import Restarts
from presence_desktop.desktop.appearance import Appearance
from presence_desktop.desktop.idle import Idle
from presence_desktop.desktop.input_focus import InputFocus
from presence_desktop.desktop.local_server import LocalServer
from presence_desktop.desktop.network import Network
from presence_desktop.desktop.notify import OPEN, Card
from presence_desktop.desktop.own_name import own_name
from presence_desktop.desktop.own_program import OwnFile
from presence_desktop.desktop.power import Power
from presence_desktop.gui.alert_words import hidden_alert, open_word
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.tray import Tray

_WINDOW, _ABOUT_THE_APP = "window", "presence"


class Around(QObject):
    """One per app, made once."""

    def __init__(
        self, shared: Shared, window: MainWindow, accounts: Accounts, orders: OwnOrders, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._accounts, self._shared = window, accounts, shared
        home, kept, clock, look = shared.home, shared.kept, shared.clock, shared.look
        self._appearance = Appearance(parent=self)
        local = LocalServer(home.hosting, kept.now().hosting.port, self, restarts=Restarts())
        self.hosting = Hosting(
            local, shared.pins, home.hosting, lambda: kept.now().hosting, kept.keep_hosting, self
        )
        self.nearby = Nearby(lambda: kept.now().nearby, self)
        self._input_focus = InputFocus(shared.app, self)
        self._power = Power(clock, parent=self)
        self._network = Network(self)
        self._idle = Idle(clock, parent=self)
        self._device = Device(lambda: window.client, self._idle, self._power, clock, self)
        self.trusting = Trusting(window, shared.pins, look, self)
        self.playing = Playing(accounts, window, self)
        self.joining = JoinByLink(window, self)
        self.tray = Tray(window.accounts, self)
        self.background = Background(window, self.tray, self)
        self.upgrading = Upgrading(window, self.background, look, OwnFile(), self)
        self.tray.use(orders.board)
        self._device.tray = lambda: self.background.in_tray
        self.keeping = Keeping(accounts, self.background, orders, kept.now, kept.keep, self)
        window.ways.device = self._device.report
        window.ways.held = self.keeping.held
        window.ways.setting_chosen.connect(self._choose)
        for account in accounts:
            self._attend(account)
        accounts.made.connect(self._attend)
        self._connect()
        self._connect_hosting()

    def watch(self) -> None:
        """Begin to listen to the computer."""
        self.background.watch()
        self._appearance.watch()
        self._power.watch()
        self._network.watch()
        self._idle.watch()

    def end(self) -> None:
        """Listen no more; the accounts may say goodbye now."""
        self._power.end()
        self._network.end()
        self._idle.end()
        self.upgrading.end()
        self.background.end()

    def end_children(self) -> None:
        """The accounts have said goodbye: end what served them."""
        self.playing.end()
        self.nearby.end()
        self.hosting.end()
        self._input_focus.end()

    def _attend(self, account: Account) -> None:
        self.trusting.attend(account)
        account.view.news.connect(self._device.follow)

    def _connect(self) -> None:
        accounts = self._accounts
        self._appearance.scheme_told.connect(lambda dark: self._shared.look.system_prefers(dark=dark))
        self._appearance.calm_told.connect(self._shared.look.set_calm)
        self._power.sleeping.connect(accounts.pause)
        self._power.woke.connect(accounts.reconnect_now)
        self._network.changed.connect(accounts.reconnect_now)
        self._idle.said.connect(accounts.device_state)
        accounts.entered.connect(self._device.kept_signed_in)
        self._shared.notifications.refused.connect(
            lambda card: self.tray.say(card.key, card.title, card.body)
        )
        self._shared.notifications.acted.connect(self._acted)
        self.tray.message_clicked.connect(lambda key: self._shared.notifications.acted.emit(key, OPEN))
        self.background.hidden.connect(self._hidden)

    # --- settings ---

    def _choose(self, name: str, value: object) -> None:
        self.keeping.choose(name, value)
        self._window.ways.say_held()  # what could not be had is not shown as if it were

    # --- in the tray ---

    def _hidden(self) -> None:
        """The window was closed, and the app goes on: said once."""
        if not self._shared.kept.now().told_of_tray:
            title, body = hidden_alert(hosting=self.hosting.runs)
            card = Card(_WINDOW, title, body, ((OPEN, open_word()),), _ABOUT_THE_APP)
            self._shared.notifications.show(card)
            self._shared.kept.keep(told_of_tray=True)

    def _acted(self, key: str, _action: str) -> None:
        if key == _WINDOW:
            self.background.open()

    # --- hosting ---

    def _connect_hosting(self) -> None:
        window, hosting = self._window, self.hosting
        window.looking_after.backups = hosting.backups
        window.looking_after.made.connect(hosting.attach)
        window.looking_after.start_asked.connect(hosting.start_again)
        hosting.reported.connect(window.show_hosting)
        self._network.changed.connect(hosting.look_at_network)
        hosting.settled.connect(self._accounts.load)
        hosting.owner_ready.connect(window.show_owner_ready)
        hosting.key_changed.connect(self._reconnect)
        hosting.autostart_asked.connect(lambda on: self._choose("autostart", on))
        hosting.asks(lambda: self.keeping.autostart.on, lambda: self.background.way.value)
        self.background.hosting = lambda: hosting.runs
        self.nearby.join_asked.connect(window.open_join)

    def entrance_made(self, name: str, page: Any) -> None:
        """A page of the entrance (`Entrance.made`)."""
        if name == "welcome":
            self.nearby.attach(page)
        else:
            page.suggest(own_name())

    def _reconnect(self, server: str) -> None:
        """The own server is another one for who connects to it: at once, not at the next try."""
        for account in self._accounts:
            if account.client.server == server:
                account.client.reconnect_now()
