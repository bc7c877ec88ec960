"""The bytes of uploads, in a folder: pieces are appended to `<id>.part`; a complete file is `<id>`, its thumbnail
`<id>.thumb`.

Decides names, and that what the disk refuses leaves everything as it was. Paths are made of UUIDs only, never of what
somebody called a file. Several servers may share the folder.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.files.ports import FileFolder
from presence_desktop.server.services.ports import StoreUnavailable

RESERVE = 64_000_000
"""Bytes that uploads leave free on the disk: the database lies there too."""
_PART, _THUMBNAIL = ".part", ".thumb"


class FilesOnDisk(FileFolder):
    """See `services.files.ports.FileFolder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make_sure_of(self, size: int) -> None:
        """See FileFolder."""
        with refusing(self._folder):
            free = shutil.disk_usage(made(self._folder)).free
        if free < size + RESERVE:
            raise StoreUnavailable(f"{self._folder}: {free} bytes are free, an upload of {size} does not fit")

    def received(self, file_id: UUID) -> int:
        """See FileFolder."""
        for path in (self._part(file_id), self.whole(file_id)):
            with suppress(FileNotFoundError), refusing(path):
                return path.stat().st_size
        return 0

    def append(self, file_id: UUID, offset: int, data: bytes) -> None:
        """See FileFolder. The file is opened anew each time: nobody writes into what has been settled meanwhile."""
        part = self._part(file_id)
        with refusing(part):
            made(part.parent)
            if offset == 0 and not self.whole(file_id).exists():
                part.touch()
            try:
                file = part.open("r+b", buffering=0)
            except FileNotFoundError:
                raise Refused(Code.WRONG_OFFSET) from None
            with file:
                if file.seek(0, os.SEEK_END) != offset:
                    raise Refused(Code.WRONG_OFFSET)
                try:
                    _write(file.write, data)
                except OSError:
                    file.truncate(offset)
                    raise

    def source(self, file_id: UUID) -> Path:
        """See FileFolder."""
        part = self._part(file_id)
        return part if part.exists() else self.whole(file_id)

    def settle(self, file_id: UUID, thumbnail: bytes | None) -> None:
        """See FileFolder. Once more does no harm."""
        whole = self.whole(file_id)
        with refusing(whole):
            if thumbnail is not None:
                replaced(self.thumbnail(file_id), thumbnail)
            with suppress(FileNotFoundError):
                synced(self._part(file_id))
                self._part(file_id).replace(whole)
            synced(whole.parent)
            synced(self._folder)

    def whole(self, file_id: UUID) -> Path:
        """See FileFolder."""
        return self._folder / file_id.hex[:2] / str(file_id)

    def thumbnail(self, file_id: UUID) -> Path:
        """See FileFolder."""
        return self.whole(file_id).with_suffix(_THUMBNAIL)

    def remove(self, file_id: UUID) -> None:
        """See FileFolder."""
        for path in (self._part(file_id), self.thumbnail(file_id), self.whole(file_id)):
            with refusing(path):
                path.unlink(missing_ok=True)

    def ids(self) -> Sequence[UUID]:
        """See FileFolder."""
        with refusing(self._folder):
            names = [path.name.partition(".")[0] for path in self._folder.glob("??/*") if path.is_file()]
        return [UUID(name) for name in sorted(set(names)) if _is_id(name)]

    def _part(self, file_id: UUID) -> Path:
        return self.whole(file_id).with_suffix(_PART)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """What the disk refuses here is StoreUnavailable; that something is not there is told as it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreUnavailable(f"{path.name}: {error.strerror}") from error


def made(folder: Path) -> Path:
    """The folder, made for this user alone if it was not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def replaced(path: Path, content: bytes) -> None:
    """Put a small file there, wholly or not at all."""
    made(path.parent)
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def synced(path: Path) -> None:
    """Wait until it is on the disk; on Windows nobody can wait for a folder."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(write: Callable[[memoryview], int | None], data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[write(left) or 0 :]


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
