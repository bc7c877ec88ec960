"""The database of one moment, copied from under a running server, and what its rows say belongs to it.

SQLite copies within one reading transaction: writers go on meanwhile, and what they write is not in it. Decides which
files on the disk belong to a backup: those that the copied rows name.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from presence_desktop.server.services.ports import StoreUnavailable

AVATARS = "/api/avatars/"
_BUSY_SECONDS = 30.0
_LEAP = 1_000_000_000
"""More than has ever happened in a conversation."""


class Wanted(Struct, frozen=True):
    """What a database says: its schema, rows by table, and the files it names (`uploads/...`, `avatars/...`)."""

    schema: str | None
    rows: dict[str, int]
    files: tuple[str, ...]


def copy(database: Path, target: Path) -> None:
    """Copy the database of this moment to a file of its own. Raises StoreUnavailable."""
    try:
        with closing(_opened(database, "ro")) as source, closing(sqlite3.connect(target)) as to:
            source.backup(to)
            to.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{database}: {error}") from None


def look(database: Path) -> Wanted:
    """What a database that nobody writes says. Raises StoreUnavailable where it is none of ours, or damaged."""
    try:
        with closing(_opened(database, "ro")) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if sound != "ok":
                raise StoreUnavailable(f"{database.name}: {sound}")
            names = _tables(connection)
            rows = {name: _count(connection, name) for name in names}
            return Wanted(_schema(connection, names), rows, tuple(_files(connection, names)))
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{database.name}: {error}") from None


def leap(database: Path) -> None:
    """Let conversations count on from far ahead: clients that know what came after the backup notice that they do not
    know what happened, and load anew instead of mixing two pasts.
    """
    with closing(_opened(database, "rw")) as connection, connection:
        connection.execute(
            "UPDATE conversations SET last_change = last_change + ?1, version = version + ?1", (_LEAP,)
        )


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS)


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Ours: neither those of SQLite itself nor those of the index of texts, which are made of the others."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
        "AND name NOT LIKE 'message_texts%' AND name <> 'alembic_version' ORDER BY name"
    )
    return [name for (name,) in found]


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()  # noqa: S608 - names of our tables
    return int(count)


def _schema(connection: sqlite3.Connection, tables: list[str]) -> str | None:
    if not tables:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else None


def _files(connection: sqlite3.Connection, tables: list[str]) -> Iterator[str]:
    if "files" in tables:
        rows = connection.execute(
            "SELECT id, has_thumbnail FROM files WHERE complete_at IS NOT NULL ORDER BY id"
        )
        for name, thumbnail in rows:
            yield f"uploads/{name[:2]}/{name}"
            if thumbnail:
                yield f"uploads/{name[:2]}/{name}.thumb"
    if "users" in tables:
        rows = connection.execute(
            "SELECT DISTINCT avatar FROM users WHERE avatar LIKE ? ORDER BY avatar", (f"{AVATARS}%",)
        )
        for (avatar,) in rows:
            yield "avatars/" + avatar.removeprefix(AVATARS)
