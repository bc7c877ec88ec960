"""The live link, built: a Socket.IO server on the fast transport or on the stock one.

The one switch between them is `build(fast=...)`. Everything registered on and sent through what comes back behaves
the same on both; all tests of the live link run on both.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec import Struct

from presence_desktop.server.transport.fast.hub import Hub
from presence_desktop.server.transport.fast.server import FastServer
from presence_desktop.server.transport.fast.websocket import FastWebSocket
from presence_desktop.server.transport.link.engine import SHUTTING_DOWN, SLOW_READER, Engine
from presence_desktop.server.transport.link.engine_session import EngineSession, StockWebSocket
from presence_desktop.server.transport.link.sio_server import ErrorHandler, SioServer
from presence_desktop.server.transport.link.stock_clients import StockClients
from presence_desktop.server.transport.live.link_outbox import LiveOutbox
from presence_desktop.server.transport.live.outbox import FULL, PLAIN

CLIENT_DISCONNECT: Final[str] = SioServer.reason.CLIENT_DISCONNECT
"""Reason: the client said it was leaving (a namespace disconnect, or Engine.IO's close)."""
SERVER_DISCONNECT: Final[str] = SioServer.reason.SERVER_DISCONNECT
"""Reason: the server cut this socket."""
PING_TIMEOUT: Final[str] = SioServer.reason.PING_TIMEOUT
"""Reason: nothing was heard any more."""
TRANSPORT_CLOSE: Final[str] = SioServer.reason.TRANSPORT_CLOSE
"""Reason: the connection ended without a word."""
TRANSPORT_ERROR: Final[str] = SioServer.reason.TRANSPORT_ERROR
"""Reason: the client broke the protocol."""
REASONS: Final = frozenset(
    {
        CLIENT_DISCONNECT,
        SERVER_DISCONNECT,
        PING_TIMEOUT,
        TRANSPORT_CLOSE,
        TRANSPORT_ERROR,
        SLOW_READER,
        SHUTTING_DOWN,
    }
)
"""Everything a disconnect handler may be told as its reason."""

CorsOrigins = list[str] | Callable[..., bool] | str | None


class Realtime(Struct, frozen=True):
    """The live link. Handlers are registered on `sio` as with python-socketio; `outbox` emits without waiting.

    Handlers that are plain functions are called where the message arrives, without a task, as far as the transport
    can: what is hot should be one. `outbox` is also what `outbox.Rooms` asks for.
    """

    sio: SioServer
    outbox: LiveOutbox
    ws: type[Any] | str
    """What `uvicorn.Config(ws=...)` takes."""

    def on_error(self, handler: ErrorHandler) -> None:
        """Register what answers an exception of any event's handler: `(sid, event, error) -> acknowledgement`."""
        self.sio.on_error(handler)

    async def close(self, linger: float = 1.0) -> None:
        """End every connection, telling each why, and take no new ones; last words may take `linger` seconds."""
        await self.sio.close(linger)


def build(
    *,
    fast: bool,
    cors_origins: CorsOrigins,
    ping_interval: float = 20,
    ping_timeout: float = 15,
    max_payload: int = 1_000_000,
    backlog_limit: int = 1_000_000,
    wide_rooms: Iterable[str] = (PLAIN, FULL),
    hub: Callable[[Iterable[str]], Hub] = Hub,
    namespaces: Iterable[str] = ("/",),
) -> Realtime:
    """The live link with these settings: seconds, and bytes.

    `wide_rooms` names rooms of the main namespace that most sockets are in: the fast transport writes to them once
    per tick, as it does to everybody. An emit to a smaller room costs a write per member at once.
    """
    options: dict[str, Any] = {
        "ping_interval": ping_interval,
        "ping_timeout": ping_timeout,
        "max_http_buffer_size": max_payload,
        "backlog_limit": backlog_limit,
        "cors_allowed_origins": cors_origins or None,
        "namespaces": list(namespaces),
    }
    if fast:
        server: SioServer = FastServer(hub(wide_rooms), **options)
        return Realtime(server, LiveOutbox(server.manager), FastWebSocket)
    server = SioServer(
        engine_class=Engine,
        client_manager=StockClients(),
        session_class=EngineSession,
        websocket=StockWebSocket,
        **options,
    )
    return Realtime(server, LiveOutbox(server.manager), "wsproto")
