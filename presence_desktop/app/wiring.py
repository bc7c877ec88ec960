"""Joins the client's rooms: disk, net, desktop and gui around core; nothing else does.

Decides the order of a start (settings, window, first paint, then network and hosting) and of an end (goodbye to the
server, then the server itself).
"""

import logging
import logging.handlers
import sys
from collections.abc import Callable
from pathlib import Path
from random import SystemRandom

from PySide6.QtCore import QByteArray, QObject, QSysInfo, QTimer
from PySide6.QtWidgets import QApplication

from presence_desktop.app.alerts import Alerts
from presence_desktop.app.background import Background
from presence_desktop.app.ctrl_c import CtrlC
from presence_desktop.app.demo.cast import COLLEAGUES, ME, PASSWORD
from presence_desktop.app.demo.short_memory import ShortMemory
from presence_desktop.app.demo.stage import Stage
from presence_desktop.app.device import Device
from presence_desktop.app.join_by_link import JoinByLink
from presence_desktop.app.keeping import Keeping
from presence_desktop.app.late_gateway import LateGateway, WholeGateway
from presence_desktop.app.picture import Picture
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.client import Client
from presence_desktop.core.hosting import HostReport, HostRequest, HostState, Owner
from presence_desktop.core.notifying import Watch
from presence_desktop.core.own_account import device_name
from presence_desktop.desktop.clock import SystemClock
from presence_desktop.desktop.idle import Idle
from presence_desktop.desktop.local_server import LocalServer
from presence_desktop.desktop.network import Network
from presence_desktop.desktop.notify import OPEN
from presence_desktop.desktop.power import Power
from presence_desktop.desktop.single_instance import SingleInstance
from presence_desktop.disk.history import FileHistory
from presence_desktop.disk.outgoing import forget_old
from presence_desktop.disk.places import Places, places
from presence_desktop.disk.settings import SettingsFile, watched_as
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.gui.bridge import Bridge
from presence_desktop.gui.crash import CrashReporter
from presence_desktop.gui.host_words import trouble_sentence
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.theme import Scheme
from presence_desktop.gui.tray import Tray
from presence_desktop.protocol.errors import Code

logger = logging.getLogger(__name__)

_LOG_BYTES = 1_000_000


