"""All rows of a SQLite file arrive in a database server, and it is proved that they did; or it is said that not."""

import io
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, inspect, text

from presence_desktop.server import cli
from presence_desktop.server.stores import folder
from presence_desktop.server.stores.sql import moving, schema
from presence_desktop.server.stores.sql.chat.tables import conversations, messages
from presence_desktop.server.stores.sql.database import Database
from tests.bench.minted import mint
from tests.fakes.server_process import ServerProcess
from tests.server.stores.backups import house


def quiet(_table: str, _rows: int) -> None:
    """Nobody looks on."""


@pytest.fixture
async def source(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with people, files, and 12 messages, one of them deleted."""
    house.house(tmp_path / "server")
    database = Database(f"sqlite:///{tmp_path / 'server' / 'presence.db'}")
    room = {"id": 1, "kind": "room", "visibility": "public", "version": 1, "created_at": 1, "made_as": "x"}
    async with database.writing() as connection:
        await connection.execute(insert(conversations), [room])
        await connection.execute(
            insert(messages),
            [
                {
                    "number": number, "id": str(number), "conversation_id": 1, "seq": number, "change": number,
                    "sender_id": 1, "text": "" if number == 3 else f"회의 🐈 {number}", "sent_at": number,
                    "mentions_all": number == 5,
                }
                for number in range(1, 13)
            ],
        )  # fmt: skip
        await connection.execute(text("DELETE FROM messages WHERE number = 12"))
        await connection.execute(
            text(
                "INSERT INTO user_online_statuses (user_id, last_seen_at, created_at, updated_at) VALUES "
                "(1, '2026-01-01 10:00:00.900000', '2026-01-01 10:00:00.000001', '2026-01-01 10:00:00')"
            )
        )
    yield database
    await database.close()


@pytest.fixture
async def target(mariadb_url: str) -> AsyncIterator[Database]:
    """An empty database of a server."""
    database = Database(mariadb_url)
    yield database
    async with database.writing() as connection:
        await connection.run_sync(messages.metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    await database.close()


async def scalar(database: Database, statement: str) -> object:
    async with database.reading() as connection:
        return (await connection.execute(text(statement))).scalar()


async def test_everything_arrives(source: Database, target: Database, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    copied = await moving.copy(source, target, lambda table, rows: told.append((table, rows)))
    counts = {one.table: one.rows for one in copied}
    assert (counts["users"], counts["messages"], counts["files"], counts["conversations"]) == (1, 11, 3, 1)
    assert ("messages", 11) in told
    assert set(counts) == {table.name for table in moving.tables()}
    assert await scalar(target, "SELECT text FROM messages WHERE number = 7") == "회의 🐈 7"
    assert str(await scalar(target, "SELECT last_seen_at FROM user_online_statuses")) == "2026-01-01 10:00:00"
    # what is searched in is made anew, in the target's own way
    assert await scalar(target, "SELECT COUNT(*) FROM message_grams WHERE gram = '회의'") == 10
    # numbers given out once are not given out again
    async with target.writing() as connection:
        made = await connection.execute(
            text(
                "INSERT INTO messages (id, conversation_id, seq, `change`, text, sent_at) "
                "VALUES ('x', 1, 99, 99, '', 1)"
            )
        )
        assert made.lastrowid == 13
    assert not await schema.migrate(target)
    async with target.reading() as connection:
        indexes = await connection.run_sync(lambda sync: inspect(sync).get_indexes("message_grams"))
    assert [index["name"] for index in indexes] == ["idx_message_grams_number"]
    assert not list((tmp_path / "server").glob("*.moving"))


async def test_batches_of_any_size(
    source: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "BATCH", 2)
    assert {one.rows for one in await moving.copy(source, target, quiet) if one.table == "messages"} == {11}


async def test_only_into_an_empty_one(source: Database, target: Database) -> None:
    assert await moving.fits(source, target)
    await moving.copy(source, target, quiet)
    for ask in (moving.fits(source, target), moving.copy(source, target, quiet)):
        with pytest.raises(moving.CannotMove, match="rows already"):
            await ask
    with pytest.raises(moving.CannotMove, match="from mysql to sqlite"):
        await moving.fits(target, source)


async def test_tables_of_somebody_else(source: Database, target: Database) -> None:
    async with target.writing() as connection:
        await connection.execute(text("CREATE TABLE users (id INTEGER)"))
    with pytest.raises(moving.CannotMove, match="not this server's"):
        await moving.fits(source, target)


async def test_one_that_was_killed_is_begun_anew_and_no_server_starts_on_it(
    source: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(table: str, _rows: int) -> None:
        if table == "messages":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await moving.copy(source, target, killed)
    assert await scalar(target, "SELECT COUNT(*) FROM users") == 1
    with pytest.raises(schema.SchemaTooNew, match="by half"):
        await schema.migrate(target)
    copied = await moving.copy(source, target, quiet)
    assert {one.table: one.rows for one in copied}["messages"] == 11
    assert not await schema.migrate(target)


async def test_a_difference_is_found(source: Database, target: Database) -> None:
    copied = moving._copied

    async def meddling(*given: object) -> moving.Counted:
        found = await copied(*given)  # type: ignore[arg-type]
        if found.table == "messages":
            async with target.writing() as connection:
                await connection.execute(text("UPDATE messages SET text = 'other' WHERE number = 2"))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "_copied", meddling)
        with pytest.raises(moving.CannotMove, match="messages is not the same"):
            await moving.copy(source, target, quiet)
    with pytest.raises(schema.SchemaTooNew):
        await schema.migrate(target)


async def test_a_row_that_the_target_cannot_hold(source: Database, target: Database) -> None:
    async with source.writing() as connection:
        for email in ("jose@b.org", "josé@b.org"):
            await connection.execute(
                text(
                    "INSERT INTO users (email, username, password_hash, created_at, changed_at) "
                    "VALUES (:email, 'x', 'x', 1, 1)"
                ),
                {"email": email},
            )
    with pytest.raises(moving.CannotMove, match="row of users"):
        await moving.copy(source, target, quiet)


async def test_an_older_schema_is_migrated_first(source: Database, target: Database) -> None:
    async with source.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(moving.CannotMove, match="migrate"):
        await moving.fits(source, target)


class Typed:
    """The command line: what is typed on standard input, and what is said."""

    def __init__(
        self, data: Path, patch: pytest.MonkeyPatch, said: pytest.CaptureFixture[str], password: str
    ) -> None:
        self._data, self._patch, self._said, self._password = data, patch, said, password

    def run(self, *words: str, status: int = 0) -> str:
        """Run `move-to`; all that it said."""
        self._patch.setattr(sys, "stdin", io.StringIO(self._password + "\n"))
        assert cli.main(["move-to", *words, "--data-dir", str(self._data)]) == status
        told = self._said.readouterr()
        return told.out + told.err


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """A command line on the data folder `tmp_path / "data"`."""
    return Typed(tmp_path / "data", monkeypatch, capsys, "presence")


def test_a_server_goes_on_where_it_was_moved_to(
    mariadb_url: str, target: Database, tmp_path: Path, typed: Typed
) -> None:
    url = mariadb_url.replace("mysql+asyncmy", "mysql")
    bare = url.replace(":presence@", "@")
    assert "nothing_there" in typed.run(bare, status=cli.FAILED)
    token, _ = mint(tmp_path / "data", 2)
    house.write(
        tmp_path / "data",
        "INSERT INTO conversations (id, kind, visibility, version, created_at, last_seq, last_change, made_as) "
        "VALUES (1, 'room', 'private', 1, 1, 1, 1, 'x')",
    )
    house.write(
        tmp_path / "data",
        "INSERT INTO conversation_members (conversation_id, user_id, role, joined_at) VALUES (1, 1, 'owner', 1)",
    )
    house.write(
        tmp_path / "data",
        "INSERT INTO messages (id, conversation_id, seq, change, sender_id, text, sent_at) "
        "VALUES (?, 1, 1, 1, 1, '회의는 세 시', 1)",
        str(UUID(int=1)),
    )
    assert "password_visible" in typed.run(url, status=cli.FAILED)
    assert "bad_setting" in typed.run("no url", status=cli.BAD_SETTING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "asyncmy", None)
        assert "not_installed" in typed.run(bare, status=cli.FAILED)
    with folder.locked(tmp_path / "data"):
        assert "folder_in_use" in typed.run(bare, status=cli.FOLDER_IN_USE)
    assert "  messages: 1\n" in typed.run(bare, "--dry-run")
    told = typed.run(bare)
    assert "the same on both sides" in told
    assert "presence@" not in told.replace(bare, "")
    assert "rows already" in typed.run(bare, status=cli.FAILED)

    (tmp_path / "data" / "presence.db").unlink()
    server, headers = ServerProcess(tmp_path / "data", database_url=url), {"Authorization": f"Bearer {token}"}
    try:
        server.start()
        (found,) = server.get("/api/conversations/1/messages", headers=headers).json()["messages"]
        assert found["text"] == "회의는 세 시"
        assert len(server.get("/api/search?q=세 시", headers=headers).json()["messages"]) == 1
        saved = server.command("backup", "--to", str(tmp_path / "one.tar"))
        assert "mariadb-dump" in saved.stdout
    finally:
        if server.process is not None:
            server.stop()
