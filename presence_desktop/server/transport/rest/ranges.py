"""A file as an answer, whole or a part of it (RFC 9110, section 14), read from the disk as the client takes it.

One range is served; of several at once the whole file is sent, which every client must take. What may be shown in
place and who may see it is decided before.
"""

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from presence_desktop.protocol.errors import Code, Refused

PIECE = 131_072
STALL_SECONDS = 60.0
"""How long a client may take for one piece."""
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)
_LOCKED = "default-src 'none'; sandbox"


class Unsatisfiable(Exception):
    """No byte of the file is in the range that was asked for."""


def asked_for(header: str | None, size: int) -> range | None:
    """The bytes that a `Range` header asks for; None: all. Raises Unsatisfiable."""
    found = None if header is None else _RANGE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        start, stop = size - min(size, int(found[2])), size
    else:
        start, stop = int(found[1]), min(size, int(found[2]) + 1 if found[2] else size)
        if found[2] and int(found[2]) < start:
            return None
    if start >= stop:
        raise Unsatisfiable
    return range(start, stop)


def disposition(name: str, *, inline: bool) -> str:
    """How a browser is to take it, with its name in both spellings (RFC 6266)."""
    plain = re.sub(r'[^ -~]|["\\%]', "_", name)
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


class FileAnswer(Response):
    """The answer that carries a file. A client that has this `tag` already gets 304."""

    def __init__(self, path: Path, size: int, media_type: str, tag: str, headers: Mapping[str, str]) -> None:
        super().__init__(media_type=media_type)
        self._path = path
        self._size = size
        self._tag = f'"{tag}"'
        self.headers.update({
            "ETag": self._tag,
            "Accept-Ranges": "bytes",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _LOCKED,
            **headers,
        })  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is asked for. Raises Refused(UNKNOWN_FILE) if the file has just been removed."""
        wanted = self._wanted(Headers(scope=scope))
        if not wanted:
            await self._begin(send)
            await send({"type": "http.response.body"})
            return
        try:
            file = await asyncio.to_thread(self._path.open, "rb")
        except FileNotFoundError:
            raise Refused(Code.UNKNOWN_FILE) from None
        with file:
            await asyncio.to_thread(file.seek, wanted.start)
            await self._begin(send)
            # too slow, or the server stops: the answer ends short, and the connection with it
            with suppress(TimeoutError, asyncio.CancelledError):
                await self._send(file, len(wanted), send)

    async def _send(self, file: BufferedReader, left: int, send: Send) -> None:
        while left:
            data = await asyncio.to_thread(file.read, min(PIECE, left))
            left = left - len(data) if data else 0
            async with asyncio.timeout(STALL_SECONDS):
                await send({"type": "http.response.body", "body": data, "more_body": left > 0})

    def _wanted(self, asked: Headers) -> range:
        """Which bytes are sent; with the status and the headers that say so."""
        everything = range(self._size)
        if self._tag in re.findall(r'"[^"]*"', asked.get("if-none-match", "")):
            self.status_code = 304
            del self.headers["Content-Length"]
            return range(0)
        unchanged = asked.get("if-range", self._tag) == self._tag
        try:
            part = asked_for(asked.get("range"), self._size) if unchanged else None
        except Unsatisfiable:
            self.status_code = 416
            self.headers["Content-Range"] = f"bytes */{self._size}"
            self.headers["Content-Length"] = "0"
            return range(0)
        if part is not None:
            self.status_code = 206
            self.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{self._size}"
        wanted = everything if part is None else part
        self.headers["Content-Length"] = str(len(wanted))
        return wanted

    async def _begin(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
