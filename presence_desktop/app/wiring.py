"""Joins the client's rooms: disk, net, desktop and gui around core; nothing else does.

Decides the order of a start (settings, window, first paint, then network and hosting) and of an end (goodbye to the
server, then the server itself).
"""

import logging
import logging.handlers
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QApplication

from presence_desktop.app.account import Shared
from presence_desktop.app.accounts import Accounts
from presence_desktop.app.background import Background
from presence_desktop.app.ctrl_c import CtrlC
from presence_desktop.app.demo.cast import COLLEAGUES
from presence_desktop.app.device import Device
from presence_desktop.app.first_paint import FirstPaint
from presence_desktop.app.hosting import Hosting
from presence_desktop.app.join_by_link import JoinByLink
from presence_desktop.app.keeping import Keeping
from presence_desktop.app.kept import Kept
from presence_desktop.app.nearby import Nearby
from presence_desktop.app.own_orders import OwnOrders
from presence_desktop.app.picture import Picture
from presence_desktop.app.playing import Playing
from presence_desktop.app.quiet_times import quiet_board
from presence_desktop.app.trusting import Trusting, go_on_with
from presence_desktop.app.upgrading import Upgrading, start_anew
from presence_desktop.core.restarts import Restarts
from presence_desktop.desktop.appearance import Appearance
from presence_desktop.desktop.clock import SystemClock
from presence_desktop.desktop.idle import Idle
from presence_desktop.desktop.input_focus import InputFocus
from presence_desktop.desktop.local_server import LocalServer
from presence_desktop.desktop.network import Network
from presence_desktop.desktop.notify import OPEN, Card, Notifications
from presence_desktop.desktop.own_name import own_name
from presence_desktop.desktop.own_program import OwnFile
from presence_desktop.desktop.power import Power
from presence_desktop.desktop.single_instance import SingleInstance
from presence_desktop.disk.pins import PinFile
from presence_desktop.disk.places import Places, places
from presence_desktop.disk.settings import SettingsFile
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.gui.alert_words import hidden_alert, open_word
from presence_desktop.gui.crash import CrashReporter
from presence_desktop.gui.emoji.memory import remember
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.theme import Scheme
from presence_desktop.gui.tray import Tray
from presence_desktop.protocol.errors import Code

logger = logging.getLogger(__name__)

_LOG_BYTES = 1_000_000
_WINDOW, _ABOUT_THE_APP = "window", "presence"


