"""A database of each kind: a SQLite file, and a MariaDB that runs for the tests of this folder."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.chat import tables
from presence_desktop.server.stores.sql.database import Database
from tests.fakes.daemon import mariadb


@pytest.fixture(scope="package", autouse=True)
def mariadb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a running MariaDB."""
    daemon, url = mariadb(tmp_path_factory.mktemp("mariadb"))
    try:
        yield url
    finally:
        daemon.stop()


@pytest.fixture(params=["sqlite", "mariadb"])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'presence.db'}")
    else:
        database = Database(request.getfixturevalue("mariadb_url"))
    try:
        yield database
    finally:
        async with database.writing() as connection:
            await connection.run_sync(tables.conversations.metadata.drop_all)
            await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await database.close()


@pytest.fixture
async def database(empty: Database) -> Database:
    """A database with the tables of this version."""
    assert await schema.migrate(empty)
    return empty
