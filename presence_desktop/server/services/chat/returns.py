"""Who is shown as here again: gathered for a moment, so that a storm of sign-ins asks the store once.

What is done for those who are back is `ChatService.appeared`'s.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection

from presence_desktop.server.services.ports import StoreUnavailable

_log = logging.getLogger("presence.rooms")

Appeared = Callable[[Collection[int]], Awaitable[None]]


class Returns:
    """Calls `appeared` with everybody who was noted, `within` seconds after the first."""

    def __init__(self, appeared: Appeared, *, within: float = 0.25) -> None:
        self._appeared = appeared
        self._within = within
        self._noted: set[int] = set()
        self._task: asyncio.Task[None] | None = None

    def note(self, user_id: int) -> None:
        """Somebody is shown as here again."""
        self._noted.add(user_id)
        if self._task is None:
            self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Whoever is back after this is not of interest any more."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _work(self) -> None:
        while self._noted:
            await asyncio.sleep(self._within)
            noted, self._noted = self._noted, set()
            try:
                await self._appeared(noted)
            except StoreUnavailable as error:  # it shows when they come back again, or read on
                _log.error("marks.store-unavailable", extra={"fields": {"reason": str(error)}})
        self._task = None
