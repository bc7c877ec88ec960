"""Windows of history and of changes on both databases: every page right, together all of it, nothing twice."""

from uuid import UUID

import pytest

from presence_desktop.protocol.chat import Window
from presence_desktop.protocol.chat_events import MessagePage
from presence_desktop.server.stores.sql.database import Database
from tests.server.stores.sql.chat.house import ANN, BOB, House, say, settled

COUNT = 23


@pytest.fixture
async def house(database: Database) -> House:
    return await settled(database)


def seqs(page: MessagePage) -> list[int]:
    return [message.seq for message in page.messages]


async def test_both_ways_around_and_at_the_ends(house: House) -> None:
    room, empty = await house.room(BOB), await house.room(BOB)
    for at in range(1, COUNT + 1):
        await house.chat.send(ANN, room, say(f"{at}"))

    async def window(**which: int) -> tuple[list[int], bool]:
        page = await house.reading.history(BOB, room, Window(**which))
        assert (page.last_seq, page.last_change) == (COUNT, COUNT)
        return seqs(page), page.more

    assert await window(limit=5) == ([19, 20, 21, 22, 23], True)
    assert await window(limit=23) == (list(range(1, 24)), False)
    assert await window(before=4, limit=3) == ([1, 2, 3], False)
    assert await window(before=5, limit=3) == ([2, 3, 4], True)
    assert await window(before=1) == ([], False)
    assert await window(before=0) == ([], False)
    assert await window(before=2**53, limit=2) == ([22, 23], True)
    assert await window(after=20, limit=3) == ([21, 22, 23], False)
    assert await window(after=19, limit=3) == ([20, 21, 22], True)
    assert await window(after=0, limit=1) == ([1], True)
    assert await window(after=2**53) == ([], False)
    assert await window(around=10, limit=4) == ([9, 10, 11, 12], True)
    assert await window(around=1, limit=4) == ([1, 2, 3], True)
    assert await window(around=23, limit=4) == ([22, 23], False)
    assert await window(around=2**53, limit=4) == ([22, 23], False)
    assert await window(around=5, limit=1) == ([5], True)
    page = await house.reading.history(BOB, empty, Window())
    assert (page.messages, page.more, page.last_seq, page.last_change) == ([], False, 0, 0)


async def test_who_pages_through_changes_ends_with_what_is(house: House) -> None:
    room = await house.room(BOB)
    sent = [(await house.chat.send(ANN, room, say(f"{at}")))[0] for at in range(COUNT)]
    for message in sent[::3]:
        await house.chat.edit(ANN, room, message.id, message.text + "!")
    for message in sent[::5]:
        await house.chat.delete(ANN, room, message.id)
    for message in sent[1::5]:
        await house.chat.react(BOB, room, message.id, "👍", on=True)
    whole = await house.reading.history(BOB, room, Window(limit=200))
    for start, limit in ((0, 1), (0, 4), (COUNT // 2, 3), (COUNT, 200)):
        known: dict[UUID, object] = {message.id: message for message in sent if message.change <= start}
        after, more = start, True
        while more:
            page = await house.reading.missed(BOB, room, after, limit)
            changes = [message.change for message in page.messages]
            assert changes == sorted(set(changes))
            assert all(change > after for change in changes)
            known.update((message.id, message) for message in page.messages)
            after, more = changes[-1], page.more
        assert after == whole.last_change
        assert known == {message.id: message for message in whole.messages}
    nothing = await house.reading.missed(BOB, room, 2**53, 10)
    assert (nothing.messages, nothing.more) == ([], False)
