"""Durable transactions on SQLite in one thread, with a connection of its own.

A statement costs SQLite some microseconds, and the way to a thread and back ten times that; so the thread takes a whole
go of statements at a time. One transaction is open at a time: SQLite has room for one writer anyway. Who writes beside
the thread queues with it (`turn`): SQLite's own way of waiting, to ask again now and then, lets a busy writer win each
time.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from presence_desktop.server.stores.sql.sqlite_direct import Direct
from presence_desktop.server.stores.sql.transaction import Go, Transaction, Transactions

T = TypeVar("T")


class SqliteThread(Transactions):
    """Runs transactions on `engine`, one after the other; it begins none by itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._turn = asyncio.Lock()
        self._direct: Direct | None = None

    def turn(self) -> AbstractAsyncContextManager[None]:
        """See Transactions. First come, first served."""
        return self._turn

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """See Transactions."""
        async with self._turn:
            opened = _Opened(self)
            try:
                yield opened
                if not opened.committed:
                    await self.do(opened.commit)
            except BaseException:
                await self.do(opened.undo)
                raise

    async def do(self, work: Callable[[], T]) -> T:
        """Run something in the thread, after what was asked before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def close(self) -> None:
        """End the thread, and close the connection."""
        await self.do(self.hang_up)
        self._thread.shutdown()

    # --- in the thread ---

    def begin(self) -> Direct:
        """Begin a transaction, alone from now on; what its statements are given to. Raises SQLAlchemyError."""
        if self._direct is None:
            self._direct = Direct(self._engine.connect())
        _say(self._direct, "BEGIN IMMEDIATE")
        return self._direct

    def hang_up(self) -> None:
        """Close the connection; the next transaction opens another."""
        direct, self._direct = self._direct, None
        if direct is not None:
            direct.close()
        self._engine.dispose()


class _Opened(Transaction):
    """A transaction; it begins with its first go."""

    def __init__(self, thread: SqliteThread) -> None:
        self._thread = thread
        self._direct: Direct | None = None
        self.committed = False

    async def run(self, go: Go[T], *, last: bool = False) -> T:
        """See Transaction."""
        return await self._thread.do(lambda: self._run(go, last))

    # --- in the thread ---

    def commit(self) -> None:
        """All of it is on the disk when this returns. Raises SQLAlchemyError."""
        if self._direct is not None:
            _say(self._direct, "COMMIT")
        self.committed = True

    def undo(self) -> None:
        """What was not committed never happened."""
        if self._direct is not None and self._direct.driver.in_transaction:
            try:
                _say(self._direct, "ROLLBACK")
            except OperationalError:
                self._thread.hang_up()

    def _run(self, go: Go[T], last: bool) -> T:
        if self._direct is None:
            self._direct = self._thread.begin()
        answer = _without_waiting(go(self._direct))
        if last:
            self.commit()
        return answer


def _say(direct: Direct, what: str) -> None:
    try:
        direct.driver.execute(what)
    except sqlite3.Error as error:
        raise OperationalError(what, None, error) from error


def _without_waiting(going: Awaitable[T]) -> T:
    """The value of a coroutine that waits for nothing."""
    steps = going.__await__()
    try:
        next(steps)
    except StopIteration as end:
        value: T = end.value
        return value
    raise RuntimeError("a transaction waits for something else than its statements")
