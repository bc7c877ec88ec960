"""Restores a backup into a data folder that no server runs on.

Decides the order: all of the backup is verified, then unpacked beside what is there, then opened and migrated there,
and only then put in its place (`swap`). Whatever fails before that leaves the folder as it was.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores import folder
from presence_desktop.server.stores.backups import archive, snapshot, swap
from presence_desktop.server.stores.backups import manifest as words
from presence_desktop.server.stores.backups.manifest import BackupInvalid, Manifest
from presence_desktop.server.stores.files import synced
from presence_desktop.server.stores.sql.schema import REVISIONS, SchemaTooNew

_SPARE = 64_000_000
"""Bytes that are left free beside what is unpacked: migrating takes some."""


class Restored(Struct, frozen=True):
    """What was restored, and where what was there before is kept; None: nothing was there."""

    manifest: Manifest
    kept: Path | None


def restore(
    path: Path,
    data_dir: Path,
    *,
    moment: str,
    migrate: Callable[[Path], None],
    confirm: Callable[[Manifest, "list[str]"], None],
) -> Restored:
    """Restore the backup `path` into `data_dir`.

    `moment` names what is kept. `migrate` brings a database file up to date. `confirm` is told what would be replaced,
    once the backup is verified, and raises what it likes if that is not wanted.
    Raises BackupInvalid, SchemaTooNew, FolderInUse, FolderUnusable; then nothing was changed.
    """
    with archive.opened(path) as found:
        manifest = found.manifest
        if manifest.schema_ is not None and manifest.schema_ not in REVISIONS:
            raise SchemaTooNew(
                f"the backup is from a newer version ({manifest.version}, schema {manifest.schema_}, "
                f"known: {REVISIONS[-1]})"
            )
        _free_of_servers(data_dir)
        found.verify()
        folder.prepare(data_dir)
        swap.settle(data_dir)
        database = words.DATABASE in manifest.names
        with folder.locked(data_dir), _told():
            confirm(manifest, list(swap.replaces(data_dir, database=database)))
            stage = data_dir / swap.STAGE
            try:
                _unpack(found, stage)
                if database:
                    _prove(manifest, stage / words.DATABASE, migrate)
                _on_disk(stage)
            except BaseException:
                shutil.rmtree(stage, ignore_errors=True)
                raise
            return Restored(manifest, swap.swap(data_dir, _free(data_dir, moment), database=database))


def _free_of_servers(data_dir: Path) -> None:
    """Say so at once if a server works in the folder; verifying takes its time."""
    if folder.was_used(data_dir):
        with folder.locked(data_dir):
            pass


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise folder.FolderUnusable(f"{error.filename}: {error.strerror or error}") from error


def _unpack(found: archive.Archive, stage: Path) -> None:
    shutil.rmtree(stage, ignore_errors=True)
    (stage / words.FILES).mkdir(mode=0o700, parents=True)
    free = shutil.disk_usage(stage).free
    if free < found.manifest.size + _SPARE:
        raise folder.FolderUnusable(
            f"{stage.parent}: {free} bytes are free, the backup takes {found.manifest.size} and some more"
        )
    for part in found.manifest.parts:
        place = stage / part.name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.open("xb") as file:
            place.chmod(0o600)
            for piece in found.read(part):
                file.write(piece)


def _prove(manifest: Manifest, database: Path, migrate: Callable[[Path], None]) -> None:
    try:
        wanted = snapshot.look(database)
        if (wanted.schema, wanted.rows) != (manifest.schema_, manifest.rows):
            raise BackupInvalid("the database in the backup does not hold what the manifest says")
        migrate(database)
        snapshot.leap(database)
    except (StoreUnavailable, sqlite3.Error) as error:
        raise BackupInvalid(f"the database in the backup cannot be used: {error}") from None


def _on_disk(stage: Path) -> None:
    """Wait until all of it is on the disk."""
    if sys.platform == "linux":  # elsewhere the system promises no more than to begin with it
        os.sync()
        return
    for path in [*stage.rglob("*"), stage]:
        synced(path)


def _free(data_dir: Path, moment: str) -> str:
    """The moment, or with a number behind it, so that nothing kept before is touched."""
    names = [moment, *(f"{moment}-{number}" for number in range(2, 1000))]
    return next(name for name in names if not (data_dir / f"replaced-{name}").exists())
