"""What this person asked of all programs: dark or light, and no motion. On Linux the desktop's portal tells both.

Decides nothing that Qt knows better: where Qt itself follows the colour scheme (GNOME, KDE, Windows, macOS), its word
counts; this one is for all the others.
"""

import logging
from typing import Any, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

logger = logging.getLogger(__name__)

_PORTAL = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
)
_CHANGED = cast("bytes", SLOT("changed(QString,QString,QDBusVariant)"))
"""A str in truth, and taken as one; only the type that PySide declares is bytes."""
_SCHEME = ("org.freedesktop.appearance", "color-scheme")
_REDUCED = ("org.freedesktop.appearance", "reduced-motion")
_ANIMATIONS = ("org.gnome.desktop.interface", "enable-animations")
_ASKED = (_SCHEME, _REDUCED, _ANIMATIONS)
_ANSWER_MS = 2_000
_DARK, _LIGHT, _REDUCE = 1, 2, 1


class Appearance(QObject):
    """One per app."""

    scheme_told = Signal(bool)
    """True: dark is preferred; False: it is not."""
    calm_told = Signal(bool)
    """True: nothing should move."""

    def __init__(self, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        """`bus` is the session's bus, unless a test brings its own."""
        super().__init__(parent)
        self._bus = bus
        self._said: dict[tuple[str, str], object] = {}
        self.asked: dict[QDBusPendingCallWatcher, tuple[str, str]] = {}
        """Questions without an answer yet, and what each is about."""

    def watch(self) -> None:
        """Ask, and listen from now on. Where there is no portal, nothing is told."""
        bus = QDBusConnection.sessionBus() if self._bus is None else self._bus
        if not bus.isConnected():
            return
        bus.connect(*_PORTAL, "SettingChanged", self, _CHANGED)
        for what in _ASKED:
            message = QDBusMessage.createMethodCall(*_PORTAL, "Read")
            message.setArguments(list(what))
            watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _ANSWER_MS), self)
            self.asked[watcher] = what
            watcher.finished.connect(self._answered)

    @Slot(str, str, QDBusVariant)
    def changed(self, space: str, key: str, value: QDBusVariant) -> None:
        """The portal's signal."""
        self._take((space, key), _plain(value))

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        what, reply = self.asked.pop(watcher), watcher.reply()
        watcher.deleteLater()
        if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
            self._take(what, _plain(reply.arguments()[0]))

    def _take(self, what: tuple[str, str], value: object) -> None:
        if what not in _ASKED or self._said.get(what) == value:
            return
        self._said[what] = value
        logger.info("the desktop says %s: %s", what[1], value)
        if what == _SCHEME:
            self.scheme_told.emit(value == _DARK)
        else:
            self.calm_told.emit(self._said.get(_REDUCED) == _REDUCE or self._said.get(_ANIMATIONS) is False)


def _plain(value: Any) -> Any:
    """What is in a D-Bus variant, which may stand in another one."""
    while hasattr(value, "variant"):
        value = value.variant()
    return value
