"""The data folder: made private, locked so that two servers never share one, with the key that signs tokens.

Decides where these files lie and who may read them. What is in the database is `stores.sql`'s business.
"""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_KEY_BYTES = 32
_LOCK = "server.lock"


class FolderUnusable(Exception):
    """The data folder cannot be made or written; the text says why."""


class FolderInUse(Exception):
    """Another server works in this data folder."""


def prepare(folder: Path) -> None:
    """Make the folder, for this user alone, and see that it can be written. Raises FolderUnusable."""
    os.umask(0o077)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise FolderUnusable(f"{folder}: {error.strerror}") from None


@contextmanager
def locked(
    folder: Path, name: str = _LOCK, because: str = "another server is running on it"
) -> Iterator[None]:
    """Hold the folder for one server; the system lets go of it however the process ends. Raises FolderInUse."""
    with (folder / name).open("a+") as file:
        if not _lock(file):
            raise FolderInUse(f"{folder}: {because}")
        yield


def was_used(folder: Path) -> bool:
    """Whether a server has ever worked in this folder."""
    return (folder / _LOCK).exists()


def key(path: Path) -> bytes:
    """The key that signs tokens, made at the first start. Raises FolderUnusable."""
    try:
        with suppress(FileExistsError):
            _make_key(path)
        content = path.read_bytes().strip()
    except OSError as error:
        raise FolderUnusable(f"{path}: {error.strerror}") from None
    if len(content) < _KEY_BYTES:
        raise FolderUnusable(f"{path}: the key is too short; remove the file and everybody signs in again")
    return content


def _make_key(path: Path) -> None:
    if path.exists():
        return
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")  # servers in containers share process ids
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(_KEY_BYTES) + "\n")
        os.link(fresh, path) if hasattr(os, "link") else fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
