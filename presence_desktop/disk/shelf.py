"""A folder of pictures and files that can be had from the server again: thumbnails, avatars, what was looked at.

Decides how a file is written (beside its place, moved there when whole) and which ones go when they take up too much:
those used longest ago. What is fetched and when is decided elsewhere.
"""

import logging
import os
import threading
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

logger = logging.getLogger(__name__)

LIMIT_BYTES = 300_000_000
_PART = ".part"
_OWN = 0o600
_COMMON = 0o666
"""Of a file that a person saves: the umask decides."""


class ArrivingFile:
    """A file on its way (`net.shelf.Arriving`)."""

    def __init__(self, path: Path, shelf: "PictureShelf | None" = None) -> None:
        self._path = path
        self._shelf = shelf
        self._part = path.with_name(f".{uuid4().hex}{_PART}")
        mode = _COMMON if shelf is None else _OWN
        opened = os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
        self._file = os.fdopen(opened, "wb")
        self._size = 0
        self._over = False

    @property
    def size(self) -> int:
        """The bytes written so far."""
        return self._size

    def write(self, data: bytes) -> None:
        """More of it. Raises `OSError`."""
        self._file.write(data)
        self._size += len(data)

    def restart(self) -> None:
        """Forget what was written. Raises `OSError`."""
        self._file.seek(0)
        self._file.truncate()
        self._size = 0

    def finish(self) -> Path:
        """Put it in its place; where that is. Raises `OSError`."""
        self._file.close()
        self._part.replace(self._path)
        self._over = True
        if self._shelf is not None:
            self._shelf.trim(self._size)
        return self._path

    def drop(self) -> None:
        """Leave no trace, unless it is finished."""
        if self._over:
            return
        self._over = True
        with suppress(OSError):  # closing writes what is left, where the disk may be full
            self._file.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


class PictureShelf:
    """The folder (`net.shelf.Shelf`). Only its owner may look inside."""

    def __init__(self, folder: Path, limit: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit = limit
        self._lock = threading.Lock()
        self._taken: int | None = None

    def move(self, folder: Path) -> None:
        """From now on the files are kept there; those that are here stay."""
        with self._lock:
            self._folder, self._taken = folder, None

    def find(self, name: str) -> Path | None:
        """Where this file is; it counts as used now."""
        path = self._folder / name
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def remove(self, name: str) -> None:
        """This file goes, if it is here."""
        with suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)
        with self._lock:
            self._taken = None

    def remove_sent(self, path: str) -> None:
        """What was sent is kept elsewhere."""

    def begins_with(self, start: str) -> list[str]:
        """The names of the files here that begin so."""
        return [path.name for _, _, path in self._files() if path.name.startswith(start)]

    def arriving(self, name: str) -> ArrivingFile:
        """A file to be put on the shelf. Raises `OSError`."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return ArrivingFile(self._folder / name, self)

    def arriving_at(self, path: Path) -> ArrivingFile:
        """A file to be put anywhere else. Raises `OSError`."""
        return ArrivingFile(path)

    def tidy(self) -> None:
        """At the start of a run: what an earlier one left half written goes, and what is too much."""
        for path in self._folder.glob(f".*{_PART}"):
            with suppress(OSError):
                path.unlink()
        self.trim(0)

    def trim(self, added: int) -> None:
        """So many bytes were put on the shelf: make room, if there is too little, until a tenth is free again."""
        with self._lock:
            self._taken = (
                sum(size for _, size, _ in self._files()) if self._taken is None else self._taken + added
            )
            if self._taken > self._limit:
                self._taken = self._make_room()

    def _make_room(self) -> int:
        files = sorted(self._files(), key=lambda file: file[0])
        taken = sum(size for _, size, _ in files)
        for _, size, path in files[:-1]:  # never the newest: somebody is about to look at it
            if taken <= self._limit * 0.9:
                break
            with suppress(OSError):
                path.unlink()
                taken -= size
        return taken

    def _files(self) -> list[tuple[int, int, Path]]:
        """When each was used last, its size, its path."""
        found = []
        for path in self._folder.glob("[!.]*"):
            with suppress(OSError):
                told = path.stat()
                found.append((told.st_mtime_ns, told.st_size, path))
        return found
