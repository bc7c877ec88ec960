"""Asks logind to wait a moment before the computer sleeps, so that a goodbye is on its way in time.

Without this the system may sleep before anybody has heard that it will. logind waits for who holds such a lock, five
seconds at most. Decides how it is held and let go; when, `desktop.power` says.
"""

import logging
import os

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

logger = logging.getLogger(__name__)

_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_ANSWER_MS = 5_000


class SleepLock(QObject):
    """Held from `take` on, once logind has answered, until `release`."""

    def __init__(self, bus: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._file: int | None = None
        self._asking: QDBusPendingCallWatcher | None = None

    @property
    def held(self) -> bool:
        """Whether logind waits for us."""
        return self._file is not None

    def take(self) -> None:
        """Ask for it, without waiting for the answer."""
        if self.held or self._asking is not None or not self._bus.isConnected():
            return
        message = QDBusMessage.createMethodCall(*_LOGIND, "Inhibit")
        message.setArguments(["sleep", "Presence Desktop", "Says goodbye to the server", "delay"])
        message.setAutoStartService(False)
        self._asking = QDBusPendingCallWatcher(self._bus.asyncCall(message, _ANSWER_MS), self)
        self._asking.finished.connect(self._answered)

    def release(self) -> None:
        """Logind need not wait any more."""
        self._drop_asking()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher is not self._asking:
            return
        reply = watcher.reply()
        self._drop_asking()
        if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
            self._file = os.dup(reply.arguments()[0].fileDescriptor())  # the reply closes its own
        else:
            logger.info("sleep does not wait for a goodbye here")

    def _drop_asking(self) -> None:
        if self._asking is not None:
            self._asking.deleteLater()
            self._asking = None
