"""The database: opened by its URL, reading and writing transactions, and one kind of failure for all of them.

Decides which dialect's file is asked. Statements are the repositories' business.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Table, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import Insert

from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.sql.tables import users
from presence_desktop.server.stores.sql.transaction import Transaction, Transactions


class UnknownDatabase(Exception):
    """The URL names a database that the server does not know."""


class Database:
    """An open database; `close` it at the end."""

    def __init__(self, url: str) -> None:
        try:
            backend = make_url(url).get_backend_name()
        except ArgumentError:
            raise UnknownDatabase("database_url is not a URL") from None
        self.backend = backend
        self._dialect = _dialect(backend)
        self.engine: AsyncEngine = self._dialect.create(_with_driver(url, backend))
        self._durable: Transactions = self._dialect.durable(self.engine)

    @property
    def file(self) -> Path | None:
        """The file it is in, where it is one."""
        return Path(self.engine.url.database or "") if self.backend == "sqlite" else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with. Raises StoreUnavailable."""
        try:
            async with self.engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailable(_reason(error)) from error

    @asynccontextmanager
    async def writing(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that ends with the block, or never happened. Raises StoreUnavailable, or IntegrityError.

        A `durable` one outlives a power cut too; it waits for the disk.
        """
        try:
            async with self._durable.turn(), self.engine.connect() as connection:
                await connection.execution_options(writes=True, durable=durable)
                async with connection.begin():
                    yield connection
        except IntegrityError:
            raise
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailable(_reason(error)) from error

    @asynccontextmanager
    async def durable(self) -> AsyncIterator[Transaction]:
        """A durable transaction as `writing` opens one, for many statements at once. Raises as that."""
        try:
            async with self._durable.transaction() as transaction:
                yield transaction
        except IntegrityError:
            raise
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailable(_reason(error)) from error

    @asynccontextmanager
    async def changing_schema(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction that no other server has at the same time."""
        async with self.writing() as connection, self._dialect.alone(connection):
            yield connection

    def collided(self, error: StoreUnavailable) -> bool:
        """Whether another transaction came in the way: nothing is amiss, tried again this one goes through."""
        cause = error.__cause__
        found: bool = isinstance(cause, DBAPIError) and self._dialect.collided(cause)
        return found

    def upsert(
        self, table: Table, rows: Sequence[Mapping[str, Any]], *, key: str, update: Sequence[str]
    ) -> Insert:
        """Insert these rows, or where the key is there already, update those columns."""
        statement: Insert = self._dialect.upsert(table, rows, key=key, update=update)
        return statement

    async def answers(self) -> bool:
        """Whether the database can be asked."""
        try:
            async with self.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except StoreUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Close all connections."""
        await self._durable.close()
        await self.engine.dispose()


def _dialect(backend: str) -> ModuleType:
    if backend == "sqlite":
        from presence_desktop.server.stores.sql import sqlite

        return sqlite
    if backend in ("mysql", "mariadb"):
        from presence_desktop.server.stores.sql import mysql

        return mysql
    raise UnknownDatabase(f"database_url: {backend} is not supported; sqlite, mysql and mariadb are")


def _with_driver(url: str, backend: str) -> str:
    driver = "aiosqlite" if backend == "sqlite" else "asyncmy"
    return make_url(url).set(drivername=f"{backend}+{driver}").render_as_string(hide_password=False)


def _reason(error: SQLAlchemyError | OSError) -> str:
    original = getattr(error, "orig", None)
    return str(original or error)


async def known(connection: AsyncConnection, user_ids: Iterable[int]) -> set[int]:
    """Which of these accounts still exist."""
    found = await connection.execute(select(users.c.id).where(users.c.id.in_(list(user_ids))))
    return set(found.scalars())
