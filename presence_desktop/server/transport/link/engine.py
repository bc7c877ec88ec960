"""The Engine.IO server under both transports: python-engineio's, held to the protocol.

Decides which requests are Engine.IO's, what the handshake says, how an ASGI request becomes an environ, and when
sessions are pinged. Leaves sessions themselves to `engine_session` (polling, stock websockets) and `fast.session`,
origins and compression to python-engineio.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import parse_qs

import engineio
from engineio.async_drivers.asgi import _async as stock_driver
from engineio.packet import OPEN, Packet

from presence_desktop.server.transport.link.engine_packets import encode_payload
from presence_desktop.server.transport.link.frames import POLICY
from presence_desktop.server.transport.link.pulse import Pulse

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Environ = dict[str, Any]

log = logging.getLogger("presence.engineio")

SLOW_READER: Final = "slow reader"
"""Why a session was cut that read more slowly than it was written to."""
SHUTTING_DOWN: Final = "server shutting down"
"""Why a session ended when the whole server did."""

_METHODS: Final = ("GET", "POST", "OPTIONS")
_EIO: Final = ["4"]


class Engine(engineio.AsyncServer):  # type: ignore[misc]  # python-engineio ships no types
    """An Engine.IO server whose sessions are made by `session_class(engine, sid, transport)`.

    `backlog_limit` is in bytes: what may wait for one reader before it is cut.
    """

    session_class: type[Any]

    def __init__(
        self, *, session_class: type[Any], websocket: type[Any], backlog_limit: int, **options: Any
    ) -> None:
        super().__init__(
            async_mode="asgi", monitor_clients=False, cors_credentials=False, logger=log, **options
        )
        self.session_class = session_class
        self.backlog_limit = backlog_limit
        self.is_stray: Callable[[Any], bool] = _never
        self.pulse = Pulse(self.ping_interval, self.ping_timeout)
        self.closing = False
        self._async = {
            **stock_driver,
            "translate_request": translate_request,
            "make_response": make_response,
            "websocket": websocket,
        }

    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> Any:
        """Answer one request; what the stock server would misunderstand is refused first."""
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        refusal = self._refusal(scope.get("method", "GET"), query)
        if refusal is not None:
            environ = await translate_request(scope, receive, send)
            return await self._make_response(self._bad_request(refusal), environ)
        if scope["type"] == "websocket" and self._is_upgraded(query):
            await receive()
            await send({"type": "websocket.accept"})
            return await send({"type": "websocket.close", "code": POLICY, "reason": "upgraded already"})
        return await super().handle_request(scope, receive, send)

    def _is_upgraded(self, query: dict[str, list[str]]) -> bool:
        session = self.sockets.get(query.get("sid", [""])[0])
        return session is not None and (session.upgraded or session.upgrading)

    def _refusal(self, method: str, query: dict[str, list[str]]) -> str | None:
        if self.closing:
            return "Shutting down"
        if method not in _METHODS:
            return "Bad handshake method"
        if method == "OPTIONS":
            return None
        if query.get("transport", [""])[0] not in self.transports:
            return "Transport unknown"
        if query.get("EIO", _EIO) != _EIO or ("sid" not in query and "EIO" not in query):
            return "Unsupported protocol version"
        return "JSONP is not spoken here" if "j" in query else None

    async def _handle_connect(self, environ: Environ, transport: str, jsonp_index: None = None) -> Any:
        sid = self.generate_id()
        session = self.session_class(self, sid, transport)
        self.sockets[sid] = session
        await session.send(
            Packet(
                OPEN,
                {
                    "sid": sid,
                    "upgrades": self._upgrades(sid, transport),
                    "pingInterval": round(self.ping_interval * 1000),
                    "pingTimeout": round(self.ping_timeout * 1000),
                    "maxPayload": self.max_http_buffer_size,
                },
            )
        )
        await self._trigger_event("connect", sid, environ, run_async=False)
        self.pulse.alive(session)
        if transport == "websocket":
            return await session.handle_get_request(environ)
        session.connected = True
        return self._ok(await session.poll())

    def _log_error_once(self, message: str, message_key: str) -> None:
        log.info("request.refused %s", ascii(message[:200]))

    def _ok(self, packets: Any = None, headers: Any = None, jsonp_index: None = None) -> dict[str, Any]:
        body = b"ok" if packets is None else encode_payload(packets)
        kind = [("Content-Type", "text/plain; charset=UTF-8")]
        return {"status": "200 OK", "headers": kind, "response": body}

    def now(self) -> float:
        """The event loop's clock, in seconds."""
        return asyncio.get_running_loop().time()

    async def close(self, linger: float = 1.0) -> None:
        """End every session, telling each why, and take no new ones. Waits `linger` seconds for the last words."""
        self.closing = True
        sessions = list(self.sockets.values())
        if sessions:
            words = [asyncio.ensure_future(session.shut_down()) for session in sessions]
            _, unsaid = await asyncio.wait(words, timeout=linger)
            for word in unsaid:
                word.cancel()
            for session in sessions:
                session.abort()
        self.pulse.stop()


async def translate_request(scope: Scope, receive: Receive, send: Send) -> Environ:
    """The request as python-engineio wants it: WSGI's names, no more than is used, the client's own address."""
    await_body = Body(receive, await receive())
    client = scope.get("client") or ("", 0)
    query = scope["query_string"].decode("latin-1")
    environ: Environ = {
        "wsgi.input": await_body,
        "wsgi.url_scheme": "https" if scope.get("scheme") in ("https", "wss") else "http",
        "REQUEST_METHOD": scope.get("method", "GET"),
        "PATH_INFO": scope["path"],
        "QUERY_STRING": query,
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "asgi.receive": receive,
        "asgi.send": send,
        "asgi.scope": scope,
    }
    for name, value in scope["headers"]:
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = "HTTP_" + key
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    return environ


class Body:
    """The body of one request, read when it is wanted."""

    __slots__ = ("_event", "_receive")

    def __init__(self, receive: Receive, event: dict[str, Any]) -> None:
        self._receive = receive
        self._event = event

    async def read(self, limit: int) -> bytes | None:
        """All of it, or None if it is longer than `limit` bytes or the client went away."""
        body = bytearray(self._event.get("body", b""))
        while self._event.get("more_body", False) and len(body) <= limit:
            self._event = await self._receive()
            if self._event["type"] == "http.disconnect":
                return None
            body += self._event.get("body", b"")
        return bytes(body) if len(body) <= limit else None

    async def gone(self) -> None:
        """Returns once the client has gone away."""
        while self._event["type"] != "http.disconnect":
            self._event = await self._receive()


async def make_response(
    status: str, headers: list[tuple[str, str]], payload: bytes, environ: Environ
) -> None:
    """Send an answer; a refused websocket gets a real HTTP answer where the web server can send one."""
    send, scope = environ["asgi.send"], environ["asgi.scope"]
    kind = "http.response"
    if scope["type"] == "websocket":
        if "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": 1008})
            return
        kind = "websocket.http.response"
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    encoded.append((b"content-length", b"%d" % len(payload)))
    await send({"type": f"{kind}.start", "status": int(status.split(" ")[0]), "headers": encoded})
    await send({"type": f"{kind}.body", "body": payload})


def _never(session: Any) -> bool:
    return False
