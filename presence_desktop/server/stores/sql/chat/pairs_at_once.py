"""Fills the index of pairs of a MySQL or MariaDB from all messages at once, many times faster than message by message.

The pairs are sorted in a file on the disk first: a database server writes what comes in the order of its key from front
to back, and anything else all over the place. The second index of the table is made once all rows are in.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.schema import CreateIndex, DropIndex

from presence_desktop.server.domain.searching import pairs
from presence_desktop.server.stores.sql.chat.tables import message_grams as grams
from presence_desktop.server.stores.sql.database import Database

_AT_ONCE = 50_000


class PairsAtOnce:
    """Takes texts by the numbers of their messages (`add`), then writes what they hold (`write`)."""

    def __init__(self, scratch: Path) -> None:
        """`scratch` is a file that is made here; `close` removes it."""
        self._path = scratch
        scratch.unlink(missing_ok=True)
        self._heap = sqlite3.connect(scratch, isolation_level=None)
        for setting in ("journal_mode=OFF", "synchronous=OFF"):
            self._heap.execute(f"PRAGMA {setting}")
        self._heap.execute("CREATE TABLE pairs (gram TEXT, number INTEGER)")

    def add(self, texts: Mapping[int, str]) -> None:
        """The texts of some messages."""
        self._heap.execute("BEGIN")
        self._heap.executemany(
            "INSERT INTO pairs VALUES (?, ?)",
            ((pair, number) for number, text in texts.items() for pair in pairs(text)),
        )
        self._heap.execute("COMMIT")

    async def write(self, target: Database) -> None:
        """Fill the empty index of this database."""
        (by_number,) = grams.indexes
        async with target.writing() as connection:
            await connection.execute(DropIndex(by_number))
        found = self._heap.execute("SELECT gram, number FROM pairs ORDER BY gram, number")
        while rows := found.fetchmany(_AT_ONCE):
            async with target.writing() as connection:
                await connection.execute(
                    insert(grams), [{"gram": gram, "number": number} for gram, number in rows]
                )
        async with target.writing() as connection:
            await connection.execute(CreateIndex(by_number))

    def close(self) -> None:
        """It is not needed any more."""
        self._heap.close()
        self._path.unlink(missing_ok=True)
