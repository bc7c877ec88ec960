"""A live link under a real uvicorn on a free port, inside the test's own event loop."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio
import uvicorn

from presence_desktop.server.transport.live.realtime import Realtime, build
from tests.waiting import eventually_async


@asynccontextmanager
async def serving(app: Any, ws: Any, **options: Any) -> AsyncIterator[int]:
    """Serve `app` by uvicorn's own start and end, without its main loop; the port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    config = uvicorn.Config(
        app,
        ws=ws,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        **options,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup([listener])
    await server.on_tick(0)
    try:
        yield listener.getsockname()[1]
    finally:
        for listening in server.servers:
            listening.close()
        listener.close()
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await eventually_async(lambda: not server.server_state.connections and not server.server_state.tasks)


class Live:
    """A live link and its port."""

    def __init__(self, realtime: Realtime, port: int) -> None:
        self.realtime = realtime
        self.sio = realtime.sio
        self.outbox = realtime.outbox
        self.port = port


@asynccontextmanager
async def live(*, fast: bool, tls: dict[str, str] | None = None, **options: Any) -> AsyncIterator[Live]:
    """A live link with these settings of `realtime.build`, served."""
    settings: dict[str, Any] = {"cors_origins": "*", **options}
    realtime = build(fast=fast, **settings)
    async with serving(socketio.ASGIApp(realtime.sio), realtime.ws, **(tls or {})) as port:
        try:
            yield Live(realtime, port)
        finally:
            await realtime.close(0.5)
