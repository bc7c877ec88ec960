"""Puts a restored folder in the place of what was there, so that a process killed in between leaves nothing half.

What is to be done is written down first; each step is a rename, and whoever finds the note does the steps that are left
(`settle`, before a command reads the settings). Where a step cannot be done (a folder that is a disk of its own, a file
that another program holds), those before it are undone. What is replaced is kept, in a folder with the moment in its
name.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from presence_desktop.server.stores import folder
from presence_desktop.server.stores.backups import manifest as words
from presence_desktop.server.stores.files import replaced, synced

STAGE = ".restore"
_NOTE = "restore.json"
_DATABASE = (words.DATABASE, f"{words.DATABASE}-wal", f"{words.DATABASE}-shm")
_REST = (words.FILES, words.KEY, words.SETTINGS, words.TLS)


def replaces(data_dir: Path, *, database: bool) -> Sequence[str]:
    """What a restore would replace here, by name; without the rows where they are not in the backup."""
    return [name for name in _names(database=database) if (data_dir / name).exists()]


def swap(data_dir: Path, moment: str, *, database: bool) -> Path | None:
    """Put what lies in the folder `STAGE` in its place; where what was there is kept, None if nothing was.

    Raises `OSError`; then nothing was replaced.
    """
    names, keep = _names(database=database), f"replaced-{moment}"
    kept = data_dir / keep if replaces(data_dir, database=database) else None
    note = {"keep": keep, "names": {name: (data_dir / STAGE / name).exists() for name in names}}
    replaced(data_dir / _NOTE, json.dumps(note).encode())
    synced(data_dir)
    _carry_out(data_dir)
    return kept


def settle(data_dir: Path) -> None:
    """Finish a restore that was interrupted while it replaced things, or remove what one left that had not begun to.

    Raises FolderInUse while one still replaces, FolderUnusable where something cannot be replaced (it is undone then).
    """
    if not (data_dir / _NOTE).exists():
        _tidy(data_dir)
        return
    with folder.locked(data_dir, because="a backup is being restored into it"):
        try:
            _carry_out(data_dir)
        except OSError as error:
            raise folder.FolderUnusable(f"{error.filename}: {error.strerror}") from None


def _tidy(data_dir: Path) -> None:
    if not (data_dir / STAGE).exists():
        return
    with suppress(folder.FolderInUse), folder.locked(data_dir):
        if not (data_dir / _NOTE).exists():
            shutil.rmtree(data_dir / STAGE, ignore_errors=True)


def _carry_out(data_dir: Path) -> None:
    try:
        note = json.loads((data_dir / _NOTE).read_bytes())
    except FileNotFoundError:  # another process was first
        return
    stage, keep = data_dir / STAGE, data_dir / str(note["keep"])
    try:
        _replace(note["names"], data_dir, stage, keep)
    except OSError:
        _undo(note["names"], data_dir, stage, keep)
        _finish(data_dir, stage)
        raise
    _finish(data_dir, stage)


def _finish(data_dir: Path, stage: Path) -> None:
    synced(data_dir)
    (data_dir / _NOTE).unlink()
    synced(data_dir)
    shutil.rmtree(stage, ignore_errors=True)


def _replace(names: Mapping[str, bool], data_dir: Path, stage: Path, keep: Path) -> None:
    for name, brought in names.items():
        fresh, place = stage / name, data_dir / name
        if brought and not fresh.exists():
            continue  # it lies there already
        if place.exists():
            keep.mkdir(mode=0o700, exist_ok=True)
            place.rename(keep / name)
        if brought:
            fresh.rename(place)


def _undo(names: Mapping[str, bool], data_dir: Path, stage: Path, keep: Path) -> None:
    for name, brought in names.items():
        fresh, place = stage / name, data_dir / name
        if brought and not fresh.exists() and place.exists():
            place.rename(fresh)
        if (keep / name).exists():
            (keep / name).rename(place)
    with suppress(FileNotFoundError):
        keep.rmdir()


def _names(*, database: bool) -> Sequence[str]:
    return (*_DATABASE, *_REST) if database else _REST
