"""The server's own backups: made once in so many hours, the newest few kept; or one now, because somebody asks.

Decides when one is due: by the age of the newest that it made by itself, so a computer that slept makes up for it when
it wakes. One that fails is told in one line and tried again later; older ones go only after a newer one was made.
Those made by hand are counted apart, so that asking often costs none of the others. How a backup is made is
`stores.backups`'.
"""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from typing import Protocol

from msgspec import Struct

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.ports import Clock, StoreUnavailable

SETTLE_SECONDS = 600.0
"""How long a server runs before it thinks of backups: starting is work enough."""
LOOK_SECONDS = 60.0
RETRY = 15 * 60_000
"""How soon (ms) a backup that failed is tried again."""

_log = logging.getLogger("presence.backups")


class Backup(Struct, frozen=True):
    """A backup that there is: its file's name, when it was made (ms since 1970), how many bytes it is, and for whom."""

    name: str
    made_at: int
    size: int
    by_hand: bool = False
    """Somebody asked for it."""


class BackupStore(Protocol):
    """Where backups are kept, and who makes them. Raises `ports.StoreUnavailable`."""

    def listed(self) -> Awaitable[Sequence[Backup]]:
        """All that there are, newest first."""
        ...

    def make(self, now: int, *, by_hand: bool) -> Awaitable[Backup]:
        """Make one, told by this moment."""
        ...

    def remove(self, name: str) -> Awaitable[None]:
        """Remove one, if it is there."""
        ...


class Backups:
    """The server's own backups, one every `hours` (0: none by itself); `keep` of them, and as many made by hand."""

    def __init__(
        self, *, store: BackupStore, clock: Clock, hours: float, keep: int, whole: bool = True
    ) -> None:
        """`whole` says whether a backup holds everything: not where the rows are in a database of their own."""
        self._store = store
        self._clock = clock
        self._every = round(hours * 3_600_000)
        self._keep = keep
        self._whole = whole
        self._one = asyncio.Lock()

    async def listed(self) -> Sequence[Backup]:
        """All that there are, newest first. Raises Refused(UNAVAILABLE)."""
        try:
            return await self._store.listed()
        except StoreUnavailable as error:
            raise Refused(Code.UNAVAILABLE, f"The backups cannot be listed: {error}") from error

    async def make(self) -> Backup:
        """Make one now; those past the count go. Raises Refused(UNAVAILABLE)."""
        if not self._whole:
            raise Refused(
                Code.UNAVAILABLE, "The database is a server of its own: back it up with its own tool."
            )
        try:
            return await self._made(by_hand=True)
        except StoreUnavailable as error:
            raise Refused(Code.UNAVAILABLE, f"The backup was not made: {error}") from error

    async def watch(self, *, settle: float = SETTLE_SECONDS, every: float = LOOK_SECONDS) -> None:
        """Make those that are due until cancelled; looks every so many seconds."""
        if not self._every or not self._whole:
            return
        await asyncio.sleep(settle)
        failing, tried = False, self._clock.ticks() - RETRY
        while True:
            try:
                if self._clock.ticks() - tried >= RETRY and await self._is_due():
                    tried = self._clock.ticks()
                    await self._made(by_hand=False)
                    failing = False
            except StoreUnavailable as error:
                if not failing:
                    _log.error("backup.failed", extra={"fields": {"reason": str(error)}})
                failing = True
            await asyncio.sleep(every)

    async def _is_due(self) -> bool:
        now = self._clock.now()
        own = [backup for backup in await self._store.listed() if not backup.by_hand]
        made = [backup.made_at for backup in own if backup.made_at <= now]
        return not made or now - max(made) >= self._every

    async def _made(self, *, by_hand: bool) -> Backup:
        async with self._one:
            backup = await self._store.make(self._clock.now(), by_hand=by_hand)
            _log.info("backup.made", extra={"fields": {"name": backup.name, "bytes": backup.size}})
            alike = [one for one in await self._store.listed() if one.by_hand is by_hand]
            for old in _newest_first(alike, backup.made_at)[self._keep :]:
                await self._store.remove(old.name)
        return backup


def _newest_first(listed: Sequence[Backup], now: int) -> list[Backup]:
    """What is dated after `now` was made while the clock was ahead: it is older than what was made since."""
    return sorted(listed, key=lambda one: (one.made_at <= now, one.made_at), reverse=True)
