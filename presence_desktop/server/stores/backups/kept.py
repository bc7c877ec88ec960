"""The server's own backups in a folder; each is made by a process of its own, which does not hold up the server.

Decides names, and that only files of such a name count: what somebody put into the folder is left alone.
"""

import asyncio
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.services.upkeep.backups import Backup, BackupStore
from presence_desktop.server.stores.files import refusing

_NAME = re.compile(r"presence-(\d{8}T\d{6})Z(-by-hand)?\.tar")
_FORM = "%Y%m%dT%H%M%S"
_POLITE = 10
"""How far a backup stands back behind the server (`nice`)."""


def file_name(moment: int, *, by_hand: bool) -> str:
    """What a backup of this moment (ms) is called."""
    told = datetime.fromtimestamp(moment / 1000, UTC).strftime(_FORM)
    return f"presence-{told}Z{'-by-hand' if by_hand else ''}.tar"


class BackupsKept(BackupStore):
    """See `services.upkeep.backups.BackupStore`. `command` makes a backup in the file named behind it."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._folder = folder
        self._command = tuple(command)

    async def listed(self) -> Sequence[Backup]:
        """See BackupStore."""
        return await asyncio.to_thread(self._listed)

    async def make(self, now: int, *, by_hand: bool) -> Backup:
        """See BackupStore."""
        path = self._folder / file_name(now, by_hand=by_hand)
        while path.exists():
            now += 1000
            path = self._folder / file_name(now, by_hand=by_hand)
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, str(path), stdin=nowhere, stdout=nowhere, stderr=pipe, start_new_session=True
            )
        except OSError as error:
            raise StoreUnavailable(f"{self._command[0]}: {error.strerror}") from error
        _step_back(process.pid)
        try:
            _, told = await process.communicate()
        except asyncio.CancelledError:
            if process.returncode is None:
                process.kill()
                await process.wait()
            raise
        if process.returncode:
            raise StoreUnavailable(_reason(told))
        found = [backup for backup in await self.listed() if backup.name == path.name]
        if not found:
            raise StoreUnavailable(f"{path}: it is not there")
        return found[0]

    async def remove(self, name: str) -> None:
        """See BackupStore."""
        with refusing(self._folder):
            await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)

    def _listed(self) -> Sequence[Backup]:
        with refusing(self._folder):
            named = ((path, _NAME.fullmatch(path.name)) for path in self._folder.glob("presence-*.tar"))
            found = [
                Backup(path.name, _milliseconds(name[1]), path.stat().st_size, by_hand=bool(name[2]))
                for path, name in named
                if name
            ]
        return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _milliseconds(moment: str) -> int:
    return round(datetime.strptime(moment, _FORM).replace(tzinfo=UTC).timestamp() * 1000)


def _step_back(process: int) -> None:
    if sys.platform != "win32":
        with suppress(ProcessLookupError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, process, _POLITE)


def _reason(told: bytes) -> str:
    """The sentence of the refusal (`presence-server: <code>: <sentence>`)."""
    lines = told.decode(errors="replace").strip().splitlines() or ["the backup ended without a word"]
    return lines[-1].removeprefix("presence-server: ")
