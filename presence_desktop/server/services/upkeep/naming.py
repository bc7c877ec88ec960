"""What the server is called: held in memory for who connects, followed where another process changes it.

Whether somebody may change it is decided where it is written, with its line in the audit log.
"""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Protocol

from presence_desktop.server.domain.authority import Act
from presence_desktop.server.services.accounts.administration_ports import Deed
from presence_desktop.server.services.ports import Clock, StoreUnavailable

LOOK_SECONDS = 5.0

_log = logging.getLogger("presence.server")


class NameStore(Protocol):
    """Where the name is kept. Raises `StoreUnavailable`."""

    def name(self) -> Awaitable[str | None]:
        """It; None: the server was given none."""
        ...

    def rename(self, name: str | None, deed: Deed) -> Awaitable[None]:
        """Keep another one, and log that. Raises Refused(FORBIDDEN)."""
        ...


class Naming:
    """The server's name; None until it is given one. Call `start` first."""

    def __init__(self, store: NameStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.name: str | None = None

    async def start(self) -> None:
        """Learn it."""
        self.name = await self._store.name()

    async def rename(self, name: str | None, *, by: int | None = None) -> None:
        """Give it another name, None: none (`by` None: at the command line). Raises Refused(FORBIDDEN)."""
        await self._store.rename(name, Deed(Act.RENAME, by, self._clock.now()))
        self._take(name)

    async def watch(self, *, every: float = LOOK_SECONDS) -> None:
        """Follow what other processes do, until cancelled. A database that is gone is told of elsewhere."""
        while True:
            await asyncio.sleep(every)
            before = self.name
            try:
                now = await self._store.name()
            except StoreUnavailable:
                continue
            if self.name == before:  # nobody renamed it here meanwhile
                self._take(now)

    def _take(self, name: str | None) -> None:
        if name != self.name:
            self.name = name
            _log.info("server.named", extra={"fields": {"name": name or ""}})
