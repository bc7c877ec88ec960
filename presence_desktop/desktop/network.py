"""Changes of the network, as the operating system tells them: a hint to try again at once, never a verdict.

Whether the server can be reached, only the link knows. Linux tells of every route and address to whoever listens
(netlink); what is news is another way to the outside. Elsewhere Qt knows (`network_told`), for 4 MB that Linux saves.
"""

import logging
import socket
import sys
from contextlib import suppress

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

logger = logging.getLogger(__name__)

_ROUTES, _ADDRESSES_4, _ADDRESSES_6 = 0x40, 0x10, 0x100
"""The groups of rtnetlink(7) that tell of these."""
_OUTSIDE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Documentation addresses (RFC 5737, RFC 3849): asking for the way to them sends nothing."""
_SETTLE_MS = 300
"""A change comes in several messages; so long after the first they are looked at as one."""


class Network(QObject):
    """Says when there is a network again, or another one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: socket.socket | None = None
        self._way: str | None = None
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._look)

    def watch(self) -> None:
        """Begin to listen, where anybody tells anything at all."""
        if sys.platform != "linux":
            from presence_desktop.desktop.network_told import Told

            Told(self).changed.connect(self.changed)
            return
        try:
            heard = _routes()
        except OSError as error:
            logger.info("changes of the network are not told here: %s", error.strerror)
            return
        self._heard, self._way = heard, way_outside()
        self._notifier = QSocketNotifier(heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def end(self) -> None:
        """Listen no more."""
        self._settling.stop()
        if self._heard is not None:
            self._notifier.setEnabled(False)
            self._heard.close()
            self._heard = None

    def _hear(self) -> None:
        """That something changed is all that matters; what was lost in between too."""
        with suppress(OSError):
            while self._heard is not None:
                self._heard.recv(1 << 16)
        if not self._settling.isActive():
            self._settling.start()

    def _look(self) -> None:
        before, self._way = self._way, way_outside()
        if self._way is not None and self._way != before:
            logger.info("there is a network again" if before is None else "there is another network")
            self.changed.emit()


def _routes() -> socket.socket:
    """What tells of routes and addresses. Raises OSError."""
    heard = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    try:
        heard.setblocking(False)
        heard.bind((0, _ROUTES | _ADDRESSES_4 | _ADDRESSES_6))
    except OSError:
        heard.close()
        raise
    return heard


def way_outside() -> str | None:
    """The address of this computer from which it would reach the outside; None without a network."""
    for family, outside in _OUTSIDE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((outside, 9))
            return str(asked.getsockname()[0])
    return None
