"""Files on their way from the server: written as they come, resumed where the line broke, kept on a shelf if they can
be had again.

Decides how many come at once, how often one is tried and what is too large to be looked at. Where a file lies is
decided by the shelf, who may have it by the server.
"""

import hashlib
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import requests

from presence_desktop.core import incoming
from presence_desktop.net.errors import bad_answer
from presence_desktop.net.pace import Pace
from presence_desktop.net.shelf import Arriving, Shelf
from presence_desktop.net.tokens import Tokens
from presence_desktop.net.transfer_calls import TransferCalls
from presence_desktop.net.workers import Worker
from presence_desktop.protocol.errors import Code, Refused

logger = logging.getLogger(__name__)

CHUNK_BYTES = 65_536
TRIES = 3
"""So often in a row may the line break without a byte having come."""
PICTURES_AT_ONCE = 3
FILES_AT_ONCE = 2
PICTURE_BYTES = 4_000_000
"""No thumbnail and no avatar is larger."""

_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18})")

Post = Callable[[incoming.Incoming], None]


class _Unwanted(Exception):
    """Nobody wants the file any more."""


@dataclass(eq=False, slots=True)
class _Wanted:
    """A file that is being fetched."""

    path: str
    """On the server."""
    open: bool = False
    """Whether anybody may have it: no token is shown for it."""
    at_most: int | None = None
    moved: Callable[[int, int], None] | None = None
    unwanted: bool = False
    forgotten: bool = False
    """Nothing of it may stay."""
    etag: str | None = field(default=None, init=False)

    def check(self) -> None:
        """Raises `_Unwanted` when it is."""
        if self.unwanted:
            raise _Unwanted


