"""A server of files that breaks when told to: uploads in pieces, downloads with ranges, tokens that expire.

It speaks the part of `protocol.chat_rest` about files and keeps everything in memory.
"""

import json
import re
import socket
import struct
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import msgspec

from presence_desktop.protocol import rest

TOKEN = "access-1"
SIGNED_IN = msgspec.convert(
    {
        "token": TOKEN,
        "refreshToken": "refresh-1",
        "user": {"userId": 1, "username": "mina", "email": "mina@example.org", "avatar": None},
    },
    rest.SignedIn,
)


class Upload:
    """One upload as it stands."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size, self.data = name, size, bytearray()


class FileServer(ThreadingHTTPServer):
    """Use as a context manager. What goes wrong is set from outside, before or between the calls."""

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.uploads: dict[str, Upload] = {}
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.good = TOKEN
        """The token that is taken; `POST /api/auth/refresh` gives it."""
        self.cuts: list[int] = []
        """After so many bytes of a piece, or of a file, the connection is reset; one number for each."""
        self.refusal: tuple[int, str] | None = None
        """Status and code of every answer from now on."""
        self.ranges = True
        """Whether parts of a file are given."""
        self.etags = True
        self.gate: threading.Event | None = None
        """What pieces and files wait for in their middle."""
        self.open: set[socket.socket] = set()
        self._thread = threading.Thread(target=lambda: self.serve_forever(0.02), name="files")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> "FileServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.gate is not None:
            self.gate.set()
        self.shutdown()
        self._thread.join(10)
        for connection in list(self.open):  # idle ones that a client left to its garbage collector
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that leave in the middle are what is tried here."""


class _Cut(Exception):
    """The connection is reset."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FileServer
    timeout = 10

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing is written."""

    def setup(self) -> None:
        self.server.open.add(self.request)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.server.open.discard(self.request)

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        try:
            self._route()
        except _Cut:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True

    def _route(self) -> None:
        where = urlsplit(self.path)
        if where.path == "/api/auth/refresh":
            self._read()
            self._say(
                200,
                json.loads(
                    msgspec.json.encode(msgspec.structs.replace(SIGNED_IN, token=self.server.good)).decode()
                ),
            )
        elif self.server.refusal is not None:
            self._refuse(*self.server.refusal)
        elif where.path in self.server.files and where.path.startswith("/api/avatars/"):
            assert "Authorization" not in self.headers
            self._give(self.server.files[where.path])
        elif self.headers["Authorization"] != f"Bearer {self.server.good}":
            self._refuse(401, "token_expired")
        elif where.path == "/api/uploads":
            self._begin(json.loads(self._read()))
        elif upload := re.fullmatch(r"/api/uploads/([0-9a-f-]{36})", where.path):
            self._upload(upload[1], parse_qs(where.query))
        elif where.path in self.server.files:
            self._give(self.server.files[where.path])
        else:
            self._refuse(404, "unknown_file")

    def _begin(self, body: dict[str, object]) -> None:
        key = str(UUID(str(body["id"])))
        self.server.uploads.setdefault(key, Upload(str(body["name"]), int(str(body["size"]))))
        self._state(key)

    def _upload(self, key: str, query: dict[str, list[str]]) -> None:
        upload = self.server.uploads.get(key)
        if upload is None:
            self._refuse(404, "unknown_file")
        elif self.command == "DELETE":
            del self.server.uploads[key]
            self._say(200, {"success": True})
        elif self.command == "PUT" and int(query["offset"][0]) != len(upload.data):
            self._refuse(409, "wrong_offset")
        else:
            if self.command == "PUT":
                self._take(upload)
            self._state(key)

    def _take(self, upload: Upload) -> None:
        left = int(self.headers["Content-Length"])
        cut = self.server.cuts.pop(0) if self.server.cuts else None
        half = left // 2
        while left:
            if self.server.gate is not None and left <= half:
                self.server.gate.wait(10)
            chunk = self.rfile.read(min(left, 16_384))
            if not chunk:
                raise _Cut
            left -= len(chunk)
            upload.data += chunk if cut is None else chunk[:cut]
            if cut is not None and (cut := cut - len(chunk)) <= 0:
                raise _Cut

    def _state(self, key: str) -> None:
        upload = self.server.uploads[key]
        whole = len(upload.data) == upload.size
        file = {"id": key, "name": upload.name, "mediaType": "image/png", "size": upload.size}
        body = {"success": True, "id": key, "size": upload.size, "received": len(upload.data)}
        self._say(200, body | ({"file": file} if whole else {}))

    def _give(self, data: bytes) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        part = asked is not None and self.server.ranges
        begin = int(asked[1]) if asked is not None and part else 0
        self.send_response(206 if part else 200)
        self.send_header("Content-Length", str(len(data) - begin))
        if self.server.etags:
            self.send_header("ETag", '"one"')
        if part:
            self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        cut = self.server.cuts.pop(0) if self.server.cuts else None
        if cut is not None:
            self.wfile.write(data[begin : begin + cut])
            raise _Cut
        half = begin + (len(data) - begin) // 2
        self.wfile.write(data[begin:half])
        if self.server.gate is not None:
            self.server.gate.wait(10)
        self.wfile.write(data[half:])

    def _read(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _refuse(self, status: int, code: str) -> None:
        self._read()
        self._say(status, {"success": False, "error": {"code": code, "message": "No."}})

    def _say(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
