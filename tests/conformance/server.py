"""The small servers that the official protocol test-suites of Engine.IO 4 and Socket.IO 5 want to talk to.

    python -m tests.conformance.server --port 3000 [--engine] [--stock]

Both suites are in the repository of socket.io, under docs/engine.io-protocol/v4-test-suite and
docs/socket.io-protocol/v5-test-suite; they expect the server on port 3000. `--engine` serves the Engine.IO suite's
echo, otherwise it is the Socket.IO suite's application; `--stock` on the stock transport.
"""

import argparse
import asyncio
import logging
import socket
from functools import partial
from typing import Any

import engineio
import socketio
import uvicorn

from presence_desktop.server.transport.fast.session import FastEngine
from presence_desktop.server.transport.fast.websocket import FastWebSocket
from presence_desktop.server.transport.link.engine import Engine
from presence_desktop.server.transport.link.engine_session import EngineSession, StockWebSocket
from presence_desktop.server.transport.live.realtime import build

PING_INTERVAL = 0.3
PING_TIMEOUT = 0.2
MAX_PAYLOAD = 1_000_000
NAMESPACES = ("/", "/custom")


def echo(*, fast: bool) -> tuple[Any, Any]:
    """The Engine.IO suite's application, and the websocket class for it."""
    options: dict[str, Any] = {
        "ping_interval": PING_INTERVAL,
        "ping_timeout": PING_TIMEOUT,
        "max_http_buffer_size": MAX_PAYLOAD,
        "backlog_limit": MAX_PAYLOAD,
        "cors_allowed_origins": "*",
    }
    stock = {"session_class": EngineSession, "websocket": StockWebSocket}
    engine: Engine = FastEngine(**options) if fast else Engine(**stock, **options)
    engine.on("message", engine.send)
    return engineio.ASGIApp(engine), FastWebSocket if fast else "wsproto"


def application(*, fast: bool) -> tuple[Any, Any]:
    """The Socket.IO suite's application, and the websocket class for it."""
    realtime = build(
        fast=fast,
        cors_origins="*",
        ping_interval=PING_INTERVAL,
        ping_timeout=PING_TIMEOUT,
        max_payload=MAX_PAYLOAD,
        namespaces=NAMESPACES,
    )
    sio = realtime.sio

    async def connect(namespace: str, sid: str, environ: dict[str, Any], auth: Any) -> None:
        await sio.emit("auth", auth or {}, to=sid, namespace=namespace)

    async def message(namespace: str, sid: str, *arguments: Any) -> None:
        await sio.emit("message-back", arguments, to=sid, namespace=namespace)

    async def message_with_ack(sid: str, *arguments: Any) -> tuple[Any, ...]:
        return arguments

    for namespace in NAMESPACES:
        sio.on("connect", partial_async(connect, namespace), namespace=namespace)
        sio.on("message", partial_async(message, namespace), namespace=namespace)
        sio.on("message-with-ack", message_with_ack, namespace=namespace)
    return socketio.ASGIApp(sio), realtime.ws


def partial_async(handler: Any, namespace: str) -> Any:
    """`handler` for one namespace; still a coroutine function to look at."""
    bound = partial(handler, namespace)

    async def handle(*arguments: Any) -> Any:
        return await bound(*arguments)

    return handle


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=3000)
    parser.add_argument("--engine", action="store_true", help="the Engine.IO suite's echo")
    parser.add_argument("--stock", action="store_true", help="on the stock transport")
    parser.add_argument("--verbose", action="store_true", help="say what is found malformed")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO if arguments.verbose else logging.WARNING)
    app, ws = (echo if arguments.engine else application)(fast=not arguments.stock)
    config = uvicorn.Config(
        app,
        ws=ws,
        lifespan="off",
        log_level="warning",
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=1,
    )
    listeners = []
    for family, kind, protocol, _, address in dict.fromkeys(
        socket.getaddrinfo(arguments.host, arguments.port, type=socket.SOCK_STREAM)
    ):
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
        listeners.append(listener)
    print(f"ready on port {arguments.port}", flush=True)
    asyncio.run(uvicorn.Server(config).serve(listeners))


if __name__ == "__main__":
    main()
