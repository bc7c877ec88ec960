"""Whether there is a tray for the app's icon, and when one comes.

On X11 Qt looks once which kind of tray there is, and holds to what it found: an app that starts with the session, ahead
of its panel, would have no icon for as long as it runs. So there Qt is asked only where a tray of either kind is known
to be: the one that speaks over the message bus (StatusNotifierItem), or the one that owns a selection of the X server.
What follows from it `app` decides.
"""

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from presence_desktop.desktop.x11 import selection_owned

logger = logging.getLogger(__name__)

_WATCHER = "org.kde.StatusNotifierWatcher"
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
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._watcher: QDBusServiceWatcher | None = None

    @property
    def there(self) -> bool:
        """Whether there is a tray now."""
        if not self._found and QGuiApplication.platformName() == "xcb":
            self._found = _on_the_bus() or selection_owned(_SELECTION)
            if not self._found:
                return False
        return QSystemTrayIcon.isSystemTrayAvailable()

    def watch(self) -> None:
        """Wait for one."""
        if self._watcher is not None:
            return
        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
            self._watcher = QDBusServiceWatcher(_WATCHER, bus, mode, self)
            self._watcher.serviceRegistered.connect(self._tell)
        if QGuiApplication.platformName() == "xcb":
            self._timer.start()

    def end(self) -> None:
        """Wait no more."""
        self._timer.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def _look(self) -> None:
        self._looks += 1
        if self._found or self._looks > _LOOKS:
            self._timer.stop()
        elif self.there:
            self._tell()

    def _tell(self) -> None:
        if self.there:
            self._timer.stop()
            logger.info("there is a tray now")
            self.came.emit()


def _on_the_bus() -> bool:
    bus = QDBusConnection.sessionBus()
    return bus.isConnected() and bool(bus.interface().isServiceRegistered(_WATCHER).value())
