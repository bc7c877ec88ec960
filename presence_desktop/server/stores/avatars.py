"""Avatars, in a folder: small pictures under random names.

Decides where they lie; what they look like is `services.files.images`', whose they are is in the table of accounts.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from presence_desktop.server.services.files.ports import AvatarFolder
from presence_desktop.server.stores.files import refusing, replaced


class AvatarsOnDisk(AvatarFolder):
    """See `services.files.ports.AvatarFolder`. Names are checked by who asks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, picture: bytes) -> None:
        """See AvatarFolder."""
        with refusing(self._folder):
            replaced(self._folder / name, picture)

    def find(self, name: str) -> Path | None:
        """See AvatarFolder."""
        path = self._folder / name
        return path if path.is_file() else None

    def remove(self, name: str) -> None:
        """See AvatarFolder."""
        with refusing(self._folder):
            (self._folder / name).unlink(missing_ok=True)

    def names(self, *, before: int) -> Sequence[str]:
        """See AvatarFolder."""
        old = []
        with refusing(self._folder):
            for path in self._folder.glob("*"):
                with suppress(FileNotFoundError):  # another server was first
                    if path.stat().st_mtime_ns // 1_000_000 < before:
                        old.append(path.name)
        return old
