"""One account's file of conversations: opened, mended, written in whole steps.

Decides what happens when the file cannot be used: a broken one is put aside (`....broken`), a new one takes its place,
and what waited in the outbox is saved as far as it can be read. A failed write undoes its whole step. Nothing is
raised to whoever asked. Which rows there are is `history`'s.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from presence_desktop.disk import history_schema
from presence_desktop.disk.checkpoints import BACKSTOP_PAGES, Checkpoints

logger = logging.getLogger(__name__)

BUSY_SECONDS = 0.25
"""Another program may hold the file for so long; the window waits for it."""
ENDS = ("", "-wal", "-shm")
"""A database is these files."""


class HistoryFile:
    """The file at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.failing = False
        """The last step that wrote was not kept."""
        self.torn = False
        """A step was not kept since the file was opened: what came after it builds on what is not there."""
        self.number = 0
        """Another one with each file that takes the place of a broken one."""
        self._connection: sqlite3.Connection | None = None
        self._checkpoints = Checkpoints(path)
        self._depth = 0
        self._undone = False

    def open(self) -> None:
        """Open it, or one in its place."""
        try:
            self._connection = _connected(self.path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _is_broken(error):
                self._fail(error)
            else:
                self._rebuild(error)
        except OSError as error:
            self._fail(error)

    def close(self) -> None:
        """All that was written is in the file."""
        self._checkpoints.join()
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """One step: kept as one or not at all."""
        self._depth += 1
        try:
            yield
        except BaseException:
            self._undone = True
            raise
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._end()

    def read(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that answer; none where the file cannot be read."""
        if self._connection is None:
            return []
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.Error as error:
            self._trouble(error)
            return []

    def write(self, statement: str, rows: Sequence[Sequence[object]] = ((),)) -> None:
        """Do this for each of the rows, within the step."""
        if self._connection is None or self._undone:
            return
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
            if self._depth == 0:
                self._connection.execute("COMMIT")
                self._kept()
        except sqlite3.Error as error:
            self._undo()
            self._trouble(error)

    # --- the end of a step ---

    def _end(self) -> None:
        undone, self._undone = self._undone, False
        connection = self._connection
        if connection is None or not connection.in_transaction:
            return
        if undone:
            self._undo()
            self._undone = False
            return
        try:
            connection.execute("COMMIT")
            self._kept()
        except sqlite3.Error as error:
            self._undo()
            self._undone = False
            self._trouble(error)

    def _kept(self) -> None:
        self.failing = False
        self._checkpoints.stepped()

    def _undo(self) -> None:
        self._undone = self._depth > 0
        self.torn = True
        if self._connection is not None and self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    # --- trouble ---

    def _trouble(self, error: sqlite3.Error) -> None:
        if _is_broken(error):
            self._rebuild(error)
        else:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if not self.failing:
            logger.warning("conversations are not kept: %s", error)
        self.failing = True

    def _rebuild(self, error: Exception) -> None:
        """Put the file aside and begin another one with what can be saved of its outbox."""
        self.close()
        aside = self.path.with_name(self.path.name + ".broken")
        logger.warning(
            "the conversations could not be read (%s); they were put aside as %s", error, aside.name
        )
        try:
            for end in ENDS:
                with suppress(FileNotFoundError):
                    os.replace(f"{self.path}{end}", f"{aside}{end}")
            self._connection = _connected(self.path)
        except (OSError, sqlite3.Error) as again:
            self._fail(again)
            return
        self.number += 1
        self.torn = self.failing = False
        saved = _saved(aside, self._connection)
        if saved:
            logger.warning("%d messages that wait to be sent were saved", saved)


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file, for its owner alone, and make sure that its tables are there. Raises OSError, sqlite3.Error."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with suppress(OSError):
        path.chmod(0o600)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {BACKSTOP_PAGES}")
        history_schema.prepare(connection)
        connection.execute("SELECT count(*) FROM unsent").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _saved(aside: Path, new: sqlite3.Connection) -> int:
    """Bring what waits in a broken file's outbox into a new one; how many messages that were."""
    saved = 0
    with suppress(sqlite3.Error), closing(sqlite3.connect(aside, isolation_level=None)) as old:
        for row in _readable(old, "SELECT id, conversation_id, number, body FROM unsent"):
            new.execute("INSERT OR REPLACE INTO unsent VALUES (?, ?, ?, ?)", row)
            saved += 1
        for row in _readable(old, "SELECT name, value FROM about"):
            new.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", row)
    return saved


def _readable(old: sqlite3.Connection, question: str) -> Iterator[tuple[Any, ...]]:
    """The rows up to the first that cannot be read."""
    with suppress(sqlite3.Error):
        yield from old.execute(question)


def _is_broken(error: sqlite3.Error) -> bool:
    """Whether it is the file, not the disk or another program."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return isinstance(error, history_schema.NewerFile)
