"""Unread messages and mentions on both databases: counted right, and without reading all that is unread."""

from collections.abc import Sequence
from uuid import uuid4

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.server.stores.sql.chat import unread_counts
from presence_desktop.server.stores.sql.chat.tables import conversations, message_mentions, messages
from presence_desktop.server.stores.sql.chat.unread_counts import Behind
from presence_desktop.server.stores.sql.database import Database
from tests.server.stores.sql.chat.house import ANN, BOB, EVE, House, say, settled

STEPS = 20
"""Steps of SQLite's machine that one counted row takes, at most."""


@pytest.fixture
async def house(database: Database) -> House:
    return await settled(database)


async def counted(house: House, who: int, room: int) -> tuple[int, int]:
    """As both ways of asking have it."""
    (seen,) = [one for one in await house.reading.overview(who) if one.id == room]
    assert await house.store.counts(room, who) == (seen.unread, seen.mentions)
    return await house.store.counts(room, who)


async def test_what_is_ones_own_or_deleted_or_of_somebody_gone_is_told_apart(
    house: House, database: Database
) -> None:
    room, other = await house.room(BOB, EVE), await house.room(BOB)
    await house.chat.send(ANN, other, say("elsewhere @all"))
    sent = [(await house.chat.send(ANN, room, say(f"{at} @all")))[0] for at in range(6)]
    await house.chat.send(BOB, room, say("mine @all"))
    await house.chat.send(EVE, room, say("gone"))
    assert await counted(house, BOB, room) == (7, 6)
    await house.chat.mark(BOB, room, delivered=2, read=2)
    assert await counted(house, BOB, room) == (5, 4)
    await house.chat.delete(ANN, room, sent[4].id)
    await house.chat.delete(ANN, room, sent[0].id)
    async with database.writing() as connection:
        await connection.execute(update(messages).where(messages.c.sender_id == EVE).values(sender_id=None))
    assert await counted(house, BOB, room) == (4, 3)
    assert await counted(house, BOB, other) == (1, 1)
    assert await counted(house, ANN, room) == (2, 1)
    assert await house.store.counts(other, EVE) == (0, 0)


async def test_far_behind_only_the_newest_are_looked_at(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await house.room(BOB)
    for _ in range(5):
        await house.chat.send(BOB, room, say("mine"))
    for _ in range(5):
        await house.chat.send(ANN, room, say("@all"))
    await house.chat.send(BOB, room, say("mine"))
    assert await counted(house, BOB, room) == (5, 5)
    monkeypatch.setattr(unread_counts, "EXACT", 11)
    assert await counted(house, BOB, room) == (5, 5)
    monkeypatch.setattr(unread_counts, "EXACT", 3)
    assert await counted(house, BOB, room) == (8 + 2, 3)
    await house.chat.mark(BOB, room, delivered=8, read=8)
    assert await counted(house, BOB, room) == (2, 2)


async def test_many_conversations_are_counted_in_several_statements(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread_counts, "_AT_ONCE", 2)
    rooms = [await house.room(BOB) for _ in range(5)]
    for at, room in enumerate(rooms):
        for _ in range(at):
            await house.chat.send(ANN, room, say("@all"))
    seen = await house.reading.overview(BOB)
    assert [(one.id, one.unread, one.mentions) for one in seen] == [
        (room, at, at) for at, room in enumerate(rooms)
    ]


async def test_the_rows_read_do_not_grow_with_what_is_unread_or_was_read(
    house: House, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact, rooms, last = 50, [await house.room(BOB) for _ in range(3)], 2_000
    monkeypatch.setattr(unread_counts, "EXACT", exact)
    await fill(database, rooms, last)
    async with database.reading() as connection:
        for read in (0, last - exact):
            behind = [Behind(room, read, last) for room in rooms]
            before = await work(connection, database)
            unread, mentions = await unread_counts.counts(connection, BOB, behind)
            assert await work(connection, database) - before <= 2 * len(rooms) * (exact + 5)
            assert unread == dict.fromkeys(rooms, last - read)
            assert mentions == dict.fromkeys(rooms, exact)


async def fill(database: Database, rooms: Sequence[int], last: int) -> None:
    """So many messages of Ann's that mention Bob, in each of the rooms."""
    places = [{"conversation_id": room, "seq": seq} for room in rooms for seq in range(1, last + 1)]
    new = [
        {**place, "id": str(uuid4()), "change": place["seq"], "sender_id": ANN, "text": "@all", "sent_at": 1}
        for place in places
    ]
    async with database.writing() as connection:
        await connection.execute(insert(messages), new)
        await connection.execute(insert(message_mentions), [{**place, "user_id": BOB} for place in places])
        await connection.execute(update(conversations).values(last_seq=last, last_change=last))
        if database.backend != "sqlite":
            await connection.execute(text("ANALYZE TABLE messages, message_mentions"))


async def work(connection: AsyncConnection, database: Database) -> int:
    """Rows that were read on this connection so far; SQLite, which counts none, tells its steps."""
    if database.backend != "sqlite":
        found = await connection.execute(text("SHOW SESSION STATUS LIKE 'Handler_read%'"))
        return sum(int(row[1]) for row in found if row[0] != "Handler_read_rnd_next")
    info = connection.sync_connection.info  # type: ignore[union-attr]  # it is open
    if "steps" not in info:
        info["steps"] = 0
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None

        def step() -> int:
            info["steps"] += 1
            return 0

        await raw.set_progress_handler(step, 1)
    return int(info["steps"]) // STEPS
