"""The migrations make what the tables say, on both databases, and CONTRACT section 6 to the letter."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from presence_desktop.server.services.accounts.ports import NewAccount
from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.chat.tables import conversations
from presence_desktop.server.stores.sql.database import Database, UnknownDatabase
from tests.fakes.server_process import COMMAND

TABLE = "user_online_statuses"


def test_every_migration_is_known_by_its_revision() -> None:
    found = [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()]
    assert tuple(reversed(found)) == schema.REVISIONS


async def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        def ours(name: str | None, kind: str, _parents: object) -> bool:
            return kind != "table" or not str(name).startswith("message_texts")  # FTS5 keeps its own tables

        context = MigrationContext.configure(connection, opts={"include_name": ours})
        return list(compare_metadata(context, conversations.metadata))

    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []
    assert not await schema.migrate(database)


async def test_servers_that_start_at_once_migrate_once(empty: Database, tmp_path: Path) -> None:
    url = empty.engine.url.render_as_string(hide_password=False)
    command = (*COMMAND, "migrate", "--data-dir", str(tmp_path))
    servers = [
        await asyncio.create_subprocess_exec(*command, env={**os.environ, "PRESENCE_DATABASE_URL": url})
        for _ in range(3)
    ]
    assert await asyncio.gather(*(server.wait() for server in servers)) == [0, 0, 0]
    async with empty.reading() as connection:
        rows = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalars().all()
    assert rows == [schema.REVISIONS[-1]]


async def test_the_table_of_presence_is_the_contracts(database: Database) -> None:
    async with database.reading() as connection:
        look = await connection.run_sync(_look)
    assert [column["name"] for column in look["columns"]] == [
        "id", "user_id", "status", "last_seen_at", "is_typing", "current_room_id", "created_at", "updated_at",
    ]  # fmt: skip
    nullable = {column["name"]: column["nullable"] for column in look["columns"]}
    required = {name for name, may_be_null in nullable.items() if not may_be_null}
    assert required == {"id", "user_id", "last_seen_at", "created_at", "updated_at"}
    assert {(index["name"], tuple(index["column_names"])) for index in look["indexes"]} >= {
        ("idx_user_online_statuses_user_id", ("user_id",)),
        ("idx_user_online_statuses_status", ("status",)),
        ("idx_user_online_statuses_last_seen", ("last_seen_at",)),
        ("idx_user_online_statuses_room", ("current_room_id",)),
    }
    (key,) = look["keys"]
    assert (key["referred_table"], key["options"]["ondelete"]) == ("users", "CASCADE")
    if database.backend != "sqlite":
        types = {column["name"]: column["type"] for column in look["columns"]}
        assert types["status"].enums == ["online", "away", "busy", "offline"]
        assert str(types["last_seen_at"]) == "DATETIME"


def _look(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    inspector = inspect(connection)
    return {
        "columns": [dict(column) for column in inspector.get_columns(TABLE)],
        "indexes": [dict(index) for index in inspector.get_indexes(TABLE)],
        "keys": [dict(key) for key in inspector.get_foreign_keys(TABLE)],
    }


async def test_no_other_status_gets_in_and_an_account_takes_its_row_along(database: Database) -> None:
    await SqlAccounts(database).add(NewAccount("a@b", "Ann", "x"), invite=None, now=1)
    row = (
        "INSERT INTO user_online_statuses (user_id, {0} last_seen_at, created_at, updated_at) "
        "VALUES (1, {1} '{2}', '{2}', '{2}')"
    )
    moment = "2026-01-01 00:00:00"
    with pytest.raises(Exception, match=r"CHECK|truncated|status"):
        async with database.writing() as connection:
            await connection.execute(text(row.format("status,", "'asleep',", moment)))
    async with database.writing() as connection:
        await connection.execute(text(row.format("", "", moment)))
        kept = await connection.execute(
            text("SELECT status, is_typing, current_room_id FROM user_online_statuses")
        )
        assert tuple(kept.one()) == ("offline", 0, None)
    with pytest.raises(IntegrityError):
        async with database.writing() as connection:
            await connection.execute(text(row.format("", "", moment)))
    async with database.writing() as connection:
        await connection.execute(text("DELETE FROM users"))
        assert (await connection.execute(text("SELECT COUNT(*) FROM user_online_statuses"))).scalar() == 0


async def test_a_newer_database_is_left_alone(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaTooNew, match="9999"):
        await schema.migrate(database)


@pytest.mark.parametrize("url", ["oracle://x", "no url", "postgresql://x/y"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(UnknownDatabase):
        Database(url)
