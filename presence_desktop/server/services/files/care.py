"""Removes what nobody wants any more: uploads never finished or never sent, files of deleted messages, lost bytes.

A row is forgotten first and its bytes are removed after that, so whatever happens in between is found by the walk
through the folder, which is made at the start and once a day.
"""

import asyncio
import logging

from presence_desktop.server.services.files.avatars import AvatarService
from presence_desktop.server.services.files.ports import FileFolder, FileRows
from presence_desktop.server.services.ports import Clock, StoreUnavailable

WALK = 86_400_000
"""How often (ms) the whole folder is walked through."""

_log = logging.getLogger("presence.files")


class FileCare:
    """Looks after the folders of files and avatars. `life` is how long (ms) an upload may stay on no message."""

    def __init__(
        self, *, rows: FileRows, folder: FileFolder, avatars: AvatarService, clock: Clock, life: int
    ) -> None:
        self._rows = rows
        self._folder = folder
        self._avatars = avatars
        self._clock = clock
        self._life = life

    async def watch(self, *, every: float) -> None:
        """Sweep every so many seconds until cancelled."""
        failing, walked = False, self._clock.ticks() - WALK
        while True:
            try:
                if self._clock.ticks() - walked >= WALK:
                    await self.walk()
                    walked = self._clock.ticks()
                await self.sweep()
            except StoreUnavailable as error:
                if not failing:
                    _log.error("files.store-unavailable", extra={"fields": {"reason": str(error)}})
                failing = True
            else:
                failing = False
            await asyncio.sleep(every)

    async def sweep(self) -> int:
        """Remove the files that are on no message any more, or for too long; how many."""
        removed = 0
        while ids := await self._rows.orphans(self._clock.now() - self._life):
            for file_id in ids:
                if await self._rows.remove(file_id):
                    await asyncio.to_thread(self._folder.remove, file_id)
                    removed += 1
        if removed:
            _log.info("files.removed", extra={"fields": {"count": removed}})
        return removed

    async def walk(self) -> int:
        """Remove bytes that belong to no file and avatars that are nobody's; of how many."""
        ids = await asyncio.to_thread(self._folder.ids)
        known = await self._rows.known(ids)
        lost = [file_id for file_id in ids if file_id not in known]
        for file_id in lost:
            await asyncio.to_thread(self._folder.remove, file_id)
        removed = len(lost) + await self._avatars.sweep()
        if removed:
            _log.info("files.lost-removed", extra={"fields": {"count": removed}})
        return removed
