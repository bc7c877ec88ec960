"""Live links for tests, on both transports unless a test says which."""

from collections.abc import AsyncIterator

import pytest

from tests.server.transport.serving import Live, live


@pytest.fixture(params=[True, False], ids=["fast", "stock"])
def fast(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


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
