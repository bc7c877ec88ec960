"""Durable transactions on SQLite in one thread, with a connection of its own.

A statement costs SQLite some microseconds, and the way to a thread and back ten times that; so the thread takes a whole
go of statements at a time. One transaction is open at a time: SQLite has room for one writer anyway.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable
from sqlalchemy.engine import RootTransaction

from presence_desktop.server.stores.sql.transaction import Go, Transaction, Transactions

T = TypeVar("T")


class SqliteThread(Transactions):
    """Runs transactions on `engine`, one after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """See Transactions."""
        async with self._turn:
            opened = _Opened(self._engine, self.do)
            try:
                yield opened
                await self.do(opened.commit)
            finally:
                await self.do(opened.close)

    async def do(self, work: Callable[[], T]) -> T:
        """Run something in the thread, after what was asked before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def close(self) -> None:
        """End the thread, and close the connection."""
        await self.do(self._engine.dispose)
        self._thread.shutdown()


class _Opened(Transaction):
    """A transaction; it begins with its first go."""

    def __init__(self, engine: Engine, do: Callable[[Callable[[], Any]], Awaitable[Any]]) -> None:
        self._engine = engine
        self._do = do
        self._connection: Connection | None = None
        self._begun: RootTransaction | None = None

    async def run(self, go: Go[T]) -> T:
        """See Transaction."""
        answer: T = await self._do(lambda: self._run(go))
        return answer

    # --- in the thread ---

    def _run(self, go: Go[T]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(writes=True, durable=True)
            self._begun = self._connection.begin()
        return _without_waiting(go(_Direct(self._connection)))

    def commit(self) -> None:
        """All of it is on the disk when this returns."""
        if self._begun is not None:
            self._begun.commit()

    def close(self) -> None:
        """What was not committed never happened."""
        if self._connection is not None:
            self._connection.close()


class _Direct:
    """Runs each statement on the spot."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable, parameters: Any = None, /) -> CursorResult[Any]:
        return self._connection.execute(statement, parameters)


def _without_waiting(going: Awaitable[T]) -> T:
    """The value of a coroutine that waits for nothing."""
    steps = going.__await__()
    try:
        next(steps)
    except StopIteration as end:
        value: T = end.value
        return value
    raise RuntimeError("a transaction waits for something else than its statements")
