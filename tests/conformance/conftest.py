"""Both suites' servers, on both transports."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.conformance.server import application, echo
from tests.server.transport.serving import serving


@pytest.fixture(params=[True, False], ids=["fast", "stock"])
def fast(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def echo_app(fast: bool) -> tuple[Any, Any]:
    """The Engine.IO suite's echo and its websocket class."""
    return echo(fast=fast)


@pytest.fixture
async def echo_port(echo_app: tuple[Any, Any]) -> AsyncIterator[int]:
    """The port of the Engine.IO suite's echo."""
    app, ws = echo_app
    async with serving(app, ws) as port:
        try:
            yield port
        finally:
            await app.engineio_server.close(0.5)


@pytest.fixture
def is_polling(echo_app: tuple[Any, Any]) -> Callable[[str], bool]:
    """Whether a poll of this session waits in the server."""
    sessions = echo_app[0].engineio_server.sockets
    return lambda sid: sid in sessions and sessions[sid].polling


@pytest.fixture
async def sio_port(fast: bool) -> AsyncIterator[int]:
    """The port of the Socket.IO suite's application."""
    app, ws = application(fast=fast)
    async with serving(app, ws) as port:
        try:
            yield port
        finally:
            await app.engineio_server.close(0.5)
