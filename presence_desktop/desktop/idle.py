"""Whether the person is at this computer: how long nobody touched it, and whether it is locked; looked at every 5 s.

Of several that could tell the idle time the first that answers is asked from then on: GNOME's compositor, the desktop's
screen saver service, the X server; on Windows and macOS the system itself. Where none answers, that is said
(`source` is ``), and nothing is claimed. A lock is told by logind, by a screen saver service, or by the system.
What follows from it `core.activity` and the server decide.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QGuiApplication

from presence_desktop.core.ports import Clock
from presence_desktop.desktop.idle_native import open_native
from presence_desktop.desktop.idle_x11 import open_x11

logger = logging.getLogger(__name__)

LOOK_MS = 5_000
"""How often the desktop is asked."""
_ANSWER_MS = 2_000
"""How long a service may take to answer."""
_Taker = Callable[[list[Any] | None], None]

_MUTTER = (
    "org.gnome.Mutter.IdleMonitor",
    "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor",
)
_SAVER = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver")
_GNOME_SAVER = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver")
_LOGIND = (
    "org.freedesktop.login1",
    "/org/freedesktop/login1/session/auto",
    "org.freedesktop.DBus.Properties",
)


class SaverUnit:
    """Milliseconds or seconds? Screen saver services differ: Plasma counts the one, others the other. Learned by
    watching the count grow; until then nothing is known.
    """

    def __init__(self) -> None:
        self._before: tuple[int, int] | None = None
        self._factor: int | None = None

    def milliseconds(self, count: int, now: int) -> int | None:
        """What `count`, read at `now` (ms of a steady clock), means; None while that is not known."""
        before, self._before = self._before, (count, now)
        if self._factor is None and before is not None and count > before[0]:
            grown, passed = count - before[0], now - before[1]
            if passed >= 1000:
                self._factor = 1 if grown > passed / 30 else 1000
        return None if self._factor is None else count * self._factor


class Idle(QObject):
    """Asks the desktop, and says what it answers: `said(idle seconds or None, locked)`."""

    said = Signal(object, bool)

    def __init__(
        self,
        clock: Clock,
        session: QDBusConnection | None = None,
        system: QDBusConnection | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`session` and `system` are the buses, unless a test brings its own."""
        super().__init__(parent)
        self._clock = clock
        self._buses = session, system
        self._unit = SaverUnit()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._locks: dict[str, bool] = {}
        self._read: Callable[[], int | None] | None = None
        self._read_lock: Callable[[], bool | None] | None = None
        self.asked: dict[QDBusPendingCallWatcher, _Taker] = {}
        """What services have not answered yet."""
        self.source = ""
        """Who tells the idle time: `system`, `mutter`, `x11`, `screensaver`, or nobody."""
        self.idle_seconds: int | None = None
        self.locked = False

    def watch(self) -> None:
        """Begin to look."""
        native = open_native()
        if native is not None:
            self._read, self._read_lock = native
        elif QGuiApplication.platformName() == "xcb":
            self._read = open_x11()
        session, system = self._buses
        self._session = QDBusConnection.sessionBus() if session is None else session
        self._system = QDBusConnection.systemBus() if system is None else system
        self._timer.start()
        self.look()

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Ask once, without waiting for the answers: they are said as they come."""
        if self._read is not None and self._read_lock is not None:
            self._locks["system"] = bool(self._read_lock())
            self._told("system", self._read())
            return
        self._ask(self._session, _SAVER, "GetActive", [], partial(self._lock_told, "screensaver"))
        self._ask(self._session, _GNOME_SAVER, "GetActive", [], partial(self._lock_told, "gnome"))
        hint = ["org.freedesktop.login1.Session", "LockedHint"]
        self._ask(self._system, _LOGIND, "Get", hint, partial(self._lock_told, "logind"))
        if self.source in ("", "mutter"):
            self._ask(self._session, _MUTTER, "GetIdletime", [], self._mutter_told)
        else:
            self._ask_others()

    def _mutter_told(self, answer: list[Any] | None) -> None:
        if answer is None:
            self._ask_others()
        else:
            self._told("mutter", int(answer[0]))

    def _ask_others(self) -> None:
        if self._read is not None:
            self._told("x11", self._read())
        else:
            self._ask(self._session, _SAVER, "GetSessionIdleTime", [], self._saver_told)

    def _saver_told(self, answer: list[Any] | None) -> None:
        if answer is None:
            self._told("", None)
        else:
            self._told("screensaver", self._unit.milliseconds(int(answer[0]), self._clock.monotonic()))

    def _told(self, source: str, idle: int | None) -> None:
        if source != self.source:
            logger.info("idle time is told by %s", source or "nobody")
        self.source = source
        self.idle_seconds = None if idle is None else idle // 1000
        self._say()

    def _lock_told(self, who: str, answer: list[Any] | None) -> None:
        locked = answer is not None and answer[0] is True
        if locked != self._locks.get(who, False):
            self._locks[who] = locked
            self._say()

    def _say(self) -> None:
        self.locked = any(self._locks.values())
        self.said.emit(self.idle_seconds, self.locked)

    def _ask(
        self, bus: QDBusConnection, whom: tuple[str, str, str], what: str, arguments: list[Any], take: _Taker
    ) -> None:
        """`take` gets the arguments of the answer, or None; never before this returns."""
        if not bus.isConnected():
            QTimer.singleShot(0, self, partial(take, None))
            return
        message = QDBusMessage.createMethodCall(*whom, what)
        message.setArguments(arguments)
        message.setAutoStartService(False)
        watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _ANSWER_MS), self)
        self.asked[watcher] = take
        watcher.finished.connect(self._answered)

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        take, reply = self.asked.pop(watcher), watcher.reply()
        watcher.deleteLater()
        good = reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments()
        take([_plain(one) for one in reply.arguments()] if good else None)


def _plain(value: Any) -> Any:
    """What is in a D-Bus variant."""
    return value.variant() if hasattr(value, "variant") else value
