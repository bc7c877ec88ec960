"""Joins the client's rooms: disk, net, desktop and gui around core; nothing else does.

Decides the order of a start (settings, window, first paint, then network and hosting) and of an end (goodbye to the
server, then the server itself).
"""

import logging
import logging.handlers
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QApplication

from presence_desktop.app.accounts import Accounts
from presence_desktop.app.ctrl_c import CtrlC
from presence_desktop.app.first_paint import FirstPaint
from presence_desktop.app.kept import Kept
from presence_desktop.app.own_orders import OwnOrders
from presence_desktop.app.quiet_times import quiet_board
from presence_desktop.app.shared import Shared
from presence_desktop.desktop.clock import SystemClock
from presence_desktop.desktop.notify import Notifications
from presence_desktop.desktop.single_instance import SingleInstance
from presence_desktop.disk.pins import PinFile
from presence_desktop.disk.places import Places, places
from presence_desktop.disk.settings import SettingsFile
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.gui.crash import CrashReporter
from presence_desktop.gui.emoji.memory import remember
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.theme import Scheme
from presence_desktop.protocol.errors import Code

if TYPE_CHECKING:
    from presence_desktop.app.around import Around

logger = logging.getLogger(__name__)

_LOG_BYTES = 1_000_000


class Wiring(QObject):
    """The running app."""

    def __init__(self, app: QApplication, home: Places) -> None:
        super().__init__(app)
        kept = Kept(SettingsFile(home.settings), self)
        settings = kept.now()
        clock, look = SystemClock(), Look(app, Scheme(settings.theme))
        languages = Languages(app, Language(settings.language))
        pins = PinFile(home.pins)
        pins.go_on_with(one.server for one in settings.accounts)
        shelf = PictureShelf(home.pictures)
        self._shared = Shared(app, home, clock, kept, look, Notifications(parent=self), pins, shelf)
        self.quiet = quiet_board(clock, settings, kept.keep, self)
        self.accounts = Accounts(self._shared, self)
        self.window = MainWindow(self.accounts.first.client, look, languages, clock, outgoing=home.outgoing)
        self.window.made.side = settings.side
        self.orders = OwnOrders(self.accounts, self.quiet, kept, self)
        self.window.ways.hush = self.orders.hush
        self.accounts.settle(self.window)
        self._ended = False
        self._connect()
        if settings.window:
            self.window.restoreGeometry(QByteArray.fromBase64(settings.window.encode()))

    @cached_property
    def around(self) -> "Around":
        """What is not needed to draw the window; made after that, or when it is first asked for."""
        from presence_desktop.app.around import Around

        return Around(self._shared, self.window, self.accounts, self.orders, self)

    @property
    def restarting(self) -> bool:
        """Whether the app is to be started anew when this run has ended."""
        return "around" in vars(self) and self.around.upgrading.restarting

    def explains(self) -> bool:
        """Whether a failure is no wonder: the program on the disk is another one by now."""
        return "around" in vars(self) and self.around.upgrading.look()

    def begin(self, *, demo: bool, background: bool = False) -> None:
        """Show the window; then load what the network needs, and go on where the last run ended.

        In the `background` there is the icon in the tray alone, or without a tray a minimised window.
        """
        if demo:
            self.around.playing.open()
        else:
            self.accounts.begin()
        if background:
            self.around.background.begin()
        else:
            self.window.show()
        FirstPaint(self.window, lambda: self._after_first_paint(demo=demo), self)

    def end(self) -> None:
        """Say goodbye, keep what is to be remembered, end the children."""
        if self._ended:
            return
        self._ended = True
        shared = self._shared
        geometry = bytes(self.window.saveGeometry().toBase64().data()).decode()
        shared.kept.keep(window=geometry, side=self.window.made.side)
        around = vars(self).get("around")
        if around is not None:
            around.end()
        self.quiet.end()
        self.orders.end()
        self.accounts.end()
        shared.notifications.end()
        if around is not None:
            around.end_children()

    # --- start ---

    def _after_first_paint(self, *, demo: bool) -> None:
        if self._ended:
            return
        kept = self._shared.kept
        if kept.lost:
            self.window.tell(Code.SETTINGS_BROKEN)
        elif not self._shared.home.can_keep():
            self.window.tell(Code.NOT_KEPT)
        self.around.watch()
        remember(kept.now().recent_emoji, lambda recent: kept.keep(recent_emoji=recent))
        if not demo:
            self.accounts.begin_others()
        if demo or not self.around.hosting.begin():  # the own server first: nobody answers before it does
            self.accounts.load()

    def _connect(self) -> None:
        window, kept = self.window, self._shared.kept
        keep = kept.keep
        window.closed.connect(QApplication.quit)
        window.scheme_chosen.connect(lambda scheme: keep(theme=scheme.value))
        window.language_chosen.connect(lambda language: keep(language=language.value))
        window.demo_asked.connect(lambda: self.around.playing.open())
        window.host_asked.connect(lambda asked: self.around.hosting.host(asked))
        window.entrance.made.connect(lambda name, page: self.around.entrance_made(name, page))
        kept.refused.connect(lambda: window.tell(Code.NOT_KEPT))


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
    crashes.window, crashes.explained = wiring.window, wiring.explains
    instance.asked.connect(lambda called: wiring.around.joining.called(called))
    ctrl_c = CtrlC(lambda: wiring.around.background.quit_at_once())
    wiring.begin(demo=demo, background=background)
    if link:
        wiring.around.joining.take(link)
    if picture is not None:
        from presence_desktop.app.demo.cast import COLLEAGUES
        from presence_desktop.app.picture import Picture

        Picture(wiring.window, picture, len(COLLEAGUES) if demo else 0, _say)
    app.aboutToQuit.connect(wiring.end)
    status = app.exec()
    wiring.end()
    instance.end()
    ctrl_c.remove()
    crashes.remove()
    if wiring.restarting:
        from presence_desktop.app.upgrading import start_anew

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
