"""The part of the shelf that holds what came from one server: two servers may give their files the same names."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from presence_desktop.disk.shelf import ArrivingFile, PictureShelf


class OwnShelf:
    """One per account (`net.shelf.Shelf`); the room on the shelf is shared with the others."""

    def __init__(self, shelf: PictureShelf, server: Callable[[], str]) -> None:
        """`server` gives the base URL of the server whose files these are."""
        self._shelf, self._server = shelf, server

    def use(self, shelf: PictureShelf) -> None:
        """From now on keep everything on this shelf."""
        self._shelf = shelf

    def find(self, name: str) -> Path | None:
        """See `net.shelf.Shelf`."""
        return self._shelf.find(self._own(name))

    def arriving(self, name: str) -> ArrivingFile:
        """See `net.shelf.Shelf`."""
        return self._shelf.arriving(self._own(name))

    def arriving_at(self, path: Path) -> ArrivingFile:
        """See `net.shelf.Shelf`."""
        return self._shelf.arriving_at(path)

    def _own(self, name: str) -> str:
        return f"{hashlib.sha256(self._server().encode()).hexdigest()[:12]}-{name}"
