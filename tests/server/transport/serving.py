"""A live link under a real uvicorn on a free port, inside the test's own event loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import socketio
import uvicorn

from presence_desktop.server.transport.realtime import Realtime, build


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: Any, ws: Any, **options: Any) -> AsyncIterator[int]:
    """Serve `app`; the port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    config = uvicorn.Config(
        app,
        ws=ws,
        lifespan="off",
        log_config=None,
        access_log=False,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=2,
        **options,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve([listener]))
    try:
        while not server.started:
            assert not task.done(), task
            await asyncio.sleep(0.005)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await task
        listener.close()


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
