"""Makes a backup: while a server runs or not, wholly or not at all.

Decides the order: the database of one moment first, then the files that its rows name, each held by a link of its own,
so that what the server removes meanwhile stays until it is copied. A file that is gone before it could be held was
removed after that moment: another moment is tried. What a killed backup leaves behind is removed by the next one.
"""

import gzip
import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from presence_desktop import __version__
from presence_desktop.server.stores import folder
from presence_desktop.server.stores.backups import manifest as words
from presence_desktop.server.stores.backups import snapshot
from presence_desktop.server.stores.backups.manifest import Manifest, Part
from presence_desktop.server.stores.files import RESERVE, made, synced

_WORK = ".backup"
_LOCK = ".backup.lock"
_TRIES = 3
_CHUNK = 1 << 20
_QUICK = 3
"""How hard the database is packed: three times as fast as the default, a tenth larger."""


class Source(Struct, frozen=True):
    """Where what is saved lies, and the folder of the server's own backups.

    `database` is None where the rows are not in a file of SQLite's.
    """

    database: Path | None
    files: Path
    key: Path
    settings: Path
    tls: Path
    own: Path


class _Held(Struct, frozen=True):
    """The database of one moment with the files of that moment: where they can be read, by part."""

    wanted: snapshot.Wanted
    files: dict[str, Path]
    missing: tuple[str, ...]


def write(source: Source, target: Path, *, made_at: int) -> Manifest:
    """Make a backup in the file `target`, readable by this user alone; what is in it. In the folder `source.own`, what
    killed ones have left is removed.

    Raises StoreUnavailable (the database), FolderUnusable (the disk), FolderInUse (another backup is being made).
    """
    part = target.with_name(f".{target.name}.part")
    try:
        made(target.parent)
        with _alone(made(source.files)) as work:
            try:
                if target.parent == source.own:
                    _tidy(source.own)
                _make_sure_of(work, _size(source.database))
                held = _hold(source, work)
                _make_sure_of(target.parent, _size(source.database, *held.files.values()))
                manifest = _written(source, held, work, part, made_at)
                part.replace(target)
                synced(target.parent)
            finally:
                part.unlink(missing_ok=True)
    except OSError as error:
        raise folder.FolderUnusable(f"{error.filename or target}: {error.strerror or error}") from error
    return manifest


@contextmanager
def _alone(files: Path) -> Iterator[Path]:
    """A folder to work in, beside the files; one backup at a time. Raises FolderInUse."""
    work = files / _WORK
    with folder.locked(files, _LOCK, "another backup is being made"):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _make_sure_of(place: Path, size: int) -> None:
    """See that so much fits, and leaves the server some. Raises FolderUnusable."""
    free = shutil.disk_usage(place).free
    if free < size + RESERVE:
        raise folder.FolderUnusable(f"{place}: {free} bytes are free, a backup of {size} does not fit")


def _size(*paths: Path | None) -> int:
    return sum(path.stat().st_size for path in paths if path is not None and path.exists())


def _tidy(own: Path) -> None:
    for left in own.glob(".*.part"):
        left.unlink()


def _hold(source: Source, work: Path) -> _Held:
    missing: Sequence[str] = ()
    for _ in range(_TRIES):
        before = missing
        wanted = snapshot.Wanted(None, {}, tuple(_all_files(source.files)))
        if source.database is not None:
            copied = work / words.DATABASE
            copied.unlink(missing_ok=True)
            snapshot.copy(source.database, copied)
            wanted = snapshot.look(copied)
        files = {name: _linked(source.files / name, work) for name in wanted.files}
        missing = [name for name, path in files.items() if not path.exists()]
        if missing == before or not missing:
            break
    for name in missing:
        del files[name]
    return _Held(wanted, files, tuple(missing))


def _all_files(files: Path) -> Iterator[str]:
    """All files that are whole, where no rows say which of them count."""
    for path in sorted(files.glob("*/**/*")):
        name = path.relative_to(files).as_posix()
        if path.is_file() and words.is_part(f"{words.FILES}/{name}"):
            yield name


def _linked(path: Path, work: Path) -> Path:
    """Where the file can be read even if it is removed meanwhile; where links cannot be made, the file itself."""
    link = work / path.name
    with suppress(FileExistsError, OSError):
        os.link(path, link)
    return link if link.exists() else path


def _written(source: Source, held: _Held, work: Path, target: Path, made_at: int) -> Manifest:
    with _new_file(target) as file:
        tar = _Writer(file, made_at)
        if source.database is not None:
            tar.add_packed(words.DATABASE, work / words.DATABASE, work)
        for name, path in _settings(source):
            tar.add(name, path)
        for name, path in held.files.items():
            tar.add(f"{words.FILES}/{name}", path)
        manifest = Manifest(
            format=words.FORMAT,
            version=__version__,
            made_at=made_at,
            schema=held.wanted.schema,
            rows=held.wanted.rows,
            missing=held.missing,
            parts=tuple(tar.parts),
        )
        tar.seal(words.written(manifest))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _settings(source: Source) -> Iterator[tuple[str, Path]]:
    found = [(words.SETTINGS, source.settings), (words.KEY, source.key)]
    found += [(f"{words.TLS}/{path.name}", path) for path in sorted(source.tls.glob("*"))]
    return ((name, path) for name, path in found if path.is_file() and words.is_part(name))


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


class _Writer:
    """A tar file, part by part."""

    def __init__(self, file: IO[bytes], made_at: int) -> None:
        self.parts: list[Part] = []
        self._file = file
        self._moment = made_at // 1000

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as content:
            size = os.fstat(content.fileno()).st_size
            hashing = _Hashing(content)
            self._put(name, size, hashing)
        self.parts.append(Part(name=name, size=size, sha256=hashing.digest.hexdigest()))

    def add_packed(self, name: str, path: Path, work: Path) -> None:
        packed = work / (name + words.PACKED)
        with path.open("rb") as content, gzip.open(packed, "wb", compresslevel=_QUICK) as into:
            hashing = _Hashing(content)
            shutil.copyfileobj(hashing, into, _CHUNK)
        self.parts.append(Part(name=name, size=path.stat().st_size, sha256=hashing.digest.hexdigest()))
        path.unlink()
        with packed.open("rb") as content:
            self._put(name + words.PACKED, packed.stat().st_size, content)
        packed.unlink()

    def seal(self, manifest: bytes) -> None:
        for name, content in (
            (words.MANIFEST, manifest),
            (words.SEAL, hashlib.sha256(manifest).hexdigest().encode()),
        ):
            self._put(name, len(content), io.BytesIO(content))
        self._file.write(bytes(2 * tarfile.BLOCKSIZE))

    def _put(self, name: str, size: int, content: "IO[bytes] | _Hashing") -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, self._moment
        self._file.write(info.tobuf(tarfile.GNU_FORMAT))
        left = size
        while left:
            block = content.read(min(_CHUNK, left))
            if not block:
                raise OSError(f"{name} became shorter while it was read")
            self._file.write(block)
            left -= len(block)
        self._file.write(bytes(-size % tarfile.BLOCKSIZE))


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block
