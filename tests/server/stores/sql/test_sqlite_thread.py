"""Durable transactions on SQLite: whole or not at all, one after the other, whatever ends them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.sql import sqlite
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.transaction import Go, Statements

ALL = text("SELECT word FROM words ORDER BY word")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/presence.db")
    async with opened.writing() as connection:
        await connection.execute(text("CREATE TABLE words (word TEXT PRIMARY KEY)"))
    yield opened
    await opened.close()


async def _words(statements: Statements) -> list[str]:
    return list((await statements.execute(ALL)).scalars())


async def _kept(database: Database) -> list[str]:
    async with database.reading() as connection:
        return await _words(connection)


async def _write(database: Database, *goes: Go[Any]) -> None:
    async with database.durable() as transaction:
        for go in goes:
            await transaction.run(go)


def _add(*words: str) -> Go[list[str]]:
    async def go(statements: Statements) -> list[str]:
        await statements.execute(text("INSERT INTO words VALUES (:word)"), [{"word": word} for word in words])
        return await _words(statements)

    return go


async def test_what_is_written_is_seen_inside_at_once_and_by_others_afterwards(database: Database) -> None:
    async with database.durable() as transaction:
        assert await transaction.run(_add("one")) == ["one"]
        assert await _kept(database) == []
        assert await transaction.run(_add("two")) == ["one", "two"]
    assert await _kept(database) == ["one", "two"]


async def test_an_error_in_between_undoes_all_of_it(database: Database) -> None:
    async def changes_its_mind(statements: Statements) -> None:
        raise ValueError("mind")

    with pytest.raises(ValueError, match="mind"):
        await _write(database, _add("one"), changes_its_mind)
    with pytest.raises(IntegrityError):
        await _write(database, _add("two"), _add("two"))
    assert await _kept(database) == []


async def test_a_database_that_fails_is_unavailable(database: Database) -> None:
    async def nonsense(statements: Statements) -> None:
        await statements.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(StoreUnavailable):
        await _write(database, nonsense)
    await _write(database, _add("after"))
    assert await _kept(database) == ["after"]


async def test_nothing_was_asked_nothing_happens(database: Database) -> None:
    async with database.durable():
        pass
    assert await _kept(database) == []


async def test_transactions_take_turns(database: Database) -> None:
    async def write(number: int) -> int:
        async with database.durable() as transaction:
            before = len(await transaction.run(_words))
            await asyncio.sleep(0)
            after = len(await transaction.run(_add(f"{number:02}")))
            return after - before

    assert set(await asyncio.gather(*map(write, range(20)))) == {1}
    assert len(await _kept(database)) == 20


async def test_other_writers_take_turns_with_it(database: Database) -> None:
    async def plainly(number: int) -> None:
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": f"plain {number}"})

    async def durably(number: int) -> None:
        await _write(database, _add(f"durable {number}"))

    await asyncio.gather(*map(plainly, range(10)), *map(durably, range(10)))
    assert len(await _kept(database)) == 20


async def test_whoever_came_first_writes_first_however_busy_the_other_way_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_MS", 0)
    database = Database(f"sqlite:///{tmp_path}/impatient.db")

    async def plainly(word: str) -> None:
        async with database.writing(durable=True) as connection:
            await connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word})

    try:
        async with database.writing() as connection:
            await connection.execute(text("CREATE TABLE words (word TEXT)"))
        async with database.durable() as transaction:
            await transaction.run(_add("first"))
            waiting = [plainly("second"), _write(database, _add("third")), plainly("fourth")]
            tasks = [asyncio.create_task(one) for one in waiting]
            given_up = asyncio.create_task(plainly("never"))
            await asyncio.sleep(0)
            given_up.cancel()
        await asyncio.gather(*tasks)
        async with database.reading() as connection:
            kept = (await connection.execute(text("SELECT word FROM words ORDER BY rowid"))).scalars()
            assert list(kept) == ["first", "second", "third", "fourth"]
    finally:
        await database.close()


async def test_one_that_is_cancelled_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    begun = asyncio.Event()

    async def forever() -> None:
        async with database.durable() as transaction:
            await transaction.run(_add("never"))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(forever())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    async with database.durable() as transaction:
        assert await transaction.run(_add("one")) == ["one"]
    assert await _kept(database) == ["one"]


async def test_a_go_waits_for_nothing_but_its_statements(database: Database) -> None:
    async def dreams(statements: Statements) -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits"):
        await _write(database, dreams)
    assert await _kept(database) == []


async def test_it_waits_for_the_disk(database: Database) -> None:
    async def synchronous(statements: Statements) -> int:
        return int((await statements.execute(text("PRAGMA synchronous"))).scalar_one())

    async with database.durable() as transaction:
        assert await transaction.run(synchronous) == 2
