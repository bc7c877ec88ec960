"""The part of the shelf that holds what came from one server: two servers may give their files the same names."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from presence_desktop.disk.shelf import ArrivingFile, PictureShelf


class OwnShelf:
    """One per account (`net.shelf.Shelf`); the room on the shelf is shared with the others."""

    def __init__(self, shelf: PictureShelf, server: Callable[[], str], outgoing: Path | None = None) -> None:
        """`server` gives the base URL of the server whose files these are; in the folder `outgoing` lie pictures that
        the app made files of, to send them.
        """
        self._shelf, self._server, self._outgoing = shelf, server, outgoing

    def use(self, shelf: PictureShelf) -> None:
        """From now on keep everything on this shelf."""
        self._shelf = shelf

    def find(self, name: str) -> Path | None:
        """See `net.shelf.Shelf`."""
        return self._shelf.find(self._own(name))

    def remove(self, name: str) -> None:
        """See `net.shelf.Shelf`."""
        self._shelf.remove(self._own(name))

    def remove_sent(self, path: str) -> None:
        """See `net.shelf.Shelf`."""
        if self._outgoing is not None and Path(path).parent == self._outgoing:
            with suppress(OSError):
                Path(path).unlink(missing_ok=True)

    def forget(self, server: str) -> None:
        """Nothing that came from this server stays."""
        for name in self._shelf.begins_with(_mark(server)):
            self._shelf.remove(name)

    def arriving(self, name: str) -> ArrivingFile:
        """See `net.shelf.Shelf`."""
        return self._shelf.arriving(self._own(name))

    def arriving_at(self, path: Path) -> ArrivingFile:
        """See `net.shelf.Shelf`."""
        return self._shelf.arriving_at(path)

    def _own(self, name: str) -> str:
        return f"{_mark(self._server())}{name}"


def _mark(server: str) -> str:
    return f"{hashlib.sha256(server.encode()).hexdigest()[:12]}-"
