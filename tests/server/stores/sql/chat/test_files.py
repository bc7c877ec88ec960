"""Files on both databases: seen by whoever may, counted once, never taken from a message."""

import asyncio
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.files import UNKNOWN_TYPE, Allowance
from presence_desktop.server.domain.messages import File
from presence_desktop.server.stores.sql.chat.files import SqlFiles
from presence_desktop.server.stores.sql.database import Database
from tests.server.stores.sql.chat.house import ANN, BOB, EVE, House, say, settled

ALLOWED = Allowance(file=100, quota=250, waiting=3)


@pytest.fixture
async def house(database: Database) -> House:
    return await settled(database)


@pytest.fixture
def rows(database: Database) -> SqlFiles:
    return SqlFiles(database)


def one(size: int = 100, owner: int = ANN) -> File:
    return File(uuid4(), owner, "나의 그림.png", UNKNOWN_TYPE, size)


async def complete(rows: SqlFiles, owner: int = ANN) -> UUID:
    file = one(10, owner)
    await rows.begin(file, now=1, allowed=ALLOWED)
    await rows.complete(replace(file, media_type="image/png", width=3, height=4, has_thumbnail=True), now=2)
    return file.id


async def seen(rows: SqlFiles, file_id: UUID) -> set[int]:
    return {who for who in (ANN, BOB, EVE) if await rows.visible(file_id, who) is not None}


async def test_what_was_begun_is_found_and_completed(house: House, rows: SqlFiles) -> None:
    file = one()
    stored, is_new = await rows.begin(file, now=5, allowed=ALLOWED)
    again, repeated = await rows.begin(file, now=6, allowed=ALLOWED)
    assert (stored, is_new, repeated) == (again, True, False)
    assert await rows.find(file.id) == stored
    assert await rows.visible(file.id, ANN) is None
    done = replace(file, media_type="image/png", width=3, height=4, has_thumbnail=True)
    await rows.complete(done, now=7)
    await rows.complete(file, now=8)
    found = await rows.find(file.id)
    assert found is not None
    assert (found.file, found.begun_at, found.complete_at) == (done, 5, 7)
    assert await rows.visible(file.id, ANN) == done
    assert await rows.find(uuid4()) is None


async def test_the_quota_is_one_persons_and_kept_by_many_at_once(house: House, rows: SqlFiles) -> None:
    asked = [one() for _ in range(6)] + [one(100, BOB)]
    done = await asyncio.gather(
        *(rows.begin(file, now=1, allowed=ALLOWED) for file in asked), return_exceptions=True
    )
    refusals = [got.code for got in done if isinstance(got, Refused)]
    assert refusals == [Code.QUOTA_EXCEEDED] * 4
    await rows.begin(one(10), now=1, allowed=ALLOWED)
    with pytest.raises(Refused) as caught:
        await rows.begin(one(10), now=1, allowed=ALLOWED)
    assert caught.value.code is Code.LIMIT_REACHED


async def test_an_id_that_two_take_at_once_is_one_persons(house: House, rows: SqlFiles) -> None:
    file = one(10)
    done = await asyncio.gather(
        *(rows.begin(replace(file, owner_id=who), now=1, allowed=ALLOWED) for who in (ANN, BOB, EVE) * 3)
    )
    assert len({stored.file.owner_id for stored, _ in done}) == 1
    assert sum(is_new for _, is_new in done) == 1


async def test_who_sees_a_file(house: House, rows: SqlFiles) -> None:
    file_id = await complete(rows)
    assert await seen(rows, file_id) == {ANN}
    room = await house.room(BOB)
    sent, _ = await house.chat.send(ANN, room, say("look", attachments=[file_id]))
    assert [attached.id for attached in sent.attachments] == [file_id]
    assert await seen(rows, file_id) == {ANN, BOB}
    await house.rooms.remove(ANN, room, BOB)
    assert await seen(rows, file_id) == {ANN}
    await house.rooms.invite(ANN, room, [EVE])
    assert await seen(rows, file_id) == {ANN, EVE}
    await house.chat.delete(ANN, room, sent.id)
    assert await seen(rows, file_id) == set()
    assert await rows.find(file_id) is None
    with pytest.raises(Refused) as caught:
        await rows.begin(File(file_id, ANN, "x", UNKNOWN_TYPE, 10), now=1, allowed=ALLOWED)
    assert caught.value.code is Code.ID_TAKEN


async def test_files_of_deleted_messages_are_orphans_and_do_not_count(house: House, rows: SqlFiles) -> None:
    kept, gone, left, young = [await complete(rows, BOB) for _ in range(3)] + [uuid4()]
    room = await house.room(BOB)
    await house.chat.send(BOB, room, say("kept", attachments=[kept]))
    sent, _ = await house.chat.send(BOB, room, say("gone", attachments=[gone]))
    await house.chat.delete(BOB, room, sent.id)
    await rows.begin(File(young, BOB, "x", UNKNOWN_TYPE, 220), now=50, allowed=ALLOWED)
    assert set(await rows.orphans(50)) == {gone, left}
    assert [await rows.remove(one) for one in (kept, gone, left, left)] == [False, True, True, False]
    assert set(await rows.known([kept, gone, left, young])) == {kept, young}
    assert await rows.orphans(50) == []
    assert await rows.known([]) == set()


async def test_a_file_is_on_one_message_of_its_owner(house: House, rows: SqlFiles) -> None:
    mine, theirs, half = await complete(rows), await complete(rows, BOB), one(10)
    await rows.begin(half, now=1, allowed=ALLOWED)
    room = await house.room(BOB)
    await house.chat.send(ANN, room, say("", attachments=[mine]))
    for file_id, code in (
        (mine, Code.ID_TAKEN),
        (theirs, Code.UNKNOWN_FILE),
        (half.id, Code.UNKNOWN_FILE),
        (uuid4(), Code.UNKNOWN_FILE),
    ):
        with pytest.raises(Refused) as caught:
            await house.chat.send(ANN, room, say("again", attachments=[file_id]))
        assert caught.value.code is code
