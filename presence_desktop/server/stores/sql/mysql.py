"""What only MySQL and MariaDB need: connections that outlive a restart of the database, strict mode, UTC."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.dialects.mysql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.sql.dml import Insert

from presence_desktop.server.stores.sql.transaction import Through

_LOCK, _LOCK_SECONDS = "presence_migrations", 60
_WAITED, _DEADLOCK = 1205, 1213
_SESSION = "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'"


def create(url: str) -> AsyncEngine:
    """The engine for a database server (driver asyncmy)."""
    # its warnings are notes on statements: in strict mode what matters fails
    logging.getLogger("asyncmy").setLevel(logging.ERROR)
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_size=8,
        pool_pre_ping=True,
        pool_recycle=1800,
        isolation_level="READ COMMITTED",
        connect_args={"init_command": _SESSION, "connect_timeout": 5, "charset": "utf8mb4"},
    )


def durable(engine: AsyncEngine) -> Through:
    """How durable transactions are run: as all others, the database server waits for its disk at each commit."""
    return Through(engine)


def collided(error: DBAPIError) -> bool:
    """Whether another transaction came in the way: one of the two was undone, or waited for too long."""
    return error.orig is not None and error.orig.args[:1] in ((_DEADLOCK,), (_WAITED,))


def upsert(table: Table, rows: Sequence[Mapping[str, Any]], *, key: str, update: Sequence[str]) -> Insert:
    """Insert these rows, or where the (unique) key is there already, update those columns."""
    statement = insert(table).values(list(rows))
    return statement.on_duplicate_key_update({name: statement.inserted[name] for name in update})


@asynccontextmanager
async def alone(connection: AsyncConnection) -> AsyncIterator[None]:
    """One server at a time changes the schema: its statements commit by themselves here."""
    await connection.execute(text(f"SELECT GET_LOCK('{_LOCK}', {_LOCK_SECONDS})"))
    try:
        yield
    finally:
        await connection.execute(text(f"SELECT RELEASE_LOCK('{_LOCK}')"))
