"""Reads a backup, believing nothing: every name, size and checksum is compared before anything of it is used.

Decides what makes a file a backup. Only plain files of the names in `manifest` count: no links, no folders, no long
names, no other kind of entry. What is unpacked never gets larger than the manifest says.
"""

import hashlib
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from presence_desktop.server.stores import folder
from presence_desktop.server.stores.backups import manifest as words
from presence_desktop.server.stores.backups.manifest import BackupInvalid, Manifest, Part

_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 1 << 20
_MEMBERS = 4_000_000
_MANIFEST_BYTES = 1_000_000_000


class _Place(Struct, frozen=True):
    """Where the bytes of a member lie in the file."""

    offset: int
    size: int


class Archive:
    """A backup whose manifest holds. `opened` makes one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places = _places(file)
        self.manifest = _manifest(file, self._places)
        expected = {_stored_as(name) for name in self.manifest.names} | {words.MANIFEST, words.SEAL}
        if expected != set(self._places):
            raise BackupInvalid("the backup does not hold the parts that its manifest names")

    def verify(self) -> None:
        """Read all of it. Raises BackupInvalid at the first part that is not what the manifest says."""
        for part in self.manifest.parts:
            for _ in self.read(part):
                pass

    def read(self, part: Part) -> Iterator[bytes]:
        """A part, piece by piece; that it is wrong may be found only with the last one. Raises BackupInvalid."""
        place = self._places[_stored_as(part.name)]
        pieces = _bytes(self._file, place)
        if part.name == words.DATABASE:
            pieces = _unpacked(pieces, part.size)
        elif place.size != part.size:
            raise BackupInvalid(f"{part.name} has another size than the manifest says")
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
            yield piece
        if size != part.size or digest.hexdigest() != part.sha256:
            raise BackupInvalid(f"{part.name} was altered: its checksum does not hold")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup. Raises BackupInvalid, or FolderUnusable where the file cannot be read."""
    try:
        with path.open("rb") as file:
            archive = Archive(file)
            yield archive
    except OSError as error:
        raise folder.FolderUnusable(f"{error.filename or path}: {error.strerror or error}") from error


def _stored_as(name: str) -> str:
    return name + words.PACKED if name == words.DATABASE else name


def _places(file: IO[bytes]) -> dict[str, _Place]:
    size = file.seek(0, os.SEEK_END)
    found: dict[str, _Place] = {}
    at = 0
    while words.SEAL not in found:
        file.seek(at)
        name, length = _header(file.read(_BLOCK))
        if name in found or at + _BLOCK + length > size or len(found) >= _MEMBERS:
            raise BackupInvalid("the backup is cut short, or was altered")
        found[name] = _Place(at + _BLOCK, length)
        at += _BLOCK + -(-length // _BLOCK) * _BLOCK
    return found


def _header(block: bytes) -> tuple[str, int]:
    if not block.strip(b"\0"):
        raise BackupInvalid("the backup is cut short: its manifest is missing")
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError):
        raise BackupInvalid("the file is no backup, is cut short, or was altered") from None
    if info.type != tarfile.REGTYPE or info.size < 0:
        raise BackupInvalid("the backup holds something else than plain files")
    if info.name not in (words.MANIFEST, words.SEAL) and not _is_stored(info.name):
        raise BackupInvalid("the backup holds a file that belongs in none")
    return info.name, info.size


def _is_stored(name: str) -> bool:
    plain = name.removesuffix(words.PACKED)
    return words.is_part(plain) and _stored_as(plain) == name


def _manifest(file: IO[bytes], places: dict[str, _Place]) -> Manifest:
    place, seal = places.get(words.MANIFEST), places[words.SEAL]
    if place is None or place.size > _MANIFEST_BYTES or seal.size > _BLOCK:
        raise BackupInvalid("the backup has no manifest")
    content = b"".join(_bytes(file, place))
    if hashlib.sha256(content).hexdigest().encode() != b"".join(_bytes(file, seal)):
        raise BackupInvalid("the backup's manifest was altered: its checksum does not hold")
    return words.read(content)


def _bytes(file: IO[bytes], place: _Place) -> Iterator[bytes]:
    at, end = place.offset, place.offset + place.size
    while at < end:
        file.seek(at)
        piece = file.read(min(_CHUNK, end - at))
        if not piece:
            raise BackupInvalid("the backup is cut short")
        at += len(piece)
        yield piece


def _unpacked(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Unpack, but stop past `size`: something small may be made to unpack to something endless."""
    unpack = zlib.decompressobj(wbits=31)
    given = 0
    try:
        for piece in pieces:
            left = piece
            while left and not unpack.eof:
                out = unpack.decompress(left, _CHUNK)
                left = unpack.unconsumed_tail
                given += len(out)
                if given > size:
                    raise BackupInvalid("the database in the backup is larger than its manifest says")
                yield out
        yield unpack.flush()
    except zlib.error:
        raise BackupInvalid("the database in the backup was altered") from None
    if not unpack.eof:
        raise BackupInvalid("the database in the backup is cut short")
