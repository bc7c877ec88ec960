"""What only SQLite needs: WAL, waiting for a lock, foreign keys, transactions that say at once that they write."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql.dml import Insert

from presence_desktop.server.stores.sql.sqlite_thread import SqliteThread

_BUSY_MS = 5_000
_PRAGMAS = (
    "journal_mode=WAL",
    f"busy_timeout={_BUSY_MS}",
    "synchronous=NORMAL",
    "foreign_keys=ON",
)


def create(url: str) -> AsyncEngine:
    """The engine for a database file."""
    engine = create_async_engine(
        url, hide_parameters=True, pool_size=4, connect_args={"timeout": _BUSY_MS / 1000}
    )
    _opening(engine.sync_engine, _PRAGMAS)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        # a transaction that reads first and writes later would fail at once instead of waiting for its turn
        options = connection.get_execution_options()
        writes = options.get("writes", False)
        if writes and connection.info.get("durable") != options.get("durable", False):
            # what was committed outlives a killed process anyhow; FULL makes it outlive a power cut too
            durable = connection.info["durable"] = options.get("durable", False)
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def durable(engine: AsyncEngine) -> SqliteThread:
    """How durable transactions are run."""
    url = engine.url.set(drivername="sqlite")
    own = create_engine(url, hide_parameters=True, pool_size=1, connect_args={"timeout": _BUSY_MS / 1000})
    _opening(own, (*_PRAGMAS, "synchronous=FULL"))
    return SqliteThread(own)


def _opening(engine: Engine, pragmas: Sequence[str]) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def collided(_error: DBAPIError) -> bool:
    """Whether another transaction came in the way: a writing one begins only when it is alone."""
    return False


def upsert(table: Table, rows: Sequence[Mapping[str, Any]], *, key: str, update: Sequence[str]) -> Insert:
    """Insert these rows, or where the key is there already, update those columns."""
    statement = insert(table).values(list(rows))
    return statement.on_conflict_do_update(
        index_elements=[key], set_={name: statement.excluded[name] for name in update}
    )


@asynccontextmanager
async def alone(_connection: AsyncConnection) -> AsyncIterator[None]:
    """One server at a time changes the schema: a writing transaction is alone anyway."""
    yield
