"""The opening handshake of a websocket (RFC 6455, section 4.2), without any I/O.

Decides whether a request may become a websocket and what the answers look like. Leaves to the ASGI application who
may connect. Extensions and subprotocols are never agreed on, which is the polite way to decline permessage-deflate.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha1
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

_GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_VERSION: Final = b"13"

Headers = list[tuple[bytes, bytes]]


class Unacceptable(Exception):
    """The request cannot become a websocket; `answer` is the whole HTTP response."""

    def __init__(self, status: HTTPStatus, text: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        super().__init__(text)
        self.answer = response(status, headers, text.encode())


class Upgrade(Struct, frozen=True):
    """A request that may become a websocket. Header names are in lower case."""

    path: str
    raw_path: bytes
    query: bytes
    headers: Headers
    key: bytes

    def accepted(self, extra: Iterable[tuple[bytes, bytes]] = ()) -> bytes:
        """The response that turns the connection into a websocket."""
        digest = b64encode(sha1(self.key + _GUID, usedforsecurity=False).digest())
        lines = [
            b"HTTP/1.1 101 Switching Protocols",
            b"Upgrade: websocket",
            b"Connection: Upgrade",
            b"Sec-WebSocket-Accept: " + digest,
            *(name + b": " + value for name, value in extra),
        ]
        return b"\r\n".join(lines) + b"\r\n\r\n"


def parse(request: bytes) -> Upgrade:
    """The upgrade that a whole request head asks for. Raises `Unacceptable`."""
    lines = request.split(b"\r\n\r\n", 1)[0].split(b"\r\n")
    method, _, rest = lines[0].partition(b" ")
    target = rest.partition(b" ")[0]
    headers = [
        (name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines[1:])
    ]
    known = dict(reversed(headers))
    if method != b"GET":
        raise Unacceptable(
            HTTPStatus.METHOD_NOT_ALLOWED, "A websocket begins with GET.", [(b"Allow", b"GET")]
        )
    if known.get(b"sec-websocket-version") != _VERSION:
        needed = [(b"Sec-WebSocket-Version", _VERSION)]
        raise Unacceptable(HTTPStatus.UPGRADE_REQUIRED, "Only websocket version 13 is spoken here.", needed)
    key = known.get(b"sec-websocket-key", b"")
    if not _is_key(key):
        raise Unacceptable(HTTPStatus.BAD_REQUEST, "Sec-WebSocket-Key must be 16 bytes in base64.")
    raw_path, _, query = target.partition(b"?")
    return Upgrade(unquote(raw_path.decode("latin-1")), raw_path, query, headers, key)


def response(status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bytes:
    """A whole HTTP response after which the connection is closed."""
    own = (b"content-length", b"connection", b"transfer-encoding")
    lines = [
        b"HTTP/1.1 %d %s" % (status, HTTPStatus(status).phrase.encode()),
        *(name + b": " + value for name, value in headers if name.lower() not in own),
        b"Content-Length: %d" % len(body),
        b"Connection: close",
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _is_key(key: bytes) -> bool:
    try:
        return len(b64decode(key, validate=True)) == 16
    except binascii.Error:
        return False