class Wiring(QObject):
    """The running app."""

    def __init__(self, app: QApplication, home: Places) -> None:
        super().__init__(app)
        self._file = SettingsFile(home.settings)
        self._settings = self._file.load()
        self._clock = SystemClock()
        self._bridge = Bridge(self)
        self._memory: ShortMemory | None = None
        self._home = home
        self._shelf = PictureShelf(home.pictures)
        self._gateway = LateGateway(self._load_gateway)
        self._history = FileHistory(home.conversations)
        chat = ChatPorts(self._gateway.chat, self._history, SystemRandom().random)
        self.client = Client(self._gateway, self._clock, chat)
        self._look = Look(app, Scheme(self._settings.theme))
        self._languages = Languages(app, Language(self._settings.language))
        self.window = MainWindow(
            self.client, self._look, self._languages, self._clock, outgoing=home.outgoing
        )
        self._bridge.arrived.connect(self.window.take)
        self._stage = Stage(self)
        self._local = LocalServer(home.hosting, self._settings.hosting.port, self)
        self._power = Power(self._clock, parent=self)
        self._network = Network(self)
        self._idle = Idle(self._clock, parent=self)
        self._device = Device(self.client, self._idle, self._power, self._clock, self)
        self.window.ways.device = self._device.report
        self.joining = JoinByLink(self.window, self)
        self.alerts = Alerts(self.window, parent=self)
        self.tray = Tray(self.client, self._look, self)
        self.background = Background(self.window, self.tray, self)
        self.keeping = Keeping(self.alerts, self.background, lambda: self._settings, self._keep, self)
        self.window.ways.held = self.keeping.held
        self.window.ways.setting_chosen.connect(self._choose)
        self._owner: Owner | None = None
        self._ended = False
        self._connect()
        if self._settings.window:
            self.window.restoreGeometry(QByteArray.fromBase64(self._settings.window.encode()))

    def begin(self, *, demo: bool, background: bool = False) -> None:
        """Show the window; then load what the network needs, and go on where the last run ended.

        In the `background` there is the icon in the tray alone, or without a tray a minimised window.
        """
        if demo:
            self._open_demo()
        elif self._settings.servers and self._settings.stay_signed_in:
            last = self._settings.servers[0]
            self.window.resume(last.server, last.account)
        elif self._settings.servers:
            last = self._settings.servers[0]
            self.window.prefill(last.server, last.account)
        if background:
            self.background.begin()
        else:
            self.window.show()
        QTimer.singleShot(0, self, self._after_first_paint)

    def end(self) -> None:
        """Say goodbye, keep what is to be remembered, end the children."""
        if self._ended:
            return
        self._ended = True
        geometry = bytes(self.window.saveGeometry().toBase64().data()).decode()
        self._keep(window=geometry)
        self._power.end()
        self._idle.end()
        self._bridge.close()
        self.alerts.end()
        self.background.end()
        self.client.close()
        self._stage.close()
        self._local.stop_and_wait()

    # --- start ---

    def _after_first_paint(self) -> None:
        if self._file.lost:
            self.window.tell(Code.SETTINGS_BROKEN)
        elif not self._home.can_keep():
            self.window.tell(Code.NOT_KEPT)
        self.tray.begin()
        self._power.watch()
        self._network.watch()
        self._idle.watch()
        hosting = self._settings.hosting
        if hosting.running and not self._stage.running:  # the own server first: nobody answers before it does
            self._local.start(HostRequest(owner=None, reachable=hosting.reachable))
        else:
            self._gateway.load()

    def _load_gateway(self) -> Callable[[], WholeGateway]:
        from presence_desktop.disk.secrets import KeyringSecrets
        from presence_desktop.net.gateway import Gateway as RealGateway

        memory = self._memory = ShortMemory(KeyringSecrets())
        memory.forgetting = self._stage.running
        self._shelf.tidy()
        forget_old(self._home.outgoing, self._clock.now())
        device = device_name(QSysInfo.machineHostName(), QSysInfo.prettyProductName())
        return lambda: RealGateway(self._bridge.post, memory, self._clock, self._shelf, device=device)

    def _connect(self) -> None:
        window, local, stage = self.window, self._local, self._stage
        window.closed.connect(QApplication.quit)
        window.signed_in.connect(self._signed_in)
        window.signed_out.connect(self._signed_out)
        window.scheme_chosen.connect(lambda scheme: self._keep(theme=scheme.value))
        window.language_chosen.connect(lambda language: self._keep(language=language.value))
        window.host_asked.connect(self._host)
        window.host_start_asked.connect(self._host_again)
        window.host_stop_asked.connect(self._stop_hosting)
        window.host_reach_asked.connect(self._reach)
        window.invite_asked.connect(local.make_invite)
        window.demo_asked.connect(self._open_demo)
        local.reported.connect(self._hosting_reported)
        local.invited.connect(window.show_invite)
        local.port_chosen.connect(lambda port: self._keep_hosting(port=port))
        self._power.sleeping.connect(self.client.pause)
        self._power.woke.connect(self.client.reconnect_now)
        self._network.changed.connect(self.client.reconnect_now)
        self._idle.said.connect(self.client.device_state)
        window.news.connect(self._device.follow)
        self.alerts.watches_changed.connect(self._keep_watches)
        self.alerts.fallback.connect(self.tray.say)
        self.tray.message_clicked.connect(lambda key: self.alerts.act(key, OPEN))
        self.background.hidden.connect(self._hidden)
        stage.ready.connect(self._enter_demo)
        stage.failed.connect(self._demo_failed)

    # --- remembering ---

    def _signed_in(self, server: str, account: str) -> None:
        if not self._stage.running:
            self._settings = self._settings.used(server, account)
            self._keep(stay_signed_in=True)
            self._device.kept_signed_in()
            watched = self._settings.watched.get(self._watched_as(), {})
            self.alerts.begin({user_id: Watch(how) for user_id, how in watched.items()})

    def _signed_out(self) -> None:
        if self._stage.running:
            self._close_demo()
        elif self.client.connection.reason not in (Code.KEYRING_CLOSED, Code.KEYRING_WAITS):
            self._keep(stay_signed_in=False)  # a keyring that stayed closed may open at the next start

    def _choose(self, name: str, value: object) -> None:
        self.keeping.choose(name, value)
        ways = self.window.ways
        if ways.settings_page is not None:  # what could not be had is not shown as if it were
            ways.settings_page.show_held(self.keeping.held(), hosting=ways.hosting)

    def _hidden(self) -> None:
        if not self._settings.told_of_tray:
            self.alerts.say_hidden()
            self._keep(told_of_tray=True)

    def _keep_watches(self, watches: dict[int, Watch]) -> None:
        if not self._stage.running:
            kept = {user_id: how.value for user_id, how in watches.items()}
            self._keep(watched={**self._settings.watched, self._watched_as(): kept})

    def _watched_as(self) -> str:
        return watched_as(self.client.server, self.client.me.user_id if self.client.me else 0)

    def _keep(self, **fields: object) -> None:
        self._settings = self._settings.changed(**fields)
        if not self._file.save(self._settings):
            self.window.tell(Code.NOT_KEPT)

    def _keep_hosting(self, **fields: object) -> None:
        self._keep(hosting={**self._settings.hosting.model_dump(), **fields})

    # --- hosting ---

    def _host(self, request: HostRequest) -> None:
        self._owner = request.owner
        self._keep_hosting(reachable=request.reachable)
        self._local.start(request)

    def _host_again(self) -> None:
        self._local.start(HostRequest(owner=None, reachable=self._settings.hosting.reachable))

    def _reach(self, reachable: bool) -> None:
        self._keep_hosting(reachable=reachable)
        self._local.reach(reachable)

    def _stop_hosting(self) -> None:
        self._keep_hosting(running=False)
        self._local.stop()

    def _hosting_reported(self, report: HostReport) -> None:
        self.window.show_hosting(report)
        if report.state is not HostState.STARTING:
            self._gateway.load()
        if report.state is HostState.RUNNING and not self._settings.hosting.running:
            self._keep_hosting(running=True)
        if report.state is HostState.RUNNING and self._owner is not None:
            owner, self._owner = self._owner, None
            self._local.make_invite()
            self.window.show_owner_ready(report.url, owner.email, owner.password)

    # --- demo ---

    def _open_demo(self) -> None:
        if self._memory is not None:
            self._memory.forgetting = True
        self.window.show_waiting_for_demo()
        folder = self._stage.open()
        self._shelf.move(folder / "pictures")
        self._history.move(folder / "conversations")

    def _enter_demo(self, url: str) -> None:
        self.window.refresh(self.client.sign_in(url, ME.email, PASSWORD))

    def _demo_failed(self, report: HostReport) -> None:
        self._close_demo()
        self.window.show_welcome(trouble_sentence(report))

    def _close_demo(self) -> None:
        self._stage.close()
        self._shelf.move(self._home.pictures)
        self._history.move(self._home.conversations)
        if self._memory is not None:
            self._memory.forgetting = False


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
    crashes.window = wiring.window
    instance.asked.connect(wiring.joining.called)
    ctrl_c = CtrlC(wiring.window.quit)
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
