"""How the server stands, for those who look after it: how long it runs, who is connected, what it takes on the disk.

Also makes a backup when somebody asks for one, and logs that. What a backup is, and where it lies, is its shelf's.
"""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from presence_desktop import __version__
from presence_desktop.protocol import admin_rest
from presence_desktop.server.domain.authority import Act
from presence_desktop.server.services.accounts.administration import Administration
from presence_desktop.server.services.accounts.directory import Accounts
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.upkeep.naming import Naming

DISK_MS = 30_000
"""What was measured on the disk holds for so long: walking many files takes a while."""


class KeptBackup(Protocol):
    """A backup as its shelf tells of it."""

    @property
    def name(self) -> str:
        """Its file's name."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    @property
    def made_at(self) -> int:
        """When it was made (ms)."""
        ...


class Shelf(Protocol):
    """The server's backups."""

    def listed(self) -> Awaitable[Sequence[KeptBackup]]:
        """The newest first."""
        ...

    def make(self) -> Awaitable[KeptBackup]:
        """Make one now. Raises Refused(UNAVAILABLE)."""
        ...


class Places(Struct, frozen=True):
    """Where things lie; None: not on this machine."""

    database: Path | None
    files: Path
    backups: Path


Measure = Callable[[Places], Awaitable[admin_rest.DiskUse]]


class Overview:
    """Tells how the server stands. `crowd` says how many people and how many connections there are here."""

    def __init__(
        self,
        *,
        clock: Clock,
        accounts: Accounts,
        administration: Administration,
        crowd: Callable[[], tuple[int, int]],
        shelf: Shelf,
        places: Places,
        measure: Measure,
        fingerprint: str | None,
        naming: Naming,
    ) -> None:
        self._clock = clock
        self._accounts = accounts
        self._administration = administration
        self._crowd = crowd
        self._shelf = shelf
        self._places = places
        self._measure = measure
        self._naming = naming
        self._tls = admin_rest.Encryption(on=fingerprint is not None, fingerprint=fingerprint)
        self._started_at, self._started = clock.now(), clock.ticks()
        self._disk: tuple[int, admin_rest.DiskUse] | None = None

    async def facts(self, *, by: int) -> admin_rest.ServerFacts:
        """Everything. Raises Refused(FORBIDDEN)."""
        self._administration.see(by)
        connected, connections = self._crowd()
        return admin_rest.ServerFacts(
            version=__version__,
            started_at=self._started_at,
            uptime_seconds=(self._clock.ticks() - self._started) // 1000,
            people=len(self._accounts),
            connected=connected,
            connections=connections,
            disk=await self._measured(),
            backups=[_told(backup) for backup in await self._shelf.listed()],
            tls=self._tls,
            name=self._naming.name,
        )

    async def back_up(self, *, by: int) -> admin_rest.Backup:
        """Make a backup now. Raises Refused(FORBIDDEN | UNAVAILABLE)."""
        self._administration.see(by, Act.BACK_UP)
        made = _told(await self._shelf.make())
        await self._administration.record(Act.BACK_UP, by=by, detail=made.name)
        self._disk = None
        return made

    async def rename(self, name: str | None, *, by: int) -> str | None:
        """Give the server another name, None: none. Raises Refused(FORBIDDEN)."""
        self._administration.see(by)
        await self._naming.rename(name, by=by)
        return self._naming.name

    async def _measured(self) -> admin_rest.DiskUse:
        now = self._clock.ticks()
        if self._disk is None or now - self._disk[0] >= DISK_MS:
            self._disk = now, await self._measure(self._places)
        return self._disk[1]


def _told(backup: KeptBackup) -> admin_rest.Backup:
    return admin_rest.Backup(name=backup.name, made_at=backup.made_at, size=backup.size)
