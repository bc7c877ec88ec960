"""Copies all rows of one database into an empty one of another kind, and proves that they are the same.

Decides what is copied: every table but the indexes of texts, which each kind of database makes of the messages in its
own way. Rows go in batches, so memory does not grow with them. While it goes on, the target says in the place of its
schema that it is half copied: no server starts on it, and the next try begins anew.
"""

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import cast

from msgspec import Struct
from sqlalchemy import Connection, Table, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.chat.pairs_at_once import PairsAtOnce
from presence_desktop.server.stores.sql.chat.tables import message_grams, messages
from presence_desktop.server.stores.sql.database import Database

BATCH = 5_000
_WHOLE = 1 << 256
_STAMP = "alembic_version"

Row = dict[str, object]
Tell = Callable[[str, int], None]
"""Is told a table, and how many of its rows have been copied so far."""


class CannotMove(Exception):
    """Why one database cannot be copied into the other; nothing of the source was changed."""


class Counted(Struct, frozen=True):
    """How many rows a table has, and a hash of them all that does not depend on their order."""

    table: str
    rows: int
    digest: str = ""


def tables() -> Sequence[Table]:
    """What is copied, in an order in which every row finds those that it refers to."""
    return [table for table in messages.metadata.sorted_tables if table is not message_grams]


async def fits(source: Database, target: Database) -> Sequence[Counted]:
    """Whether it can be done, without doing anything; what there is to copy. Raises CannotMove, StoreUnavailable."""
    if source.backend != "sqlite" or target.backend == "sqlite":
        raise CannotMove(
            f"rows are moved from sqlite to mysql or mariadb, not from {source.backend} to {target.backend}"
        )
    async with source.reading() as connection:
        if await connection.run_sync(schema.revision) != schema.REVISIONS[-1]:
            raise CannotMove("the database is not of this version: run `presence-server migrate` first")
        found = [Counted(table.name, await _count(connection, table)) for table in tables()]
    async with target.reading() as connection:
        stamp = await connection.run_sync(schema.revision)
        taken = await connection.run_sync(_taken)
        if stamp != schema.HALF_COPIED and any([await _count(connection, table) for table in taken]):
            raise CannotMove("the target holds rows already; only into an empty database is anything moved")
        if stamp is None and taken:
            raise CannotMove("the target holds tables of these names that are not this server's")
    return found


async def copy(source: Database, target: Database, tell: Tell) -> Sequence[Counted]:
    """Copy everything, and compare; what was copied. Raises CannotMove or StoreUnavailable, StoreUnavailable too if the
    target is lost midway: the next try begins anew.
    """
    await fits(source, target)
    await _made_ready(target)
    async with source.reading() as reading:
        with closing(PairsAtOnce(_scratch(source))) as found:
            copied = [await _copied(reading, target, table, found, tell) for table in tables()]
            tell(message_grams.name, 0)
            await found.write(target)
        await _count_on(reading, target)
    async with target.reading() as connection:
        for was in copied:
            now = await _digest(connection, messages.metadata.tables[was.table])
            if now != was:
                raise CannotMove(
                    f"{was.table} is not the same on both sides: {was.rows} and {now.rows} rows; "
                    "the target is of no use, the source is as it was"
                )
    await _stamp(target, schema.REVISIONS[-1])
    return copied


def _scratch(source: Database) -> Path:
    """A file beside the source, on a disk that has room."""
    return Path(f"{source.engine.url.database}.moving")


async def _made_ready(target: Database) -> None:
    """All tables, empty, and marked as half copied."""
    async with target.changing_schema() as connection:
        if await connection.run_sync(schema.revision) == schema.HALF_COPIED:
            await connection.run_sync(messages.metadata.drop_all)
            await connection.execute(text(f"DROP TABLE {_STAMP}"))
    await schema.migrate(target)
    await _stamp(target, schema.HALF_COPIED)


async def _stamp(target: Database, revision: str) -> None:
    async with target.writing() as connection:
        await connection.execute(text(f"UPDATE {_STAMP} SET version_num = :to"), {"to": revision})  # noqa: S608


async def _copied(
    reading: AsyncConnection, target: Database, table: Table, index: PairsAtOnce, tell: Tell
) -> Counted:
    counting = _Counting(table.name)
    async for batch in _batches(reading, table):
        counting.add(batch)
        try:
            async with target.writing() as writing:
                await writing.execute(insert(table), batch)
        except IntegrityError as error:
            raise CannotMove(f"the target refuses a row of {table.name}: {error.orig}") from None
        if table is messages:
            index.add(_texts(batch))
        tell(table.name, counting.rows)
    return counting.all()


def _texts(batch: Sequence[Row]) -> dict[int, str]:
    """What is searched in: the texts of messages that were not deleted."""
    return {cast(int, row["number"]): cast(str, row["text"]) for row in batch if row["text"]}


async def _digest(connection: AsyncConnection, table: Table) -> Counted:
    counting = _Counting(table.name)
    async for batch in _batches(connection, table):
        counting.add(batch)
    return counting.all()


async def _batches(connection: AsyncConnection, table: Table) -> AsyncIterator[list[Row]]:
    found = await connection.stream(select(table), execution_options={"yield_per": BATCH})
    async for batch in found.mappings().partitions(BATCH):
        yield [{name: _as_kept(value) for name, value in row.items()} for row in batch]


class _Counting:
    """Counts and hashes the rows of a table: the hashes are summed up, so their order does not matter."""

    def __init__(self, table: str) -> None:
        self.rows = 0
        self._table = table
        self._sum = 0

    def add(self, batch: Sequence[Row]) -> None:
        self.rows += len(batch)
        for row in batch:
            digest = hashlib.sha256(repr(tuple(row.values())).encode())
            self._sum += int.from_bytes(digest.digest())

    def all(self) -> Counted:
        return Counted(self._table, self.rows, f"{self._sum % _WHOLE:064x}")


def _as_kept(value: object) -> object:
    """A value as every database keeps it: MySQL's DATETIME knows whole seconds."""
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


def _taken(connection: Connection) -> Sequence[Table]:
    there = set(inspect(connection).get_table_names())
    return [table for table in messages.metadata.sorted_tables if table.name in there]


async def _count_on(reading: AsyncConnection, target: Database) -> None:
    """Numbers that were given out once are never given out again, those of removed rows neither."""
    given = await reading.execute(text("SELECT name, seq FROM sqlite_sequence"))
    numbers = {name: int(seq) for name, seq in given}
    async with target.writing() as writing:
        for table in tables():
            if table.name in numbers:
                statement = f"ALTER TABLE {table.name} AUTO_INCREMENT = {numbers[table.name] + 1}"
                await writing.execute(text(statement))
        for table in messages.metadata.sorted_tables:  # or the first questions would be answered the slow way
            (await writing.execute(text(f"ANALYZE TABLE {table.name}"))).all()
