"""Searching on both databases: inside words, in any language, whatever characters, filtered, page by page."""

import unicodedata
from typing import Any

import pytest

from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.server.stores.sql.chat import finding
from presence_desktop.server.stores.sql.database import Database
from tests.server.stores.sql.chat.house import ANN, BOB, EVE, House, say, settled

TEXTS = (
    "점심은 김치찌개 어때요?",
    "김치 볶음밥도 좋아요",
    "회의는 오후 3시입니다, 발표자료 준비해 주세요",
    "The quick brown fox isn't quick_enough 100% \\o/",
    'He said "hello world" AND left; NEAR(x) OR -y* ^z',
    "Große Straße, ÄRGER und Müll",
    "東京タワー と ひらがな",
    "<b>bold</b> SELECT * FROM messages; --",
    "🎉🎉 party 👩‍👩‍👧 time",
    "aaa aab aba",
)


FOUND = [
    ("김치", [1, 0]),
    ("치찌", [0]),
    ("찌개 점심", [0]),
    ("표자료", [2]),
    ("시입니다,", [2]),
    ("3시", [2]),
    (unicodedata.normalize("NFD", "볶음밥"), [1]),
    ("밥도", [1]),
    ("요", [2, 1, 0]),
    ("QUICK", [3]),
    ("uick", [3]),
    ("quick_enough", [3]),
    ("quick%enough", []),
    ("isn't", [3]),
    ("\\o/", [3]),
    ("100%", [3]),
    ("%", [3]),
    ("_", [3]),
    ('"hello world"', [4]),
    ('"world hello"', []),
    ("world hello", [4]),
    ("NEAR(x)", [4]),
    ("AND OR", [4]),
    ("-y*", [4]),
    ("^z", [4]),
    ("straße", [5]),
    ("STRASSE", []),
    ("müll", [5]),
    ("ärger", [5]),
    ("京タ", [6]),
    ("ひらがな", [6]),
    ("と", [6]),
    ("<b>bold", [7]),
    ("FROM messages; --", [7]),
    ("🎉", [8]),
    ("👩‍👩‍👧", [8]),
    ("aab", [9]),
    ("aa ab", [9]),
    ("nothing of it", []),
    ("김치 quick", []),
]
"""Queries, and which of the texts they find, newest first."""


@pytest.fixture
async def house(database: Database) -> House:
    return await settled(database)


@pytest.mark.parametrize("few", [finding.FEW, 0], ids=["read", "by index"])
async def test_what_is_found(house: House, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few messages are read, many are found by an index: both ways find the same."""
    monkeypatch.setattr(finding, "FEW", few)
    room = await house.room(BOB)
    sent = [(await house.chat.send(ANN, room, say(text)))[0].id for text in TEXTS]
    got = []
    for query, _ in FOUND:
        letters, following = await house.reading.search(BOB, SearchQuery(q=query))
        assert following is None
        got.append((query, [sent.index(letter.id) for letter in letters]))
    assert got == FOUND


@pytest.mark.parametrize("few", [finding.FEW, 0], ids=["read", "by index"])
async def test_filters_by_sender_conversation_and_time(
    house: House, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", few)
    one, two = await house.room(BOB), await house.room(BOB)
    sent = []
    for who, where, at in ((ANN, one, 1_000), (BOB, one, 2_000), (ANN, two, 3_000), (BOB, two, 4_000)):
        house.clock.at = at
        sent.append((await house.chat.send(who, where, say("메시지 word")))[0].id)

    async def search(**more: Any) -> list[int]:
        letters, _ = await house.reading.search(ANN, SearchQuery(q="시지 word", **more))
        return [sent.index(letter.id) for letter in letters]

    assert await search() == [3, 2, 1, 0]
    assert await search(from_id=BOB) == [3, 1]
    assert await search(conversation_id=one) == [1, 0]
    assert await search(conversation_id=999) == []
    assert await search(before=3_000) == [1, 0]
    assert await search(after=3_000) == [3, 2]
    assert await search(after=2_000, before=4_000, from_id=ANN) == [2]
    assert await search(before=1_000) == []
    assert await search(after=4_001) == []
    assert await search(after=4_000, before=1_000) == []


async def test_clocks_that_differ_lose_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers and moments are not in one order where two servers' clocks disagree."""
    monkeypatch.setattr(finding, "FEW", 0)
    room = await house.room(BOB)
    moments = [50, 10, 60, 20, 70, 30, 80, 40, 90_000_050, 90_000_000]
    sent = []
    for at in moments:
        house.clock.at = at
        sent.append((await house.chat.send(ANN, room, say("메시지 word")))[0].id)
    for before in (5, 25, 55, 85, 90_000_010):
        for after in (0, 15, 45, 75, 1_000):
            query = SearchQuery(q="시지 word", before=before, after=after, limit=50)
            letters, _ = await house.reading.search(BOB, query)
            expected = [sent[at] for at, moment in enumerate(moments) if after <= moment < before]
            assert [letter.id for letter in letters] == expected[::-1], (before, after)


async def test_what_no_index_has_is_read_in_portions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "FEW", 0)
    monkeypatch.setattr(finding, "READ_AT_ONCE", 10)
    room = await house.room(BOB)
    sent = [
        (await house.chat.send(ANN, room, say("qx 귤" if at % 9 == 0 else "no")))[0].id for at in range(45)
    ]
    for query in ("귤", "q"):
        seen, pages, cursor = [], 0, None
        while pages == 0 or cursor is not None:
            letters, cursor = await house.reading.search(BOB, SearchQuery(q=query, cursor=cursor, limit=10))
            seen += [letter.id for letter in letters]
            pages += 1
        assert (seen, pages) == (sent[::9][::-1], 5)
    letters, cursor = await house.reading.search(EVE, SearchQuery(q="귤"))
    assert (letters, cursor) == ([], None)


async def test_page_by_page_nothing_twice_and_nothing_left_out(house: House) -> None:
    room = await house.room(BOB)
    sent = [(await house.chat.send(ANN, room, say(f"같은 말 number {at}")))[0].id for at in range(25)]
    for query in ("같은", "은 말", "number", "말", "nu"):
        seen, cursor = [], None
        while True:
            letters, cursor = await house.reading.search(BOB, SearchQuery(q=query, cursor=cursor, limit=10))
            seen += [letter.id for letter in letters]
            if cursor is None:
                break
        assert seen == sent[::-1], query
    letters, _ = await house.reading.search(BOB, SearchQuery(q="같은", cursor="9" * 40))
    assert len(letters) == 20


async def test_edited_and_deleted_messages_and_those_of_conversations_one_left_are_not_found(
    house: House,
) -> None:
    room = await house.room(BOB)
    sent, _ = await house.chat.send(ANN, room, say("찾을 말 needle"))
    for query in ("찾을", "needle"):
        assert (await house.reading.search(BOB, SearchQuery(q=query)))[0] == [sent]
    await house.rooms.leave(BOB, room)
    for query in ("찾을", "needle", "말"):
        assert (await house.reading.search(BOB, SearchQuery(q=query)))[0] == []
    await house.rooms.invite(ANN, room, [BOB])
    await house.chat.edit(ANN, room, sent.id, "다른 말 thread")
    for query, count in (("찾을", 0), ("needle", 0), ("다른", 1), ("thread", 1)):
        assert len((await house.reading.search(BOB, SearchQuery(q=query)))[0]) == count
    await house.chat.delete(ANN, room, sent.id)
    for query in ("다른", "thread", "말"):
        assert (await house.reading.search(BOB, SearchQuery(q=query)))[0] == []
