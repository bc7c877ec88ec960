"""Durable transactions whose statements come in goes, so that all of one go can be run in another thread.

`sqlite_thread` does that; a database on the other side of a socket is asked statement by statement anyway (`Through`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeVar

from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")


class Statements(Protocol):
    """What a statement is given to; an `AsyncConnection` is one."""

    async def execute(self, statement: Executable, parameters: Any = None, /) -> CursorResult[Any]:
        """Run a statement; all that it found is there when this returns."""
        ...


Go = Callable[[Statements], Awaitable[T]]
"""Some statements one after the other. It may wait for nothing but them."""


class Transaction(Protocol):
    """An open transaction."""

    async def run(self, go: Go[T]) -> T:
        """Run some statements in it."""
        ...


class Transactions(Protocol):
    """Durable transactions on one database."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that ends with the block, or never happened. Raises SQLAlchemyError."""
        ...

    async def close(self) -> None:
        """There will be no more."""
        ...


class Through(Transactions):
    """Transactions on asynchronous connections."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """See Transactions."""
        async with self._engine.connect() as connection, connection.begin():
            yield _Opened(connection)

    async def close(self) -> None:
        """See Transactions."""


class _Opened(Transaction):
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def run(self, go: Go[T]) -> T:
        """See Transaction."""
        return await go(self._connection)