class Wiring(QObject):
    """The running app."""

    def __init__(self, app: QApplication, home: Places) -> None:
        super().__init__(app)
        self._home = home
        self._clock = SystemClock()
        self._kept = Kept(SettingsFile(home.settings), self)
        settings = self._kept.now()
        self._look = Look(app, Scheme(settings.theme))
        self._languages = Languages(app, Language(settings.language))
        self._appearance = Appearance(parent=self)
        self._notifications = Notifications(parent=self)
        pins = PinFile(home.pins)
        go_on_with(pins, (one.server for one in settings.accounts))
        shared = Shared(home, self._clock, PictureShelf(home.pictures), pins)
        self.quiet = quiet_board(self._clock, settings, self._kept.keep, self)
        self.accounts = Accounts(shared, self._kept, self._notifications, self)
        first = self.accounts.first.client
        self.window = MainWindow(first, self._look, self._languages, self._clock, outgoing=home.outgoing)
        self.window.made.side = settings.side
        local = LocalServer(home.hosting, settings.hosting.port, self, restarts=Restarts())
        kept = self._kept
        self.hosting = Hosting(
            local, shared.pins, home.hosting, lambda: kept.now().hosting, kept.keep_hosting, self
        )
        self.nearby = Nearby(lambda: kept.now().nearby, self)
        self._input_focus = InputFocus(app, self)
        self._power = Power(self._clock, parent=self)
        self._network = Network(self)
        self._idle = Idle(self._clock, parent=self)
        self._device = Device(lambda: self.window.client, self._idle, self._power, self._clock, self)
        self.window.ways.device = self._device.report
        self.trusting = Trusting(self.window, shared.pins, self._look, self)
        self.accounts.made.connect(self.trusting.attend)
        self.accounts.made.connect(lambda account: account.view.news.connect(self._device.follow))
        self.orders = OwnOrders(self.accounts, self.quiet, self._kept, self)
        self.window.ways.hush = self.orders.hush
        self.accounts.settle(self.window)
        self.playing = Playing(self.accounts, self.window, self)
        self.joining = JoinByLink(self.window, self)
        self.tray = Tray(self.window.accounts, self)
        self.background = Background(self.window, self.tray, self)
        self.upgrading = Upgrading(self.window, self.background, self._look, OwnFile(), self)
        self.tray.use(self.quiet)
        self._device.tray = lambda: self.tray.available
        self.keeping = Keeping(
            self.accounts, self.background, self.orders, self._kept.now, self._kept.keep, self
        )
        self.window.ways.held = self.keeping.held
        self.window.ways.setting_chosen.connect(self._choose)
        self._ended = False
        self._connect()
        if settings.window:
            self.window.restoreGeometry(QByteArray.fromBase64(settings.window.encode()))

    def begin(self, *, demo: bool, background: bool = False) -> None:
        """Show the window; then load what the network needs, and go on where the last run ended.

        In the `background` there is the icon in the tray alone, or without a tray a minimised window.
        """
        if demo:
            self.playing.open()
        else:
            self.accounts.begin()
        if background:
            self.background.begin()
        else:
            self.window.show()
        FirstPaint(self.window, lambda: self._after_first_paint(demo=demo), self)

    def end(self) -> None:
        """Say goodbye, keep what is to be remembered, end the children."""
        if self._ended:
            return
        self._ended = True
        geometry = bytes(self.window.saveGeometry().toBase64().data()).decode()
        self._kept.keep(window=geometry, side=self.window.made.side)
        self._power.end()
        self._network.end()
        self._idle.end()
        self.quiet.end()
        self.upgrading.end()
        self.orders.end()
        self.background.end()
        self.accounts.end()
        self._notifications.end()
        self.playing.end()
        self.nearby.end()
        self.hosting.end()
        self._input_focus.end()

    # --- start ---

    def _after_first_paint(self, *, demo: bool) -> None:
        if self._ended:
            return
        if self._kept.lost:
            self.window.tell(Code.SETTINGS_BROKEN)
        elif not self._home.can_keep():
            self.window.tell(Code.NOT_KEPT)
        self.background.watch()
        remember(self._kept.now().recent_emoji, lambda recent: self._kept.keep(recent_emoji=recent))
        self._appearance.watch()
        self._power.watch()
        self._network.watch()
        self._idle.watch()
        if not demo:
            self.accounts.begin_others()
        if demo or not self.hosting.begin():  # the own server first: nobody answers before it does
            self.accounts.load()

    def _connect(self) -> None:
        window, keep = self.window, self._kept.keep
        window.closed.connect(QApplication.quit)
        self._appearance.scheme_told.connect(lambda dark: self._look.system_prefers(dark=dark))
        self._appearance.calm_told.connect(self._look.set_calm)
        window.scheme_chosen.connect(lambda scheme: keep(theme=scheme.value))
        window.language_chosen.connect(lambda language: keep(language=language.value))
        window.demo_asked.connect(self.playing.open)
        self._connect_hosting()
        self._power.sleeping.connect(self.accounts.pause)
        self._power.woke.connect(self.accounts.reconnect_now)
        self._network.changed.connect(self.accounts.reconnect_now)
        self._idle.said.connect(self.accounts.device_state)
        self._kept.refused.connect(lambda: window.tell(Code.NOT_KEPT))
        self.accounts.entered.connect(self._device.kept_signed_in)
        self._notifications.refused.connect(lambda card: self.tray.say(card.key, card.title, card.body))
        self._notifications.acted.connect(self._acted)
        self.tray.message_clicked.connect(lambda key: self._notifications.acted.emit(key, OPEN))
        self.background.hidden.connect(self._hidden)

    # --- settings ---

    def _choose(self, name: str, value: object) -> None:
        self.keeping.choose(name, value)
        ways = self.window.ways
        if ways.settings_page is not None:  # what could not be had is not shown as if it were
            ways.settings_page.show_held(self.keeping.held(), hosting=ways.hosting)

    # --- in the tray ---

    def _hidden(self) -> None:
        """The window was closed, and the app goes on: said once."""
        if not self._kept.now().told_of_tray:
            title, body = hidden_alert(hosting=self.hosting.runs)
            card = Card(_WINDOW, title, body, ((OPEN, open_word()),), _ABOUT_THE_APP)
            self._notifications.show(card)
            self._kept.keep(told_of_tray=True)

    def _acted(self, key: str, _action: str) -> None:
        if key == _WINDOW:
            self.background.open()

    # --- hosting ---

    def _connect_hosting(self) -> None:
        window, hosting = self.window, self.hosting
        window.looking_after.backups = hosting.backups
        window.looking_after.made.connect(hosting.attach)
        window.looking_after.start_asked.connect(hosting.start_again)
        window.host_asked.connect(hosting.host)
        window.entrance.made.connect(self._entrance_made)
        hosting.reported.connect(window.show_hosting)
        self._network.changed.connect(hosting.look_at_network)
        hosting.settled.connect(self.accounts.load)
        hosting.owner_ready.connect(window.show_owner_ready)
        hosting.key_changed.connect(self._reconnect)
        hosting.autostart_asked.connect(lambda on: self._choose("autostart", on))
        hosting.asks(lambda: self.keeping.autostart.on, lambda: self.background.way.value)
        self.background.hosting = lambda: hosting.runs
        self.nearby.join_asked.connect(window.open_join)

    def _entrance_made(self, name: str, page: Any) -> None:
        if name == "welcome":
            self.nearby.attach(page)
        else:
            page.suggest(own_name())

    def _reconnect(self, server: str) -> None:
        """The own server is another one for who connects to it: at once, not at the next try."""
        for account in self.accounts:
            if account.client.server == server:
                account.client.reconnect_now()


