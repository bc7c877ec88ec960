"""A websocket client that speaks frame by frame, so that tests can also speak wrongly; and HTTP likewise."""

import asyncio
import json
import os
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

SECONDS = 5.0
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Closed(Exception):
    """The connection ended; `code` is that of the close frame, None without one."""

    def __init__(self, code: int | None, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


def client_frame(
    payload: bytes,
    opcode: int = TEXT,
    *,
    fin: bool = True,
    mask: bytes | None = b"\x12\x34\x56\x78",
    bits: int = 0,
) -> bytes:
    """A frame as clients send it, or as they must not."""
    head = bytes([(0x80 if fin else 0) | bits | opcode])
    flag, size = (0 if mask is None else 0x80), len(payload)
    if size < 126:
        head += bytes([flag | size])
    elif size < 65536:
        head += bytes([flag | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([flag | 127]) + size.to_bytes(8, "big")
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


class RawSocket:
    """One websocket connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, status: int, head: bytes
    ) -> None:
        self.reader = reader
        self.writer = writer
        self.status = status
        self.head = head

    def write(self, data: bytes) -> None:
        self.writer.write(data)

    def say(self, text: str) -> None:
        self.write(client_frame(text.encode()))

    def say_bytes(self, data: bytes) -> None:
        self.write(client_frame(data, BINARY))

    async def frame(self) -> tuple[int, bytes]:
        """The next frame."""
        async with asyncio.timeout(SECONDS):
            try:
                first, second = await self.reader.readexactly(2)
                size = second & 0x7F
                if size >= 126:
                    size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
                return first & 0x0F, await self.reader.readexactly(size)
            except (asyncio.IncompleteReadError, ConnectionError):
                raise Closed(None) from None

    async def hear(self) -> str | bytes:
        """The next message; pings of Engine.IO are answered and passed over."""
        while True:
            opcode, payload = await self.frame()
            if opcode == CLOSE:
                code = int.from_bytes(payload[:2], "big") if payload else 1005
                raise Closed(code, payload[2:].decode())
            if opcode == BINARY:
                return payload
            if opcode == TEXT and payload == b"2":
                self.say("3")
            elif opcode == TEXT:
                return payload.decode()

    async def hear_event(self) -> list[Any]:
        """The next event of the main namespace, as an array."""
        text = await self.hear()
        assert isinstance(text, str)
        assert text.startswith("42"), text
        event: list[Any] = json.loads(text[2:])
        return event

    async def closed(self) -> Closed:
        """How it ends, whatever comes before."""
        try:
            while True:
                await self.hear()
        except Closed as end:
            return end

    async def join(self, auth: str = "") -> str:
        """Take the handshake and connect to the main namespace; the sid there."""
        opening = await self.hear()
        assert str(opening).startswith("0"), opening
        self.say(f"40{auth}")
        answer = str(await self.hear())
        assert answer.startswith("40"), answer
        sid: str = json.loads(answer[2:])["sid"]
        return sid


@asynccontextmanager
async def connected(
    port: int,
    path: str = "/socket.io/?EIO=4&transport=websocket",
    *,
    headers: str = "",
    version: str = "13",
    key: str | None = None,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[RawSocket]:
    """A websocket, or whatever else answers the upgrade request (see `status`)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls)
    try:
        key = b64encode(os.urandom(16)).decode() if key is None else key
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: keep-alive, Upgrade\r\n"
            f"Upgrade: websocket\r\nSec-WebSocket-Version: {version}\r\nSec-WebSocket-Key: {key}\r\n"
            f"{headers}\r\n".encode()
        )
        async with asyncio.timeout(SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        yield RawSocket(reader, writer, int(head.split(b" ")[1]), head)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def request(
    port: int, method: str, path: str, body: bytes = b"", headers: str = ""
) -> tuple[int, bytes, bytes]:
    """One HTTP request: status, head and body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n{headers}\r\n".encode()
            + body
        )
        async with asyncio.timeout(SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
            answer = await reader.read()
        return int(head.split(b" ")[1]), head, answer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


class Poller:
    """A polling session."""

    def __init__(self, port: int, sid: str, mount: str) -> None:
        self.port = port
        self.sid = sid
        self.path = f"{mount}?EIO=4&transport=polling&sid={sid}"
        self.waiting: list[str] = []

    @classmethod
    async def open(cls, port: int, mount: str = "/socket.io/") -> "Poller":
        status, _, body = await request(port, "GET", f"{mount}?EIO=4&transport=polling")
        assert status == 200, body
        return cls(port, json.loads(body[1:])["sid"], mount)

    async def poll(self) -> tuple[int, str]:
        status, _, body = await request(self.port, "GET", self.path)
        return status, body.decode()

    async def push(self, text: str) -> tuple[int, str]:
        status, _, body = await request(self.port, "POST", self.path, text.encode())
        return status, body.decode()

    async def hear(self) -> str:
        """The next packet that is no ping; pings are answered."""
        while True:
            while not self.waiting:
                status, body = await self.poll()
                assert status == 200, body
                self.waiting = body.split("\x1e")
            packet = self.waiting.pop(0)
            if packet != "2":
                return packet
            await self.push("3")
