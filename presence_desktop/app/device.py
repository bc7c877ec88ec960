"""Watches what this computer tells of the person at it, and remembers the last of it for the status page.

Decides nothing: what follows from it `core.activity` and the server decide.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.device_report import DeviceReport, Seen, Sight
from presence_desktop.core.ports import Clock
from presence_desktop.desktop.idle import Idle
from presence_desktop.desktop.power import Power
from presence_desktop.protocol.errors import Code

_KEPT = 12
_ANSWER_MS = 2_000
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner")
_NOTIFICATIONS = "org.freedesktop.Notifications"


class Device(QObject):
    """One per app."""

    def __init__(
        self,
        client: Callable[[], Client],
        idle: Idle,
        power: Power,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """`client` gives the one in view."""
        super().__init__(parent)
        self._client = client
        self._idle, self._power, self._clock = idle, power, clock
        self.tray: Callable[[], bool] = bool
        """Asked whether the icon is in a tray."""
        self._seen: deque[Sight] = deque(maxlen=_KEPT)
        self._locked = self._left = False
        self._keyring: bool | None = None
        self._notifications: bool | None = None
        self._asking: QDBusPendingCallWatcher | None = None
        idle.said.connect(self._said)
        power.sleeping.connect(lambda: self._note(Seen.SLEPT))
        power.woke.connect(lambda: self._note(Seen.WOKE))

    def report(self) -> DeviceReport:
        """How things stand now. The answer to whether notifications are shown may only be in the next report."""
        self._ask_notifications()
        return DeviceReport(
            idle_source=self._idle.source,
            idle_seconds=self._idle.idle_seconds,
            locked=self._idle.locked,
            sleep_told=self._power.heard_by_logind,
            seen=tuple(reversed(self._seen)),
            tray=self.tray(),
            notifications=self._notifications,
            keyring=self._keyring,
        )

    def follow(self, changes: Changes) -> None:
        """News of the client: whether there is a keyring is told there."""
        if any(notice.code in (Code.NO_KEYRING, Code.KEYRING_CLOSED) for notice in changes.notices):
            self._keyring = False

    def kept_signed_in(self) -> None:
        """Somebody was signed in: the keyring was needed, and has done its work if it did not say otherwise."""
        if self._keyring is None:
            self._keyring = True

    def _said(self, idle_seconds: int | None, locked: bool) -> None:
        left = idle_seconds is not None and idle_seconds >= self._client().idle_limit
        if locked != self._locked:
            self._locked = locked
            self._note(Seen.LOCKED if locked else Seen.UNLOCKED)
        if left != self._left:
            self._left = left
            self._note(Seen.LEFT if left else Seen.TOUCHED)

    def _note(self, what: Seen) -> None:
        self._seen.append(Sight(self._clock.now(), what))

    def _ask_notifications(self) -> None:
        bus = QDBusConnection.sessionBus()
        if self._asking is not None or not bus.isConnected():
            return
        message = QDBusMessage.createMethodCall(*_BUS)
        message.setArguments([_NOTIFICATIONS])
        self._asking = QDBusPendingCallWatcher(bus.asyncCall(message, _ANSWER_MS), self)
        self._asking.finished.connect(self._answered)

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        self._asking = None
        reply = watcher.reply()
        watcher.deleteLater()
        if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
            self._notifications = bool(reply.arguments()[0])
