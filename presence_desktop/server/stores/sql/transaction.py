"""Durable transactions whose statements come in goes, so that all of one go can be run in another thread.

`sqlite_thread` does that; a database on the other side of a socket is asked statement by statement anyway (`Through`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol, TypeVar

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")


E = TypeVar("E", bound=Executable)


def made_once(statement: E) -> E:
    """A statement of a module, run with different parameters: how it is run may be remembered."""
    return statement.execution_options(made_once=True)


def is_made_once(statement: Executable) -> bool:
    """Whether it is one of `made_once`."""
    return bool(statement.get_execution_options().get("made_once"))


class Rows(Protocol):
    """What a statement found; a `CursorResult` is one."""

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""
        ...

    def all(self) -> Sequence[Any]:
        """All rows."""
        ...

    def scalar_one(self) -> Any:
        """The one value of the one row."""
        ...


class Statements(Protocol):
    """What a statement is given to; an `AsyncConnection` is one."""

    async def execute(self, statement: Executable, parameters: Any = None, /) -> Rows:
        """Run a statement; all that it found is there when this returns."""
        ...


Go = Callable[[Statements], Awaitable[T]]
"""Some statements one after the other. It may wait for nothing but them."""


class Transaction(Protocol):
    """An open transaction."""

    async def run(self, go: Go[T], *, last: bool = False) -> T:
        """Run some statements in it; after the `last` ones it may be committed at once."""
        ...


class Transactions(Protocol):
    """Durable transactions on one database."""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Around a writing transaction beside these: while only one can be open, they take turns."""
        ...

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

    def turn(self) -> AbstractAsyncContextManager[None]:
        """See Transactions. The database lets many write at once."""
        return nullcontext()

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

    async def run(self, go: Go[T], *, last: bool = False) -> T:
        """See Transaction."""
        return await go(self._connection)
