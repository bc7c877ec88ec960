"""The database locked, full, gone in the middle, in each other's way: nothing half stored, nothing told; it goes on."""

import asyncio
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select, text
from sqlalchemy.engine import make_url

from presence_desktop.protocol.chat import Window
from presence_desktop.server.domain.messages import Letter
from presence_desktop.server.services.chat.ledger import Ledger, Wanted
from presence_desktop.server.services.chat.ports import Collision, InDoubt
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.sql import schema, sqlite
from presence_desktop.server.stores.sql.chat.tables import conversations, files
from presence_desktop.server.stores.sql.database import Database
from tests.fakes.ready_database import ready_sqlite
from tests.server.stores.sql.chat.house import ANN, BOB, House, say, settled
from tests.waiting import eventually_async


async def texts(house: House, room: int) -> list[str]:
    page = await house.reading.history(ANN, room, Window(limit=200))
    return [message.text for message in page.messages]


async def wide_open(house: House, room: int) -> Sequence[Letter]:
    """All there is, however much of it one page may hold."""
    stretch = await house.store.window(room, ANN, Window(limit=200))
    assert stretch is not None
    return stretch.letters


@pytest.fixture
async def sqlite_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """On a file whose lock is waited for a fifth of a second."""
    monkeypatch.setattr(sqlite, "_BUSY_MS", 200)
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("journal_mode=WAL", "busy_timeout=200", "foreign_keys=ON"))
    database = ready_sqlite(tmp_path)
    try:
        yield await settled(database)
    finally:
        await database.close()


async def test_a_locked_file_is_waited_for_and_then_refused(sqlite_house: House, tmp_path: Path) -> None:
    house = sqlite_house
    room = await house.room(BOB)
    message = say("a")
    locking = sqlite3.connect(tmp_path / "presence.db", isolation_level=None)
    try:
        locking.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            await house.chat.send(ANN, room, message)
        assert (house.heard.told, await texts(house, room)) == ([], [])
        waiting = asyncio.create_task(house.chat.send(ANN, room, message))
        await asyncio.sleep(0.05)
        locking.execute("COMMIT")
        assert (await waiting)[1]
    finally:
        locking.close()
    assert (await texts(house, room), house.heard.stales) == (["a"], 0)


@pytest.fixture
def small_disk() -> Iterator[Callable[[int], None]]:
    """Sets how many pages (4 kB) a database opened from now on may have, as a full disk does."""
    pages = [0]

    def connected(connection: Any, _record: object) -> None:
        if pages[0] and "sqlite" in type(connection).__module__:
            connection.execute(f"PRAGMA max_page_count={pages[0]}")

    def limit(count: int) -> None:
        pages[0] = count

    event.listen(Engine, "connect", connected)
    yield limit
    event.remove(Engine, "connect", connected)


