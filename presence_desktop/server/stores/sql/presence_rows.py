"""The table `user_online_statuses` (`services.ports.PresenceRows`): the published state, written behind.

When rows are written is decided by `services.presence.service`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from presence_desktop.protocol.status import Status
from presence_desktop.server.services.ports import Clock, PresenceRow, PresenceRows, StoredPresence
from presence_desktop.server.stores.sql.database import Database, known
from presence_desktop.server.stores.sql.tables import user_online_statuses as statuses

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_MILLISECOND = timedelta(milliseconds=1)
_ROWS_A_STATEMENT = 500
_UP = statuses.c.status != Status.OFFLINE.value
_UPDATED = ("status", "last_seen_at", "is_typing", "current_room_id", "updated_at")


class SqlPresenceRows(PresenceRows):
    """Presence rows in SQL."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def load(self, *, take_down: bool = True) -> Sequence[StoredPresence]:
        """See PresenceRows."""
        down = {"status": Status.OFFLINE.value, "is_typing": False, "current_room_id": None}
        found = select(statuses.c.user_id, statuses.c.last_seen_at, statuses.c.updated_at)
        async with self._database.writing() as connection:
            if take_down:
                now = moment(self._clock.now())
                await connection.execute(update(statuses).where(_UP).values(**down, updated_at=now))
            rows = await connection.execute(found)
            return [
                StoredPresence(row.user_id, millis(row.last_seen_at), millis(row.updated_at)) for row in rows
            ]

    async def left_up(self) -> Sequence[int]:
        """See PresenceRows."""
        async with self._database.reading() as connection:
            return list((await connection.execute(select(statuses.c.user_id).where(_UP))).scalars())

    async def save(self, rows: Sequence[PresenceRow]) -> None:
        """See PresenceRows. Rows of people whose account is gone are left out."""
        now = moment(self._clock.now())
        async with self._database.writing() as connection:
            for start in range(0, len(rows), _ROWS_A_STATEMENT):
                part = {row.user_id: row for row in rows[start : start + _ROWS_A_STATEMENT]}
                values = [_values(part[user_id], now) for user_id in await known(connection, part)]
                if values:
                    await connection.execute(
                        self._database.upsert(statuses, values, key="user_id", update=_UPDATED)
                    )


def _values(row: PresenceRow, now: datetime) -> dict[str, object]:
    return {
        "user_id": row.user_id,
        "status": row.status,
        "last_seen_at": moment(row.last_seen),
        "is_typing": row.is_typing,
        "current_room_id": row.room_id,
        "created_at": now,
        "updated_at": now,
    }


def moment(at: int) -> datetime:
    """Milliseconds since the epoch as the DATETIME (UTC) of the table."""
    return _EPOCH + at * _MILLISECOND


def millis(at: datetime) -> int:
    """The DATETIME (UTC) of the table as milliseconds since the epoch."""
    return (at - _EPOCH) // _MILLISECOND
