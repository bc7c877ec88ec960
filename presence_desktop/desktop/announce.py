"""Says in the network (mDNS) that a server runs here, while it may be found; says goodbye when it may not any more.

Decides which thread does it: zeroconf is loaded, and waits for the network, in one of its own. What is said is
`core.nearby`'s business.
"""

import logging
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

from presence_desktop.core.nearby import SERVICE, Announcement, instance_name, write_text
from presence_desktop.desktop.mdns import opened

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from zeroconf import Zeroconf

logger = logging.getLogger(__name__)


class Announcer:
    """One announcement at a time. Every call but `close` returns at once."""

    def __init__(self, interfaces: tuple[str, ...] = ()) -> None:
        """`interfaces`: the addresses to speak on; empty: all."""
        self._interfaces = interfaces
        self._worker: ThreadPoolExecutor | None = None
        self._speaker: Zeroconf | None = None
        self.told: Announcement | None = None
        """What is said now, or will be in a moment."""

    def announce(self, told: Announcement | None) -> None:
        """Say this from now on; None: nothing, with a goodbye for what was said."""
        if told == self.told:
            return
        self.told = told
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="announcing")
        self._worker.submit(self._say, told)

    def close(self) -> None:
        """Say goodbye, and end the thread; takes a second at most where something was said."""
        if self._worker is not None:
            self._worker.submit(self._say, None)
            self._worker.shutdown()
        self._worker, self.told = None, None

    def _say(self, told: Announcement | None) -> None:
        """In the thread. No network, or a port that another program holds alone, is no failure of hosting."""
        try:
            self._hush()
            if told is not None:
                self._speak(told)
        except Exception as error:  # noqa: BLE001 - zeroconf, sockets and drivers of networks: none may end the thread
            logger.warning("the server cannot be announced in the network: %s", error)

    def _speak(self, told: Announcement) -> None:
        from zeroconf import ServiceInfo

        speaker = self._speaker = opened(self._interfaces)
        info = ServiceInfo(
            SERVICE,
            f"{instance_name(told)}.{SERVICE}",
            port=told.port,
            addresses=[ip_address(address).packed for address in told.addresses],
            properties=write_text(told),
            server=f"{socket.gethostname().partition('.')[0] or 'presence'}-{told.port}.local.",
        )
        speaker.register_service(info, allow_name_change=True)
        logger.info("the server is announced in the network")

    def _hush(self) -> None:
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.close()
