"""What downloads need of the disk: a place to write what arrives, and a shelf for what can be had again.

Only shapes; `disk.shelf` brings them, `app` joins them.
"""

import errno
from pathlib import Path
from typing import Protocol


class Arriving(Protocol):
    """A file on its way: nobody sees it before `finish`. All but `drop` raise `OSError`."""

    @property
    def size(self) -> int:
        """The bytes written so far."""
        ...

    def write(self, data: bytes) -> None:
        """More of it."""
        ...

    def restart(self) -> None:
        """Forget what was written."""
        ...

    def finish(self) -> Path:
        """It is whole: put it in its place, in place of what was there. Where that is."""
        ...

    def drop(self) -> None:
        """Nothing comes of it: leave no trace. After `finish` nothing happens."""
        ...


class Shelf(Protocol):
    """Keeps files by name, the most recently used ones. From any thread."""

    def find(self, name: str) -> Path | None:
        """Where this file is; None: it is not (any more) here."""
        ...

    def remove(self, name: str) -> None:
        """This file goes, if it is here."""
        ...

    def remove_sent(self, path: str) -> None:
        """A file that was sent from this computer is wanted no more: it goes if the app had made it."""
        ...

    def arriving(self, name: str) -> Arriving:
        """A file to be put on the shelf. Raises `OSError`."""
        ...

    def arriving_at(self, path: Path) -> Arriving:
        """A file to be put anywhere else. Raises `OSError`."""
        ...


class NoShelf:
    """Where nothing can be kept."""

    def find(self, name: str) -> Path | None:
        """Nothing is here."""
        return None

    def remove(self, name: str) -> None:
        """Nothing is here."""

    def remove_sent(self, path: str) -> None:
        """The app makes no files."""

    def arriving(self, name: str) -> Arriving:
        """Raises `OSError`."""
        raise OSError(errno.EROFS, "there is no shelf")

    def arriving_at(self, path: Path) -> Arriving:
        """Raises `OSError`."""
        raise OSError(errno.EROFS, "there is no shelf")
