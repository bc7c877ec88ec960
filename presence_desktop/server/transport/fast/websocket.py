"""The websocket protocol class that uvicorn builds for each upgrade request (`uvicorn.Config(ws=FastWebSocket)`).

Decides how a connection becomes a websocket, how it closes, and which close code answers what. Leaves frames to
`frames`, the handshake's words to `handshake`, who may connect to the ASGI application, and messages to the
session that took the websocket over. There is no queue and no task between the wire and the session.
"""

import asyncio
import logging
import socket
from typing import Any, Final, Protocol, cast

from uvicorn.config import Config
from uvicorn.protocols.utils import get_local_addr, get_remote_addr, is_ssl
from uvicorn.server import ServerState

from presence_desktop.server.transport.fast.handshake import Unacceptable, Upgrade, parse, response
from presence_desktop.server.transport.link.engine import SHUTTING_DOWN
from presence_desktop.server.transport.link.frames import (
    BINARY,
    CLOSE,
    GOING_AWAY,
    INVALID_DATA,
    NORMAL,
    PING,
    PONG,
    TEXT,
    FrameReader,
    Message,
    Violation,
    close_frame,
    frame,
    read_close,
)

log = logging.getLogger("presence.websocket")

LINK: Final = "presence.websocket"
"""Where in the ASGI scope's extensions a `Handshake` is to be found."""

CLOSE_SECONDS: Final = 2.0
"""How long the peer may take to answer a close frame."""

_AT_ONCE: Final = 64
"""Messages of one client that are taken before the others have their turn."""
KERNEL_BUFFER: Final = 262_144
"""What the system may hold for one client beside our backlog, in bytes; by itself it would grow to megabytes."""
_FULL: Final = 65536
"""Bytes that wait in the transport, above which it counts as full; encryption would gather eight times as much."""
_PONG_BACKLOG: Final = 65536
"""Bytes that a client leaves unread, above which its pings are not answered."""

_NEW, _ASKED, _OPEN, _CLOSING, _GONE = range(5)


class Taker(Protocol):
    """What takes a websocket over."""

    def receive_text(self, text: str) -> None:
        """A text message."""

    def receive_binary(self, data: bytes) -> None:
        """A binary message."""

    def pause(self, paused: bool) -> None:
        """The transport is full, or no longer so."""

    def lost(self) -> None:
        """The websocket is gone."""

    def end(self, reason: str, code: int, why: str) -> None:
        """The server is going away."""


