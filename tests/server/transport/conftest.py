"""Live links for tests, on both transports unless a test says which."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.server.transport.live.chat_world import seed
from tests.server.transport.serving import Live, live

LoopFactory = Callable[[], asyncio.AbstractEventLoop]


@pytest.fixture(params=[True, False], ids=["fast", "stock"])
def fast(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a few people, to be copied."""
    return asyncio.run(seed(tmp_path_factory.mktemp("seeded") / "presence.db"))


@pytest.fixture
async def link(fast: bool) -> AsyncIterator[Live]:
    """A live link with the settings that ship."""
    async with live(fast=fast) as served:
        yield served


@pytest.fixture
async def fast_link() -> AsyncIterator[Live]:
    """A live link on the fast transport."""
    async with live(fast=True) as served:
        yield served


def pytest_asyncio_loop_factories(item: pytest.Item) -> dict[str, LoopFactory]:
    """The tests of the transport itself run on the event loop that it ships on, others on asyncio's own."""
    if sys.platform == "win32" or (
        not item.path.match("*/fast/test_*") and not item.path.match("test_realtime*")
    ):
        return {"asyncio": asyncio.new_event_loop}
    import uvloop

    return {"uvloop": uvloop.new_event_loop}
