"""Presence over a live link, on a clock that tests turn; the tests of conversations have a world of their own."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.presence import HandClock
from tests.server.transport.live.presence_world import World, world


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def there(fast: bool, clock: HandClock) -> AsyncIterator[World]:
    async with world(fast=fast, clock=clock) as made:
        yield made
