"""Statements on SQLite's driver itself: one made once (`transaction.made_once`) is compiled once and then costs what
SQLite takes for it. All others go the usual way.

SQLAlchemy's way from a statement to its rows costs several times what SQLite takes to answer, and a message is six.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ClauseElement, Connection, Executable
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.sql.compiler import SQLCompiler

from presence_desktop.server.stores.sql.transaction import Rows, is_made_once


class Direct:
    """Runs each statement on the spot, on one connection, in whatever transaction is open there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        self._compiled: dict[int, tuple[Executable, _Compiled]] = {}
        """By the identity of a statement, which is kept too so that no other takes its place."""

    async def execute(self, statement: Executable, parameters: Any = None, /) -> Rows:
        """See Statements. Raises DBAPIError."""
        known = self._compiled.get(id(statement))
        if known is None and is_made_once(statement):
            known = statement, _Compiled(statement, self._connection.dialect, parameters)
            self._compiled[id(statement)] = known
        if known is None:
            return self._connection.execute(statement, parameters)
        compiled = known[1]
        try:
            return compiled.run(self.driver, parameters)
        except sqlite3.Error as error:
            kind = IntegrityError if isinstance(error, sqlite3.IntegrityError) else OperationalError
            raise kind(compiled.sql, None, error, hide_parameters=True) from error

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class _Found:
    """What a statement found."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> Sequence[Any]:
        return self._rows

    def scalar_one(self) -> Any:
        ((value,),) = self._rows
        return value


_NOTHING = _Found([])


class _Compiled:
    """A statement as SQLite is given it. A list of values ("expanding") is written out at each run."""

    def __init__(self, statement: Executable, dialect: Dialect, parameters: Any) -> None:
        many = isinstance(parameters, Sequence)
        keys = list((parameters[0] if many else parameters) or ())
        made = cast(ClauseElement, statement).compile(dialect=dialect, column_keys=keys, for_executemany=many)
        compiled = cast(SQLCompiler, made)
        self.sql = compiled.string
        self._names: Sequence[str] = compiled.positiontup or ()
        self._lists = [name for name in self._names if f"__[POSTCOMPILE_{name}]" in self.sql]
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._written_out: dict[tuple[int, ...], str] = {(): self.sql}
        """By how many values each list has."""
        self._row: Any = None

    def run(self, driver: sqlite3.Connection, parameters: Any) -> _Found:
        """Run it. Raises sqlite3.Error."""
        if isinstance(parameters, Sequence):
            driver.executemany(self.sql, map(self._values, parameters))
            return _NOTHING
        given = dict(parameters or {})
        for name in self._lists:
            given[name] = _evenly(given[name])
        cursor = driver.execute(self._text(given), self._values(given))
        if cursor.description is None:
            return _NOTHING
        if self._row is None:
            names = [column[0] for column in cursor.description]
            self._row = _row_type(names)
        return _Found(list(map(self._row._make, cursor)))

    def _values(self, given: Mapping[str, Any]) -> list[Any]:
        if self._fixed:
            given = {**self._fixed, **given}
        if not self._lists:
            return [given[name] for name in self._names]
        values: list[Any] = []
        for name in self._names:
            if name in self._lists:
                values += given[name]
            else:
                values.append(given[name])
        return values

    def _text(self, given: Mapping[str, Any]) -> str:
        counts = tuple(len(given[name]) for name in self._lists)
        text = self._written_out.get(counts)
        if text is None:
            text = self.sql
            for name, count in zip(self._lists, counts, strict=True):
                text = text.replace(f"__[POSTCOMPILE_{name}]", ", ".join("?" * count))
            self._written_out[counts] = text
        return text


def _row_type(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)


def _evenly(values: Sequence[Any]) -> Sequence[Any]:
    """As many as a power of two, the last one repeated: few different statements, which SQLite keeps prepared."""
    if len(values) == 1:
        return values
    wanted = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (wanted - len(values))]