class Downloads:
    """What is being fetched. Calls return at once; news comes from its own threads."""

    def __init__(self, tokens: Tokens, post: Post, shelf: Shelf) -> None:
        self._tokens = tokens
        self._post = post
        self._shelf = shelf
        self._pictures = Worker("pictures", hands=PICTURES_AT_ONCE)
        self._files = Worker("files", hands=FILES_AT_ONCE)
        self._lock = threading.Lock()
        self._running: dict[tuple[str, str | None], _Wanted] = {}

    def fetch(self, file: UUID, thumbnail: bool, path: str | None) -> None:
        """Fetch a file, or its thumbnail, onto the shelf or to `path` -> `FileMoved`, `FileArrived`, `FileFailed`."""
        name = f"{file}.thumbnail" if thumbnail else str(file)
        if (wanted := self._note(name, path, f"/api/files/{file}")) is None:
            return
        if thumbnail:
            wanted.path += "/thumbnail"
            wanted.at_most = PICTURE_BYTES
        else:
            wanted.moved = _moved(file, self._post)
        worker = self._pictures if thumbnail else self._files
        worker.do(lambda: self._fetch(file, thumbnail, name, path, wanted))

    def cancel(self, file: UUID) -> None:
        """Fetch this file no further, wherever it was to go. Nothing more is told of it."""
        with self._lock:
            for (name, _), wanted in self._running.items():
                if name == str(file):
                    wanted.unwanted = True

    def forget(self, file: UUID, path: str | None) -> None:
        """Nothing of this file stays on the shelf, nor is it fetched any further."""
        names = (str(file), f"{file}.thumbnail")
        with self._lock:
            for (name, where), wanted in self._running.items():
                if name in names and where is None:
                    wanted.unwanted = wanted.forgotten = True
        for name in names:
            self._shelf.remove(name)
        if path is not None:
            self._shelf.remove_sent(path)

    def fetch_avatar(self, avatar: str) -> None:
        """Fetch somebody's picture onto the shelf -> `AvatarArrived`; from this server only."""
        name = f"avatar-{hashlib.sha256(avatar.encode('utf-8', 'replace')).hexdigest()[:32]}"
        if (where := _own_path(self._tokens.server, avatar)) is None:
            return
        if (wanted := self._note(name, None, where)) is not None:
            wanted.open, wanted.at_most = True, PICTURE_BYTES
            self._pictures.do(lambda: self._fetch_avatar(avatar, name, wanted))

    def leave(self) -> None:
        """The session is over: what is on its way ends, untold."""
        with self._lock:
            for wanted in self._running.values():
                wanted.unwanted = True

    def stop(self) -> None:
        """Begin nothing more, end what is on its way."""
        self.leave()
        self._pictures.stop()
        self._files.stop()

    def join(self, seconds: float) -> bool:
        """Wait for the threads to end; whether they are gone."""
        return self._pictures.join(seconds / 2) & self._files.join(seconds / 2)

    def _note(self, name: str, path: str | None, where: str) -> _Wanted | None:
        """Note that a file is wanted; None if it is on its way already."""
        with self._lock:
            under_way = self._running.get((name, path))
            if under_way is not None and not under_way.unwanted:
                return None
            wanted = self._running[name, path] = _Wanted(where)
            return wanted

    def _done(self, name: str, path: str | None, wanted: _Wanted) -> None:
        with self._lock:
            if self._running.get((name, path)) is wanted:
                del self._running[name, path]

    # --- in the threads ---

    def _fetch(self, file: UUID, thumbnail: bool, name: str, path: str | None, wanted: _Wanted) -> None:
        try:
            news: incoming.Incoming = incoming.FileArrived(
                file, thumbnail, str(self._bring(name, path, wanted)), kept=path is None
            )
        except Refused as refused:
            news = incoming.FileFailed(file, refused.code, thumbnail)
        except _Unwanted:
            return
        finally:
            self._done(name, path, wanted)
            if wanted.forgotten:
                self._shelf.remove(name)
        if not wanted.unwanted:
            self._post(news)

    def _fetch_avatar(self, avatar: str, name: str, wanted: _Wanted) -> None:
        try:
            path = self._bring(name, None, wanted)
        except (Refused, _Unwanted):
            return
        finally:
            self._done(name, None, wanted)
        if not wanted.unwanted:
            self._post(incoming.AvatarArrived(avatar, str(path)))

    def _bring(self, name: str, path: str | None, wanted: _Wanted) -> Path:
        """Fetch it, unless it is on the shelf; where it is. Raises `Refused`, `_Unwanted`."""
        if path is None and (found := self._shelf.find(name)) is not None:
            return found
        try:
            arriving = self._shelf.arriving(name) if path is None else self._shelf.arriving_at(Path(path))
            try:
                self._read(wanted, arriving)
                return arriving.finish()
            finally:
                arriving.drop()
        except OSError as error:
            logger.info("a file could not be written: %s", error.strerror)
            raise Refused(Code.UNWRITABLE_FILE) from None

    def _read(self, wanted: _Wanted, arriving: Arriving) -> None:
        server = self._tokens.server
        if server is None:
            raise Refused(Code.TOKEN_MISSING)
        calls = TransferCalls(server, self._tokens.trust)
        tries, most = 0, 0
        try:
            while not self._whole(calls, wanted, arriving):
                tries = 1 if arriving.size > most else tries + 1
                most = max(most, arriving.size)
                if tries >= TRIES:
                    raise Refused(Code.UNREACHABLE, "The file does not get on.")
        finally:
            calls.close()

    def _whole(self, calls: TransferCalls, wanted: _Wanted, arriving: Arriving) -> bool:
        """Read on; False where the line broke. Raises `Refused` for everything else."""
        wanted.check()
        try:
            if wanted.open:
                _read(calls, None, wanted, arriving)
            else:
                self._tokens.signed(lambda token: _read(calls, token, wanted, arriving))
        except Refused as refused:
            if refused.code is not Code.UNREACHABLE:
                raise
            return False
        return True


def _read(calls: TransferCalls, token: str | None, wanted: _Wanted, arriving: Arriving) -> None:
    with calls.read(wanted.path, token, arriving.size, wanted.etag) as response:
        begin, total = _extent(response)
        if begin not in (0, arriving.size):
            raise bad_answer("The answer is another part of the file.")
        if begin == 0:
            arriving.restart()
        wanted.etag = response.headers.get("ETag")
        for chunk in response.iter_content(CHUNK_BYTES):
            wanted.check()
            arriving.write(chunk)
            if wanted.at_most is not None and arriving.size > wanted.at_most:
                raise bad_answer("The picture is too large.")
            if wanted.moved is not None:
                wanted.moved(arriving.size, total)


def _extent(response: requests.Response) -> tuple[int, int]:
    """Where in the file these bytes begin, and how many the whole file has (0: unknown). Raises `Refused`."""
    if response.status_code != 206:
        length = response.headers.get("Content-Length", "")
        return 0, int(length) if length.isdecimal() else 0
    told = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if told is None:
        raise bad_answer("The answer is no part of a file.")
    return int(told[1]), int(told[2])


def _own_path(server: str | None, avatar: str) -> str | None:
    """The path of a picture on this server; None for one that lies elsewhere."""
    if server is None:
        return None
    path = avatar.removeprefix(server)
    return path if path.startswith("/") else None


def _moved(file: UUID, post: Post) -> Callable[[int, int], None]:
    pace = Pace()

    def moved(received: int, total: int) -> None:
        if pace.due():
            post(incoming.FileMoved(file, received, total))

    return moved
