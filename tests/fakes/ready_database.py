"""SQLite databases with all tables, made once and copied, for tests that need many of them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.database import Database


def ready_sqlite(folder: Path) -> Database:
    """An open database with nothing in its tables, in this folder."""
    path = folder / "presence.db"
    path.write_bytes(_bare())
    return Database(f"sqlite:///{path}")


@cache
def _bare() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bare.db"
        with ThreadPoolExecutor(1) as apart:  # there may be a loop running here
            apart.submit(asyncio.run, _made(path)).result()
        return path.read_bytes()


async def _made(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    try:
        await schema.migrate(database)
    finally:
        await database.close()
