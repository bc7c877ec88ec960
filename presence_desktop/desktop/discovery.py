"""Looks for servers in the network (mDNS), while somebody looks at a page that lists them.

Decides which threads do it (zeroconf is loaded and asked in threads of its own) and how many are listed at most. What
an announcement must hold is `core.nearby`'s business.
"""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from presence_desktop.core.nearby import SERVICE, NearbyServer, read_nearby
from presence_desktop.desktop.mdns import opened

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from zeroconf import ServiceBrowser, ServiceStateChange, Zeroconf

logger = logging.getLogger(__name__)

MOST = 20
"""No more are listed: a network full of announcements is a prank."""
ASK_MS = 2_000


class Discovery(QObject):
    """One look at a time. Every call but `close` returns at once."""

    found = Signal(object)
    """All that are there now, by name: a tuple of `NearbyServer`."""

    def __init__(self, interfaces: tuple[str, ...] = (), parent: QObject | None = None) -> None:
        """`interfaces`: the addresses to listen on; empty: all."""
        super().__init__(parent)
        self._interfaces = interfaces
        self._worker: ThreadPoolExecutor | None = None
        self._look: _Look | None = None
        self.looking = False

    def begin(self) -> None:
        """Look from now on."""
        if self.looking:
            return
        self.looking = True
        self.found.emit(())
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="discovering")
        look = self._look = _Look(self.found.emit)
        self._worker.submit(look.open, self._interfaces)

    def end(self) -> None:
        """Look no longer."""
        if self.looking and self._worker is not None and self._look is not None:
            self._look.closed = True
            self._worker.submit(self._look.close)
        self.looking, self._look = False, None

    def close(self) -> None:
        """The same, and end the thread before this returns."""
        self.end()
        if self._worker is not None:
            self._worker.shutdown()
        self._worker = None


class _Look:
    """From one `begin` to its `end`."""

    def __init__(self, tell: Callable[[object], None]) -> None:
        self._tell = tell
        self._zeroconf: Zeroconf | None = None
        self._browser: ServiceBrowser | None = None
        self._lock = threading.Lock()
        self._there: dict[str, NearbyServer] = {}
        self.closed = False

    def open(self, interfaces: tuple[str, ...]) -> None:
        """Begin; in the worker's thread. Without a network nothing is found, and nothing is said of it."""
        if self.closed:
            return
        try:
            from zeroconf import ServiceBrowser

            self._zeroconf = opened(interfaces)
            self._browser = ServiceBrowser(self._zeroconf, SERVICE, handlers=[self.heard])
        except Exception as error:  # noqa: BLE001 - zeroconf, sockets and drivers of networks: none may end the thread
            logger.warning("servers in the network cannot be looked for: %s", error)

    def close(self) -> None:
        """End; in the worker's thread."""
        if self._browser is not None:
            self._browser.cancel()
        if self._zeroconf is not None:
            self._zeroconf.close()

    def heard(
        self, zeroconf: "Zeroconf", service_type: str, name: str, state_change: "ServiceStateChange"
    ) -> None:
        """Somebody came, says something else, or is gone; in the browser's thread."""
        server = None
        if state_change.name != "Removed":
            info = zeroconf.get_service_info(service_type, name, timeout=ASK_MS)
            if info is not None:
                server = read_nearby(info.properties, info.parsed_addresses(), info.port)
        with self._lock:
            if server is None:
                self._there.pop(name, None)
            elif name in self._there or len(self._there) < MOST:
                self._there[name] = server
        self._say()

    def _say(self) -> None:
        with self._lock:
            there = sorted(set(self._there.values()), key=lambda one: (one.name.casefold(), one.servers))
        if not self.closed:
            self._tell(tuple(there))
