"""The services of conversations on a real SQLite file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from presence_desktop.server.stores.sql.database import Database
from tests.fakes.ready_database import ready_sqlite
from tests.server.stores.sql.chat.house import House, settled


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = ready_sqlite(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def house(database: Database) -> House:
    return await settled(database)