def run(*, demo: bool, picture: Path | None, link: str = "", background: bool = False) -> int:
    """Run the app to its end; the return value is the exit status.

    If the app of this home runs already it is brought to the front, with the `link`, and this start ends at once. What
    is only to look at (the demo, a picture) runs beside it.
    """
    QApplication.setApplicationName("presence-desktop")
    QApplication.setApplicationDisplayName("Presence Desktop")
    QApplication.setDesktopFileName("presence-desktop")
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)  # a dialog may be the last one while the app goes on in the tray
    home = places()
    _log_to(home)
    instance = SingleInstance(home.data, app)
    if not (demo or picture) and not instance.claim(link):
        return 0
    crashes = CrashReporter(app)
    crashes.install()
    wiring = crashes.attempt(lambda: Wiring(app, home))
    if wiring is None:
        return 1
    crashes.window, crashes.explained = wiring.window, wiring.upgrading.look
    instance.asked.connect(wiring.joining.called)
    ctrl_c = CtrlC(wiring.background.quit_at_once)
    wiring.begin(demo=demo, background=background)
    if link:
        wiring.joining.take(link)
    if picture is not None:
        Picture(wiring.window, picture, len(COLLEAGUES) if demo else 0, _say)
    app.aboutToQuit.connect(wiring.end)
    status = app.exec()
    wiring.end()
    instance.end()
    ctrl_c.remove()
    crashes.remove()
    if wiring.upgrading.restarting:
        start_anew(*(("--demo",) if demo else ()))
    return status


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def _log_to(home: Places) -> None:
    """The log lies beside the data; where that cannot be written, standard error has to do.

    A full disk is told once in the window, not for each line of the log.
    """
    logging.raiseExceptions = False
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    handlers[0].setLevel(logging.WARNING)
    try:
        home.make()
        file = home.data / "app.log"
        handlers.append(logging.handlers.RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=1))
    except OSError as error:
        logger.warning("no log is kept: %s", error.strerror)
    logging.basicConfig(level=logging.INFO, handlers=handlers)