async def test_a_full_disk_refuses_stores_nothing_and_goes_on_when_there_is_room(
    tmp_path: Path, small_disk: Callable[[int], None]
) -> None:
    database = ready_sqlite(tmp_path)
    house = await settled(database)
    room = await house.room(BOB)
    await house.chat.send(ANN, room, say("before"))
    await database.close()
    house.heard.take()
    size = (tmp_path / "presence.db").stat().st_size
    small_disk(size // 4096 + 8)
    full = Database(f"sqlite:///{tmp_path / 'presence.db'}")
    small = House(full)
    large = [say("x" * 8_000) for _ in range(20)]
    answers = await asyncio.gather(
        *(small.chat.send(ANN, room, one) for one in large), return_exceptions=True
    )
    stored = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(stored) < len(large)
    assert {type(answer) for answer in answers if isinstance(answer, BaseException)} <= {
        StoreUnavailable,
        InDoubt,
    }
    told = [event for _, event in small.heard.told if event.name == "message:new"]
    assert len(told) == len(stored)
    assert len(await wide_open(small, room)) == 1 + len(stored)
    await full.close()
    small_disk(0)
    wide = Database(f"sqlite:///{tmp_path / 'presence.db'}")
    try:
        house = House(wide)
        again = [await house.chat.send(ANN, room, one) for one in large]
        assert [new for _, new in again].count(False) == len(stored)
        kept = await wide_open(house, room)
        assert [letter.seq for letter in kept] == list(range(1, 22))
    finally:
        await wide.close()


# --- MariaDB


def ask_mariadb(url: str, question: str) -> str:
    """Ask over a connection of its own."""
    where = make_url(url)
    command = [
        "mariadb",
        "--no-defaults",
        "-h127.0.0.1",
        f"-P{where.port}",
        "-upresence",
        "-ppresence",
        "-N",
        "presence",
    ]
    done = subprocess.run(command, input=question, capture_output=True, text=True, check=True)
    return done.stdout


def is_locked(url: str, conversation: int) -> bool:
    """Whether somebody holds this row."""
    try:
        ask_mariadb(url, f"SELECT id FROM conversations WHERE id = {conversation} FOR UPDATE NOWAIT")
    except subprocess.CalledProcessError:
        return True
    return False


@pytest.fixture
async def mariadb_house(mariadb_url: str) -> AsyncIterator[House]:
    database = Database(mariadb_url)
    await schema.migrate(database)
    try:
        yield await settled(database)
    finally:
        async with database.writing() as connection:
            await connection.run_sync(conversations.metadata.drop_all)
            await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await database.close()


async def test_a_connection_that_dies_in_the_middle_stored_nothing(
    mariadb_house: House, mariadb_url: str
) -> None:
    house = mariadb_house
    room = await house.room(BOB)
    message = say("a")
    written = house.chat._written

    def and_dies(*about: Any) -> Any:
        house.chat._written = written  # type: ignore[method-assign]
        listed = ask_mariadb(
            mariadb_url,
            "SELECT id FROM information_schema.processlist WHERE user = 'presence' AND id <> CONNECTION_ID()",
        )
        ask_mariadb(mariadb_url, "".join(f"KILL {number};" for number in listed.split()))
        return written(*about)

    house.chat._written = and_dies  # type: ignore[method-assign]
    with pytest.raises(StoreUnavailable):
        await house.chat.send(ANN, room, message)
    assert (house.heard.told, await texts(house, room)) == ([], [])
    assert (await house.chat.send(ANN, room, message))[1]
    assert await texts(house, room) == ["a"]


async def test_whoever_loses_a_deadlock_is_told_to_try_again(mariadb_house: House, mariadb_url: str) -> None:
    """Another transaction has what is wanted second, and wants what is held first."""
    house = mariadb_house
    first, second = await house.room(BOB), await house.room(BOB)
    other = Database(mariadb_url)
    heavy = [
        {"id": f"{at}", "name": "x", "media_type": "x", "size": 1, "begun_at": 1} for at in range(200)
    ]  # the one with less to undo is undone

    def lock(which: int) -> Any:
        return select(conversations.c.id).where(conversations.c.id == which).with_for_update()

    try:
        async with other.writing() as connection:
            await connection.execute(insert(files), heavy)
            await connection.execute(lock(second))
            both = Wanted(conversations=frozenset({first, second}))
            working = asyncio.ensure_future(house.store.work(both, lambda _: None))
            await eventually_async(lambda: is_locked(mariadb_url, first))
            await connection.execute(lock(first))
        with pytest.raises(Collision):
            await working
    finally:
        await other.close()
    answers = await asyncio.gather(*(house.chat.send(ANN, room, say("a")) for room in (first, second)))
    assert [new for _, new in answers] == [True, True]


async def test_what_is_kept_of_a_ledger_that_was_refused_is_nothing(sqlite_house: House) -> None:
    room = await sqlite_house.room(BOB)

    def spoil(ledger: Ledger) -> None:
        ledger.circles.clear()
        raise StoreUnavailable("in the middle")

    with pytest.raises(StoreUnavailable):
        await sqlite_house.store.work(Wanted(conversations=frozenset({room})), spoil)
    assert (await sqlite_house.chat.send(ANN, room, say("a")))[0].seq == 1
