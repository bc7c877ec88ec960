"""What a server among several does from time to time: look who is silent, and follow choices without the link.

While the link is away, choices are followed through the database, so that whoever appears offline does so on all
servers; once after it is back, they are read again, and rows that nobody stands for are taken down.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

from presence_desktop.server.services.cluster.peers import Cluster
from presence_desktop.server.services.cluster.shared_presence import SharedPresence
from presence_desktop.server.services.ports import ClaimRows, Clock, StoreUnavailable

OVERLAP = 10 * 60 * 1000
"""How far back (ms) choices are read again: they are written behind, and clocks differ."""

_log = logging.getLogger(__name__)


class ClusterWatch:
    """Runs beside the link until `stop`."""

    def __init__(
        self,
        cluster: Cluster,
        presence: SharedPresence,
        *,
        claims: ClaimRows,
        clock: Clock,
        clear_up: Callable[[Iterable[str]], Awaitable[None]],
        period: float,
        settling: float,
    ) -> None:
        """Looks every `period` seconds; `settling` seconds after the link is back, all servers are."""
        self._cluster = cluster
        self._presence = presence
        self._claims = claims
        self._clock = clock
        self._clear_up = clear_up
        self._period = period
        self._settling = round(settling * 1000)
        self._since = clock.now()
        self._up_at: int | None = None
        self._settled = False
        self._failing = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._period)
            try:
                await self.look()
            except StoreUnavailable as error:
                if not self._failing:
                    _log.error("cluster.choices-not-read", extra={"fields": {"why": str(error)}})
                self._failing = True
            else:
                self._failing = False

    async def look(self) -> None:
        """Do what is due. Raises StoreUnavailable; then it is due still."""
        dead = self._cluster.look()
        if dead:
            await self._clear_up(dead)
        self._presence.name()
        if not self._cluster.linked:
            if self._up_at is not None:
                self._since = self._clock.now()
            self._up_at, self._settled = None, False
            await self._read_choices()
            return
        if self._up_at is None:
            self._up_at = self._clock.ticks()
        if not self._settled and self._clock.ticks() - self._up_at >= self._settling:
            await self._read_choices()
            await self._presence.take_rows_down()
            self._settled = True

    async def _read_choices(self) -> None:
        self._presence.take_rows(await self._claims.load(max(1, self._since - OVERLAP)))
