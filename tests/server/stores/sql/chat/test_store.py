"""Conversations on both databases: stored once, in one order, caught up with by numbers, hidden from strangers."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from presence_desktop.protocol.chat import MemberRole, RoomPatch, SearchQuery, Visibility, Window
from presence_desktop.protocol.errors import Code
from presence_desktop.server.stores.sql.database import Database
from tests.server.stores.sql.chat.house import ANN, BOB, EVE, House, refused, say, settled


@pytest.fixture
async def house(database: Database) -> House:
    return await settled(database)


async def test_a_message_is_stored_once_told_to_all_and_found_again(house: House) -> None:
    direct = await house.rooms.open_direct(ANN, BOB)
    assert (await house.rooms.open_direct(BOB, ANN)).id == direct.id
    house.heard.take()
    hello = say('안녕 @"bob lee"!')
    first, new = await house.chat.send(ANN, direct.id, hello)
    again, repeated = await house.chat.send(ANN, direct.id, hello)
    assert (first, new, repeated) == (again, True, False)
    assert (first.seq, first.change, first.mentions) == (1, 1, [BOB])
    told = [([ANN, BOB], "message:new"), ([BOB], "notification:mention"), ([ANN, BOB], "message:changed")]
    assert house.heard.take() == told
    page = await house.reading.history(BOB, direct.id, Window())
    assert page.messages == [first]
    (seen,) = await house.reading.overview(BOB)
    assert (seen.unread, seen.mentions, seen.last_message) == (1, 1, first)
    await house.chat.mark(BOB, direct.id, delivered=0, read=99)
    (seen,) = await house.reading.overview(BOB)
    assert (seen.unread, seen.mentions) == (0, 0)
    assert {member.user_id: member.read_seq for member in seen.members} == {ANN: 0, BOB: 1}


async def test_many_at_once_get_one_order_without_holes(house: House) -> None:
    room = await house.room(BOB, EVE)
    sent = [(who, say(f"{who}-{at}")) for at in range(60) for who in (ANN, BOB, EVE)]
    twice = [*sent, *sent[::7]]
    await asyncio.gather(*(house.chat.send(who, room, message) for who, message in twice))
    page = await house.reading.history(ANN, room, Window(limit=200))
    assert [message.seq for message in page.messages] == list(range(1, 181))
    assert {message.id for message in page.messages} == {message.id for _, message in sent}
    for who in (ANN, BOB, EVE):
        own = [message.text for message in page.messages if message.sender_id == who]
        assert own == [f"{who}-{at}" for at in range(60)]


async def test_two_servers_on_one_database_give_out_each_number_once(
    database: Database, house: House
) -> None:
    other = House(Database(database.engine.url.render_as_string(hide_password=False)))
    try:
        room = await house.room(BOB, EVE)
        sent = [say(f"{at}") for at in range(60)]
        await asyncio.gather(
            *(one.chat.send(ANN, room, message) for message in sent for one in (house, other))
        )
        page = await house.reading.history(EVE, room, Window(limit=200))
        assert [message.seq for message in page.messages] == list(range(1, 61))
        assert {message.id for message in page.messages} == {message.id for message in sent}
    finally:
        await other.store._database.close()


async def test_who_was_away_learns_of_edits_deletions_reactions_and_pins(house: House) -> None:
    room = await house.room(BOB)
    one, _ = await house.chat.send(ANN, room, say("one"))
    two, _ = await house.chat.send(ANN, room, say("two", reply_to=one.id))
    assert two.reply_to is not None
    assert two.reply_to.text == "one"
    three, _ = await house.chat.send(BOB, room, say("three"))
    known = three.change
    await house.chat.edit(ANN, room, one.id, "uno @all")
    await house.chat.react(BOB, room, two.id, "👍", on=True)
    await house.chat.react(ANN, room, two.id, "🎉", on=True)
    await house.chat.pin(ANN, room, two.id, on=True)
    await house.chat.delete(ANN, room, three.id)
    missed = await house.reading.missed(BOB, room, known, 200)
    assert [message.id for message in missed.messages] == [one.id, two.id, three.id]
    first, second, third = missed.messages
    assert (first.text, first.mentions_all, first.edited_at) == ("uno @all", True, house.clock.at)
    assert [(one.emoji, one.user_ids) for one in second.reactions] == [("👍", [BOB]), ("🎉", [ANN])]
    assert (second.pinned_by, third.text, third.deleted_at) == (ANN, "", house.clock.at)
    assert (missed.more, missed.last_change) == (False, third.change)
    pins = await house.reading.pins(BOB, room)
    assert [message.id for message in pins.messages] == [two.id]
    assert await refused(house.chat.edit(BOB, room, one.id, "mine")) is Code.FORBIDDEN
    assert await refused(house.chat.edit(BOB, room, three.id, "back")) is Code.MESSAGE_DELETED
    assert await refused(house.chat.pin(BOB, room, one.id, on=True)) is Code.FORBIDDEN


async def test_words_are_found_inside_words_short_ones_too_and_only_ones_own(house: House) -> None:
    room, secret = await house.room(BOB), await house.room()
    found, _ = await house.chat.send(ANN, room, say("점심은 김치찌개 어때요? Fine 100% of it"))
    hidden, _ = await house.chat.send(ANN, secret, say("김치찌개 is secret"))
    await house.chat.send(ANN, room, say("nothing here"))

    async def search(who: int, text: str) -> list[object]:
        letters, _ = await house.reading.search(who, SearchQuery(q=text))
        return [letter.id for letter in letters]

    for text in ("치찌개", "찌개", "김", "FINE", "of", "100%", '"Fine 100"', "김치 fine"):
        assert await search(BOB, text) == [found.id], text
    assert await search(ANN, "김치찌개") == [hidden.id, found.id]
    assert await search(EVE, "김치찌개") == []
    await house.chat.edit(ANN, room, found.id, "변경")
    assert await search(BOB, "찌개") == []
    assert await search(BOB, "변경") == [found.id]
    await house.chat.delete(ANN, room, found.id)
    assert await search(BOB, "변경") == []


async def test_a_stranger_a_former_member_and_one_put_out_see_nothing(house: House) -> None:
    room = await house.room(BOB)
    sent, _ = await house.chat.send(ANN, room, say("secret"))

    async def tries(who: int) -> set[Code]:
        chat, reading, rooms = house.chat, house.reading, house.rooms
        calls: list[Callable[[], Awaitable[object]]] = [
            lambda: chat.send(who, room, say("hi")),
            lambda: chat.edit(who, room, sent.id, "x"),
            lambda: chat.delete(who, room, sent.id),
            lambda: chat.react(who, room, sent.id, "👍", on=True),
            lambda: chat.pin(who, room, sent.id, on=True),
            lambda: chat.mark(who, room, delivered=1, read=1),
            lambda: reading.one(who, room),
            lambda: reading.history(who, room, Window()),
            lambda: reading.history(who, room, Window(around=1)),
            lambda: reading.missed(who, room, 0, 10),
            lambda: reading.pins(who, room),
            lambda: rooms.update(who, room, RoomPatch(title="mine")),
            lambda: rooms.invite(who, room, [who]),
            lambda: rooms.join(who, room),
            lambda: rooms.leave(who, room),
            lambda: rooms.remove(who, room, ANN),
            lambda: rooms.give_role(who, room, who, MemberRole.OWNER),
        ]
        assert await reading.overview(who) == []
        assert await rooms.public(who) == []
        return {await refused(call()) for call in calls}

    assert await tries(EVE) == {Code.UNKNOWN_CONVERSATION}
    await house.rooms.remove(ANN, room, BOB)
    assert house.put_out == [(room, BOB)]
    assert await tries(BOB) == {Code.UNKNOWN_CONVERSATION}
    await house.rooms.invite(ANN, room, [EVE])
    await house.rooms.leave(EVE, room)
    house.heard.take()
    assert await tries(EVE) == {Code.UNKNOWN_CONVERSATION}
    assert await refused(house.chat.send(ANN, 999, say("x"))) is Code.UNKNOWN_CONVERSATION
    await house.chat.send(ANN, room, say("alone"))
    assert house.heard.take() == [([ANN], "message:new")]


async def test_appearing_offline_no_mark_moves_for_others_until_one_is_back(house: House) -> None:
    room = await house.room(BOB)
    await house.chat.send(ANN, room, say("one"))
    house.heard.take()
    house.hidden.add(BOB)
    await house.chat.mark(BOB, room, delivered=1, read=1)
    assert all(who == [BOB] for who, _ in house.heard.take())
    seen = await house.reading.one(ANN, room)
    assert [member.read_seq for member in seen.members if member.user_id == BOB] == [0]
    house.hidden.clear()
    await house.chat.appeared([BOB])
    assert house.heard.take() == [([ANN], "message:marks")]


async def test_rooms_are_found_joined_led_and_left(house: House) -> None:
    room = await house.room(visibility=Visibility.PUBLIC)
    assert [(one.id, one.members, one.joined) for one in await house.rooms.public(BOB)] == [(room, 1, False)]
    joined = await house.rooms.join(BOB, room)
    assert (joined.unread, [member.user_id for member in joined.members]) == (0, [ANN, BOB])
    assert house.heard.take() == [([ANN, BOB], "room:updated")]
    assert await refused(house.rooms.leave(ANN, room)) is Code.LAST_OWNER
    await house.rooms.give_role(ANN, room, BOB, MemberRole.OWNER)
    changed = await house.rooms.update(BOB, room, RoomPatch(topic="about"))
    assert (changed.topic, changed.version) == ("about", 4)
    await house.rooms.leave(ANN, room)
    assert await refused(house.rooms.invite(BOB, room, [99])) is Code.UNKNOWN_USER


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.INVALID_TEXT),
        (" \n", Code.INVALID_TEXT),
        ("a\u202eb", Code.INVALID_TEXT),
        ("a\x00b", Code.INVALID_TEXT),
        ("a\x1b[2Jb", Code.INVALID_TEXT),
    ],
)
async def test_what_no_message_may_be_is_refused_and_stores_nothing(
    house: House, text: str, code: Code
) -> None:
    room = await house.room()
    assert await refused(house.chat.send(ANN, room, say(text))) is code
    assert await refused(house.chat.send(ANN, room, say("x", reply_to=uuid4()))) is Code.UNKNOWN_MESSAGE
    assert await refused(house.chat.send(ANN, room, say("x", attachments=[uuid4()]))) is Code.UNKNOWN_FILE
    assert (await house.reading.one(ANN, room)).last_seq == 0
