"""A Socket.IO client as small as can be: asyncio streams, websocket only, for tests with hundreds of them.

It understands presence 2 and keeps the picture as any client must: the whole list replaces, changes count by version
within one epoch of the server. It keeps a record of versions that went back, which must stay empty.
"""

import asyncio
import base64
import json
import os
import struct
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class LiveClient:
    """One device of one person. `picture` maps user ids to published statuses, whoever is offline left out."""

    def __init__(self, token: str, *, user_id: int = 0) -> None:
        self.token = token
        self.user_id = user_id
        self.connected = False
        self.refusal = ""
        self.ended = ""
        self.picture: dict[int, str] = {}
        self.entries: dict[int, dict[str, Any]] = {}
        self.own: dict[str, Any] = {}
        self.server_name: str | None = None
        self.versions_back: list[tuple[int, int, int]] = []
        self.events: list[tuple[str, Any]] = []
        self._epoch = ""
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self._welcome = asyncio.Event()

    async def connect(self, url: str, *, within: float = 10, **auth: Any) -> "LiveClient":
        """Connect to this server and wait for the first list; OSError where that fails."""
        await self.drop()
        try:
            async with asyncio.timeout(within):
                await self._connect(url, auth)
        except TimeoutError:
            raise ConnectionError("no welcome") from None
        finally:
            if not self.connected:
                await self.drop()
        return self

    async def _connect(self, url: str, auth: dict[str, Any]) -> None:
        where = urlsplit(url)
        self._reader, self._writer = await asyncio.open_connection(where.hostname, where.port)
        key = base64.b64encode(os.urandom(16)).decode()
        self._writer.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        head = await self._head()
        if b" 101 " not in head.partition(b"\r\n")[0]:
            raise ConnectionError(head.decode(errors="replace"))
        self._welcome.clear()
        self.refusal = self.ended = ""
        self._task = asyncio.create_task(self._read())
        self._send("40" + json.dumps({"token": self.token, "presence": 2, **auth}))
        await self._welcome.wait()
        if not self.connected:
            raise ConnectionError(self.refusal or "closed")

    async def _head(self) -> bytes:
        assert self._reader is not None
        try:
            return await self._reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            raise ConnectionError("closed") from error

    def emit(self, event: str, payload: Any = None) -> None:
        """Send an event."""
        self._send("42" + json.dumps([event] if payload is None else [event, payload]))

    def heartbeat(self, *, idle: int | None = None, locked: bool = False) -> None:
        """A heartbeat with the device's state."""
        self.emit("heartbeat", {"state": {"idleSeconds": idle, "locked": locked}})

    def choose(self, status: str, **more: Any) -> None:
        """Choose a status by hand."""
        self.emit("status:update", {"status": status, **more})

    async def close(self) -> None:
        """Leave with a goodbye."""
        if self.connected:
            self._send("41")
        await self.drop()

    async def drop(self) -> None:
        """Leave without one: the connection is simply gone."""
        self.connected = False
        task, self._task = self._task, None
        writer, self._writer = self._writer, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        if writer is not None:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _send(self, text: str) -> None:
        if self._writer is not None and not self._writer.is_closing():
            self._frame(TEXT, text.encode())

    def _frame(self, opcode: int, data: bytes) -> None:
        assert self._writer is not None
        size = len(data)
        length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + struct.pack("!H", size)
        self._writer.write(
            bytes([0x80 | opcode]) + length + b"\0\0\0\0" + data
        )  # a mask of zeros changes nothing

    async def _read(self) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                opcode, data = await self._receive()
                if opcode == TEXT:
                    self._packet(data.decode())
                elif opcode == PING:
                    self._frame(PONG, data)
                elif opcode == CLOSE:
                    break
        self.connected = False
        self._welcome.set()

    async def _receive(self) -> tuple[int, bytes]:
        assert self._reader is not None
        first, length = await self._reader.readexactly(2)
        if length == 126:
            (length,) = struct.unpack("!H", await self._reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await self._reader.readexactly(8))
        return first & 15, await self._reader.readexactly(length)

    def _packet(self, text: str) -> None:
        if text == "2":
            self._send("3")
        elif text.startswith("44"):
            self.refusal = json.loads(text[2:]).get("data", {}).get("code", "refused")
            self._welcome.set()
        elif text.startswith("42"):
            event, *payload = json.loads(text[2:])
            self._event(event, payload[0] if payload else None)

    def _event(self, event: str, payload: Any) -> None:
        if event in ("session:ended", "request:error"):
            self.events.append((event, payload))
            self.ended = payload["code"] if event == "session:ended" else self.ended
        elif event in ("connected", "status:updated"):
            self.own = payload.get("own") or self.own
            self.server_name = payload.get("serverName", self.server_name)
        elif event == "online:users":
            self._whole(payload)
        elif event == "presence:changes":
            self._changes(payload["epoch"], payload["changes"])

    def _whole(self, payload: Any) -> None:
        if payload["epoch"] != self._epoch:
            self.entries.clear()
        self._epoch = payload["epoch"]
        listed = {entry["userId"] for entry in payload["users"]}
        self._changes(self._epoch, payload["users"])
        self.picture = {who: status for who, status in self.picture.items() if who in listed}
        self.connected = True
        self._welcome.set()

    def _changes(self, epoch: str, changes: Sequence[dict[str, Any]]) -> None:
        assert epoch == self._epoch
        for entry in changes:
            user_id, known = entry["userId"], self.entries.get(entry["userId"])
            if known is not None and known["version"] > entry["version"]:
                self.versions_back.append((user_id, known["version"], entry["version"]))
                continue
            self.entries[user_id] = entry
            if entry["status"] == "offline":
                self.picture.pop(user_id, None)
            else:
                self.picture[user_id] = entry["status"]
