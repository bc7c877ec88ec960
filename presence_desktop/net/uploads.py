"""Files on their way to the server: read from disk piece by piece, resumed where the server says they broke off.

Decides how large a piece is, how often one is tried and what ends an upload. Whether it is begun again later is decided
in `core`: the same id goes on with what has arrived.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from presence_desktop.core import incoming
from presence_desktop.net.pace import Pace
from presence_desktop.net.tokens import Tokens
from presence_desktop.net.transfer_calls import TransferCalls
from presence_desktop.net.workers import Worker
from presence_desktop.protocol.chat import Attachment
from presence_desktop.protocol.chat_rest import NewUpload, UploadState
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.wire import checked

logger = logging.getLogger(__name__)

PIECE_BYTES = 4_000_000
"""What a broken connection costs at most."""
TRIES = 3
"""So often in a row may a piece bring nothing before the upload ends."""
AT_ONCE = 2
_GO_ON = frozenset({Code.UNREACHABLE, Code.WRONG_OFFSET})
"""Refusals after which the server is asked how much has arrived."""

Post = Callable[[incoming.Incoming], None]


class _Cancelled(Exception):
    """Nobody wants the upload any more."""


class Uploads:
    """What is being sent. Calls return at once; news comes from its own threads."""

    def __init__(self, tokens: Tokens, post: Post) -> None:
        self._tokens = tokens
        self._post = post
        self._worker = Worker("uploads", hands=AT_ONCE)
        self._lock = threading.Lock()
        self._running: dict[UUID, _Upload] = {}

    def begin(self, upload: UUID, path: Path, name: str) -> None:
        """Send this file under this name -> `UploadMoved`, at last `UploadEnded`. One that is on its way goes on."""
        with self._lock:
            under_way = self._running.get(upload)
            if under_way is not None and not under_way.unwanted:
                return
            one = self._running[upload] = _Upload(upload, path, name, self._post)
        self._worker.do(lambda: self._run(one))

    def cancel(self, upload: UUID) -> None:
        """Send it no further, and have the server forget it. Nothing more is told of it."""
        with self._lock:
            one = self._running.get(upload)
        if one is not None:
            one.cancelled = True
        else:
            self._worker.do(lambda: self._forget(upload))

    def leave(self) -> None:
        """The session is over: what is on its way ends, untold, and stays on the server to be resumed."""
        with self._lock:
            for one in self._running.values():
                one.left = True

    def stop(self) -> None:
        """Begin nothing more, end what is on its way."""
        self.leave()
        self._worker.stop()

    def join(self, seconds: float) -> bool:
        """Wait for the threads to end; whether they are gone."""
        return self._worker.join(seconds)

    # --- in the threads ---

    def _run(self, one: "_Upload") -> None:
        ended: incoming.UploadEnded | None = None
        try:
            ended = incoming.UploadEnded(one.id, one.send(self._tokens), None)
        except _Cancelled:
            ended = None
        except Refused as refused:
            ended = incoming.UploadEnded(one.id, None, refused.code)
        finally:
            with self._lock:
                if self._running.get(one.id) is one:
                    del self._running[one.id]
        if one.cancelled:
            self._forget(one.id)
        elif ended is not None and not one.left:
            self._post(ended)

    def _forget(self, upload: UUID) -> None:
        server = self._tokens.server
        if server is None:
            return
        calls = TransferCalls(server, self._tokens.trust)
        try:
            with suppress(Refused):  # what nobody finishes, the server's clean-up removes
                self._tokens.signed(lambda token: calls.drop_upload(token, upload))
        finally:
            calls.close()


class _Upload:
    """One file on its way."""

    def __init__(self, upload: UUID, path: Path, name: str, post: Post) -> None:
        self.id = upload
        self.cancelled = False
        self.left = False
        self._path = path
        self._name = name.encode("utf-8", "replace").decode()  # names on disks need be no text
        self._post = post
        self._pace = Pace()

    @property
    def unwanted(self) -> bool:
        """Whether it is to end untold."""
        return self.cancelled or self.left

    def send(self, tokens: Tokens) -> Attachment:
        """Send all that the server has not got. Raises `Refused`."""
        server = tokens.server
        if server is None:
            raise Refused(Code.TOKEN_MISSING)
        calls = TransferCalls(server, tokens.trust)
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, 2)
                return self._send(tokens, calls, file, self._announced(size))
        except OSError as error:
            logger.info("a file that was to be sent could not be read: %s", error.strerror)
            raise Refused(Code.UNREADABLE_FILE) from None
        finally:
            calls.close()

    def _announced(self, size: int) -> NewUpload:
        try:
            return checked(NewUpload(id=self.id, name=self._name, size=size))
        except ValueError:  # nothing in it
            raise Refused(Code.UNREADABLE_FILE) from None

    def _send(self, tokens: Tokens, calls: TransferCalls, file: BinaryIO, new: NewUpload) -> Attachment:
        state = tokens.signed(lambda token: calls.begin_upload(token, new))
        tries = 0
        while state.file is None:
            received = state.received
            state = self._more(tokens, calls, file, state)
            tries = 0 if state.file is not None or state.received > received else tries + 1
            if tries >= TRIES:
                raise Refused(Code.UNREACHABLE, "The upload does not get on.")
        return state.file

    def _more(self, tokens: Tokens, calls: TransferCalls, file: BinaryIO, state: UploadState) -> UploadState:
        """Send the next piece; where that breaks, ask how much has arrived (if all has, that completes it)."""
        begin = state.received
        size = min(PIECE_BYTES, state.size - begin)
        if size <= 0:
            return tokens.signed(lambda token: calls.upload_state(token, self.id))

        def piece(token: str) -> UploadState:
            return calls.send_piece(token, self.id, begin, _Piece(file, begin, size, self._moved(state.size)))

        try:
            return tokens.signed(piece)
        except Refused as refused:
            if refused.code not in _GO_ON:
                raise
            self._check()
            return tokens.signed(lambda token: calls.upload_state(token, self.id))

    def _moved(self, total: int) -> Callable[[int], None]:
        def moved(sent: int) -> None:
            self._check()
            if self._pace.due():
                self._post(incoming.UploadMoved(self.id, sent, total))

        return moved

    def _check(self) -> None:
        if self.unwanted:
            raise _Cancelled


class _Piece:
    """A part of a file as a request's body (`rest.Bytes`); tells how far it was read, in bytes of the whole file."""

    def __init__(self, file: BinaryIO, begin: int, size: int, moved: Callable[[int], None]) -> None:
        file.seek(begin)
        self._file, self._at, self._left, self._size = file, begin, size, size
        self._moved = moved

    def __len__(self) -> int:
        return self._size

    def read(self, size: int = -1) -> bytes:
        """See `rest.Bytes`. Raises `Refused` where the file cannot be read, or has become shorter."""
        wanted = self._left if size < 0 else min(size, self._left)
        try:
            got = self._file.read(wanted)
        except OSError:  # must not look like the network's
            raise Refused(Code.UNREADABLE_FILE) from None
        if len(got) < wanted:
            raise Refused(Code.UNREADABLE_FILE)
        self._at += len(got)
        self._left -= len(got)
        self._moved(self._at)
        return got
