"""Whether there is a tray for the app's icon, and when one comes.

Of the tray that speaks over the message bus (StatusNotifierItem) two are needed: a watcher, which takes icons, and a
host, which draws them. Qt looks for the watcher alone, so the host is asked for here: without it nobody sees the icon.
Nor does Qt look twice which kind of tray there is: an app that starts with the session, ahead of its panel, would have
no icon for as long as it runs. So it is asked only where a tray of either kind is known to be: the one on the bus or,
on X11, the one that owns a selection of the X server. What follows from it `app` decides.
"""

import logging
import sys
from typing import Any, cast

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage, QDBusServiceWatcher
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from presence_desktop.desktop.x11 import selection_owned

logger = logging.getLogger(__name__)

_WATCHER = ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher")
_HOST_CAME = cast("bytes", SLOT("tell()"))
"""A str in truth, and taken as one; only the type that PySide declares is bytes."""
_ANSWER_MS = 500
_SELECTION = "_NET_SYSTEM_TRAY_S0"
LOOK_MS = 2_000
_LOOKS = 60
"""A panel without the bus is started with the session: it is looked for in the first two minutes only."""


class TrayPlace(QObject):
    """Asked whether there is a tray; says when there is one at last."""

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found = False
        self._on_the_bus = False
        """Whether the tray that was found is the one on the bus."""
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._watcher: QDBusServiceWatcher | None = None

    @property
    def there(self) -> bool:
        """Whether there is a tray now, with somebody who draws what is in it."""
        if sys.platform in ("win32", "darwin"):
            return QSystemTrayIcon.isSystemTrayAvailable()
        if not self._found:
            self._find()
        if not self._found or (self._on_the_bus and not _drawn(QDBusConnection.sessionBus())):
            return False
        return QSystemTrayIcon.isSystemTrayAvailable()

    def watch(self) -> None:
        """Wait for one."""
        if self._watcher is not None:
            return
        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
            self._watcher = QDBusServiceWatcher(_WATCHER[0], bus, mode, self)
            self._watcher.serviceRegistered.connect(self.tell)
            bus.connect(*_WATCHER, "StatusNotifierHostRegistered", self, _HOST_CAME)
        if QGuiApplication.platformName() == "xcb":
            self._timer.start()

    def end(self) -> None:
        """Wait no more."""
        self._timer.stop()
        if self._watcher is not None:
            bus = QDBusConnection.sessionBus()
            bus.disconnect(*_WATCHER, "StatusNotifierHostRegistered", self, _HOST_CAME)
            self._watcher.deleteLater()
            self._watcher = None

    def _find(self) -> None:
        """Qt takes the tray on the bus wherever there is a watcher."""
        bus = QDBusConnection.sessionBus()
        self._on_the_bus = bus.isConnected() and bool(
            bus.interface().isServiceRegistered(_WATCHER[0]).value()
        )
        if self._on_the_bus:
            self._found = _drawn(bus)
        else:
            self._found = QGuiApplication.platformName() == "xcb" and selection_owned(_SELECTION)

    def _look(self) -> None:
        self._looks += 1
        if self._found or self._looks > _LOOKS:
            self._timer.stop()
        else:
            self.tell()

    @Slot()
    def tell(self) -> None:
        """A tray may have come."""
        if self.there:
            self._timer.stop()
            logger.info("there is a tray now")
            self.came.emit()


def _drawn(bus: QDBusConnection) -> bool:
    """Whether somebody draws the icons on the bus. Where the watcher does not know, it is taken at Qt's word."""
    asked = QDBusMessage.createMethodCall(*_WATCHER[:2], "org.freedesktop.DBus.Properties", "Get")
    asked.setArguments([_WATCHER[2], "IsStatusNotifierHostRegistered"])
    reply = bus.call(asked, QDBus.CallMode.Block, _ANSWER_MS)
    if reply.type() != QDBusMessage.MessageType.ReplyMessage or not reply.arguments():
        return True
    return _plain(reply.arguments()[0]) is not False


def _plain(value: Any) -> Any:
    return value.variant() if hasattr(value, "variant") else value
