"""How many bytes the database, the files and the backups take on the disk, and how many are free."""

import asyncio
import os
import shutil
from pathlib import Path

from presence_desktop.protocol.admin_rest import DiskUse
from presence_desktop.server.services.upkeep.overview import Places


async def disk_use(places: Places) -> DiskUse:
    """Measure, in a thread. What is not there yet takes nothing."""
    return await asyncio.to_thread(_measure, places)


def _measure(places: Places) -> DiskUse:
    return DiskUse(
        database=_database(places.database) if places.database else None,
        files=_folder(places.files),
        backups=_folder(places.backups),
        free=_free(places.files),
    )


def _database(path: Path) -> int:
    """With what SQLite keeps beside it."""
    return sum(_size(path.with_name(path.name + more)) for more in ("", "-wal", "-shm"))


def _folder(path: Path) -> int:
    return sum(_size(Path(where) / name) for where, _, names in os.walk(path) for name in names)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it went while it was looked for
        return 0


def _free(path: Path) -> int | None:
    while not path.exists() and path != path.parent:
        path = path.parent
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return None
