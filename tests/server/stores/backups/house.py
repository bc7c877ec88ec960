"""A data folder with people, messages, files, a key and settings, for the tests of backups; and how it looks."""

import asyncio
import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import UUID

from presence_desktop.server.stores.backups.writing import Source
from tests.fakes.ready_database import ready_sqlite

FILE, PICTURE, BEGUN = (str(UUID(int=number)) for number in (1, 2, 3))
AVATAR = "0" * 32 + ".png"


def house(folder: Path) -> Source:
    """A data folder with a bit of everything."""
    folder.mkdir()
    with ThreadPoolExecutor(1) as apart:  # there may be a loop running here
        apart.submit(asyncio.run, ready_sqlite(folder).close()).result()
    with closing(sqlite3.connect(folder / "presence.db")) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute(
            "INSERT INTO users (email, username, password_hash, avatar, created_at, changed_at) "
            "VALUES ('a@b.org', '앤', 'x', ?, 1, 1)",
            (f"/api/avatars/{AVATAR}",),
        )
        for number, (name, thumbnail, complete) in enumerate(
            ((FILE, False, 5), (PICTURE, True, 5), (BEGUN, False, None))
        ):
            database.execute(
                "INSERT INTO files (id, owner_id, name, media_type, size, has_thumbnail, begun_at, complete_at) "
                "VALUES (?, 1, ?, 'text/plain', 9, ?, 1, ?)",
                (name, f"{number}.txt", thumbnail, complete),
            )
    files = folder / "files"
    for name, content in (
        (f"uploads/00/{FILE}", b"a" * 100_000),
        (f"uploads/00/{PICTURE}", b"picture"),
        (f"uploads/00/{PICTURE}.thumb", b"small"),
        (f"uploads/00/{BEGUN}.part", b"half"),
        (f"uploads/00/{UUID(int=9)}", b"in no row"),
        (f"avatars/{AVATAR}", b"face"),
    ):
        put(files / name, content)
    put(folder / "secret.key", b"k" * 43 + b"\n")
    put(folder / "server.toml", b"idle_seconds = 60\n")
    put(folder / "tls" / "key.pem", b"private")
    return source(folder)


def source(folder: Path) -> Source:
    """What a backup of such a folder is made from."""
    return Source(
        folder / "presence.db",
        folder / "files",
        folder / "secret.key",
        folder / "server.toml",
        folder / "tls",
        folder / "backups",
    )


def put(path: Path, content: bytes) -> None:
    """A file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def write(folder: Path, statement: str, *values: object) -> None:
    """Change the database of a data folder."""
    with closing(sqlite3.connect(folder / "presence.db")) as database, database:
        database.execute(statement, values)


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    """All rows of a table."""
    with closing(sqlite3.connect(path / "presence.db")) as database:
        return list(database.execute(f"SELECT * FROM {table}"))


def look(folder: Path) -> dict[str, str]:
    """Every file in a folder by name, with the hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("server.lock", ".backup.lock")
    }
