"""Presence, written behind: what is to be in the database soon, newest per person, committed in groups.

Decides when rows are written and what happens to them when the store refuses: they are kept and tried again, a newer
one replaces an older, and the log says so once. What is in a row is decided by `PresenceService`.
"""

import asyncio
import logging
import math
from collections.abc import Callable, Iterable

from presence_desktop.server.services.ports import (
    ChoicesRow,
    ClaimRows,
    PresenceRow,
    PresenceRows,
    StoreUnavailable,
)

RETRY_SECONDS = 1.0
ROWS_A_SECOND = 50
"""Rows that heartbeats may cause, over everybody: a row costs about 1 ms of CPU."""

_log = logging.getLogger("presence.rows")


class PresenceWriter:
    """Takes rows at once and writes them within `within` seconds, as long as the store can."""

    def __init__(self, rows: PresenceRows, claims: ClaimRows, *, within: float = 0.25) -> None:
        self._rows = rows
        self._claims = claims
        self._pause = within / 2
        self._presence: dict[int, PresenceRow] = {}
        self._choices: dict[int, ChoicesRow] = {}
        self._waiting = asyncio.Event()
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failing = False

    def __len__(self) -> int:
        return len(self._presence) + len(self._choices)

    def presence(self, row: PresenceRow) -> None:
        """Write this row of `user_online_statuses` soon."""
        self._presence[row.user_id] = row
        self._waiting.set()

    def choices(self, row: ChoicesRow) -> None:
        """Write this person's choices soon."""
        self._choices[row.user_id] = row
        self._waiting.set()

    def forget(self, user_id: int) -> None:
        """The account is gone, and its rows with it."""
        self._presence.pop(user_id, None)
        self._choices.pop(user_id, None)

    def start(self) -> None:
        """Write from now on."""
        self._task = asyncio.create_task(self._write())

    async def stop(self) -> None:
        """Write what there is, trying once, and end."""
        self._closing.set()
        self._waiting.set()
        if self._task is not None:
            await self._task
            self._task = None

    async def _write(self) -> None:
        while not self._closing.is_set():
            await self._waiting.wait()
            await self._sleep(self._pause)
            if not await self._flush():
                await self._sleep(RETRY_SECONDS)
        await self._flush()

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return

    async def _flush(self) -> bool:
        presence, self._presence = self._presence, {}
        choices, self._choices = self._choices, {}
        self._waiting.clear()
        try:
            if choices:
                await self._claims.save(list(choices.values()))
                choices = {}
            if presence:
                await self._rows.save(list(presence.values()))
        except StoreUnavailable as error:
            if not self._failing:
                _log.error(
                    "presence.not_written", extra={"fields": {"why": str(error), "rows": len(presence)}}
                )
            self._failing = True
            self._presence = presence | self._presence
            self._choices = choices | self._choices
            self._waiting.set()
            return False
        if self._failing:
            self._failing = False
            _log.info("presence.written_again")
        return True


class HeartbeatRound:
    """Whose last sign of life is to be written now: everybody once a `period` (ms) at most, spread over it."""

    def __init__(self, period: int, now: int) -> None:
        self._period = period
        self._began = self._last = now
        self._left: list[int] = []
        self._share = 0.0

    def take(self, now: int, everybody: Callable[[], Iterable[int]]) -> list[int]:
        """The next few, by user id."""
        elapsed = now - self._last
        if 0 <= elapsed < min(1000, self._period // 4):
            return []
        self._last = now
        if not self._left:
            if 0 <= now - self._began < self._period:
                return []
            self._began = now
            self._left = list(everybody())
            self._share = len(self._left) / self._period
        count = math.ceil(min(self._share, ROWS_A_SECOND / 1000) * min(max(elapsed, 1), 1000))
        now_due, self._left = self._left[:count], self._left[count:]
        return now_due
