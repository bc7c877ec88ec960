"""The account services on a real SQLite file, with a clock that tests turn and a publisher that remembers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.server.services.accounts.house import House, house


@pytest.fixture
async def accounts_house(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built