class FastWebSocket(asyncio.Protocol):
    """One connection, from its upgrade request to its end."""

    __slots__ = (
        "_app_state",
        "_config",
        "_flooded",
        "_held",
        "_reader",
        "_server_state",
        "_state",
        "_timer",
        "session",
        "transport",
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._config = config
        self._server_state = server_state
        self._app_state: dict[str, Any] | None = app_state
        self._state = _NEW
        self._reader: FrameReader | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._held = self._flooded = False
        self.session: Taker | None = None
        self.transport: asyncio.Transport

    # what the event loop and uvicorn call

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is ours."""
        self.transport = cast("asyncio.Transport", transport)
        self._server_state.connections.add(cast("Any", self))

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone, however it went."""
        self._server_state.connections.discard(cast("Any", self))
        self._state = _GONE
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self.session is not None:
            self.session.lost()

    def data_received(self, data: bytes) -> None:
        """Bytes of the client: frames, or the request that uvicorn hands over in one piece."""
        state = self._state
        if _OPEN <= state <= _CLOSING:
            reader: FrameReader = self._reader  # type: ignore[assignment]  # set together with the state
            messages = reader.feed(data)
            if len(messages) == 1 and messages[0][0] == TEXT and state == _OPEN and reader.violation is None:
                self._text(messages[0][1])  # what nearly all data is
            else:
                self._read(reader, messages)
        elif state == _NEW:
            self._ask(data)
        else:
            self.abort()  # a client must not speak before it is answered

    def pause_writing(self) -> None:
        """The transport's buffer is full."""
        if self.session is not None:
            self.session.pause(True)

    def resume_writing(self) -> None:
        """The transport's buffer has room again."""
        if self.session is not None:
            self.session.pause(False)

    def shutdown(self) -> None:
        """The server is going away."""
        if self.session is not None and self._state == _OPEN:
            self.session.end(SHUTTING_DOWN, GOING_AWAY, SHUTTING_DOWN)
        if self._state not in (_OPEN, _CLOSING):
            self.transport.close()

    # the handshake

    def _ask(self, request: bytes) -> None:
        """Ask the application whether this client may connect."""
        self._state = _ASKED
        try:
            upgrade = parse(request)
        except Unacceptable as refusal:
            self._refuse(refusal.answer)
            return
        task = asyncio.get_running_loop().create_task(self._run(Handshake(self, upgrade)))
        self._server_state.tasks.add(task)
        task.add_done_callback(self._server_state.tasks.discard)

    async def _run(self, handshake: "Handshake") -> None:
        config, state = self._config, self._app_state
        self._app_state = None
        try:
            await config.loaded_app(handshake.scope(config, state or {}), handshake.receive, handshake.send)
        except Exception:
            log.exception("the application failed during a websocket's handshake")
        if self._state == _ASKED:
            self._refuse(response(500, (), b"Internal Server Error"))

    def _refuse(self, answer: bytes) -> None:
        if self._state == _ASKED:
            self._state = _GONE
            self.transport.write(answer)
            self.transport.close()

    def _open(self, head: bytes, session: Taker, limit: int) -> None:
        if self._state != _ASKED:
            session.lost()
            return
        self._state = _OPEN
        raw = self.transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        self.transport.set_write_buffer_limits(_FULL)
        self._reader = FrameReader(limit)
        self.session = session
        self.transport.write(head)

    # messages

    def _read(self, reader: FrameReader, messages: list[Message]) -> None:
        if len(messages) > _AT_ONCE:
            self._flood(messages)
            return
        self._take(messages)
        if reader.violation is not None:
            self._fail(reader.violation)

    def _flood(self, messages: list[Message], start: int = 0) -> None:
        """Take a part of very many messages, and the others' turn comes before the next part."""
        reader: FrameReader = self._reader  # type: ignore[assignment]
        self._flooded = start + _AT_ONCE < len(messages)
        self._take(messages[start : start + _AT_ONCE])
        if self._flooded:
            self.transport.pause_reading()
            asyncio.get_running_loop().call_soon(self._flood, messages, start + _AT_ONCE)
            return
        self.hold(self._held)
        if reader.violation is not None:
            self._fail(reader.violation)

    def _take(self, messages: list[Message]) -> None:
        for opcode, payload in messages:
            if opcode == TEXT and self._state == _OPEN:
                self._text(payload)
            else:
                self._control(opcode, payload)

    def _text(self, payload: bytes) -> None:
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            self._fail(Violation(INVALID_DATA, "text that is not UTF-8"))
            return
        self.session.receive_text(text)  # type: ignore[union-attr]  # set together with the state

    def _control(self, opcode: int, payload: bytes) -> None:
        if opcode == CLOSE:
            self._closed_by_peer(payload)
        elif self._state != _OPEN:
            return
        elif opcode == BINARY:
            cast("Taker", self.session).receive_binary(payload)
        elif opcode == PING and self.waiting() < _PONG_BACKLOG:
            self.transport.write(frame(PONG, payload))

    def _closed_by_peer(self, payload: bytes) -> None:
        if self._state == _OPEN:
            try:
                code = read_close(payload)
            except Violation as violation:
                self._fail(violation)
                return
            self._state = _CLOSING
            self.transport.write(close_frame(code) if code != 1005 else frame(CLOSE, b""))
        self.transport.close()

    def _fail(self, violation: Violation) -> None:
        if self._state == _OPEN:
            log.info("websocket.failed code=%d %s", violation.code, violation.reason)
            self.close(violation.code, violation.reason)
            cast("Taker", self.session).lost()

    # what a session does with it

    def waiting(self) -> int:
        """Bytes that the client has not taken yet."""
        return self.transport.get_write_buffer_size()

    def hold(self, held: bool) -> None:
        """Read nothing more for now, or go on."""
        self._held = held
        if self._state == _OPEN:
            if held or self._flooded:
                self.transport.pause_reading()
            else:
                self.transport.resume_reading()

    def close(self, code: int = NORMAL, why: str = "") -> None:
        """Close it: a close frame after all that was written, the connection once that is answered."""
        if self._state != _OPEN:
            return
        self._state = _CLOSING
        self.transport.write(close_frame(code, why))
        self.transport.resume_reading()
        self._timer = asyncio.get_running_loop().call_later(CLOSE_SECONDS, self.abort)

    def abort(self) -> None:
        """Close the connection now; what was not written yet is lost."""
        self.transport.abort()

    @property
    def is_gone(self) -> bool:
        """Whether the connection has ended."""
        return self._state == _GONE


class Handshake:
    """One upgrade request, as the ASGI application sees it."""

    __slots__ = ("_asked", "_link", "_start", "_upgrade")

    def __init__(self, link: FastWebSocket, upgrade: Upgrade) -> None:
        self._link = link
        self._upgrade = upgrade
        self._asked = False
        self._start: dict[str, Any] = {}

    def scope(self, config: Config, state: dict[str, Any]) -> Any:
        """The ASGI scope, with this handshake as one of its extensions."""
        upgrade, transport = self._upgrade, self._link.transport
        return {
            "type": "websocket",
            "asgi": {"version": config.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "wss" if is_ssl(transport) else "ws",
            "server": get_local_addr(transport),
            "client": get_remote_addr(transport),
            "root_path": config.root_path,
            "path": config.root_path + upgrade.path,
            "raw_path": config.root_path.encode() + upgrade.raw_path,
            "query_string": upgrade.query,
            "headers": upgrade.headers,
            "subprotocols": [],
            "state": state.copy(),
            "extensions": {"websocket.http.response": {}, LINK: self},
        }

    def accept(self, session: Taker, limit: int) -> FastWebSocket:
        """Make it a websocket: from now on `session` has it, with messages of up to `limit` bytes."""
        link = self._link
        link._open(self._upgrade.accepted(link._server_state.default_headers), session, limit)
        return link

    async def receive(self) -> Any:
        """The request itself; the application gets nothing else this way."""
        if self._asked:
            return {"type": "websocket.disconnect", "code": 1006}
        self._asked = True
        return {"type": "websocket.connect"}

    async def send(self, message: Any) -> None:
        """The application's refusal, before or right after accepting. Messages do not go this way."""
        kind = message["type"]
        if kind == "websocket.http.response.start":
            self._start = message
        elif kind == "websocket.http.response.body":
            answer = response(self._start["status"], self._start.get("headers", ()), message.get("body", b""))
            self._link._refuse(answer)
        elif kind == "websocket.accept":
            self.accept(_Nobody(self._link), 0)
        elif kind == "websocket.close":
            self._link._refuse(response(403, (), b"Forbidden"))
            self._link.close(message.get("code", NORMAL), message.get("reason") or "")
        else:
            raise RuntimeError("only Socket.IO speaks websocket here")


class _Nobody:
    """Takes a websocket that is closed as soon as it stands."""

    __slots__ = ("_link",)

    def __init__(self, link: FastWebSocket) -> None:
        self._link = link

    def receive_text(self, text: str) -> None:
        """Nobody listens."""

    def receive_binary(self, data: bytes) -> None:
        """Nobody listens."""

    def pause(self, paused: bool) -> None:
        """Nothing is written."""

    def lost(self) -> None:
        """Nobody minds."""

    def end(self, reason: str, code: int, why: str) -> None:
        """The server is going away."""
        self._link.close(code, why)
