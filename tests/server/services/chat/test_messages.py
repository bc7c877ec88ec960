"""What people do with messages and rooms, where the table of roles says nothing: ids, files, marks, one room twice."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from presence_desktop.protocol.chat import (
    MemberRole,
    NewMessage,
    NewRoom,
    RoomPatch,
    SearchQuery,
    Visibility,
    Window,
)
from presence_desktop.protocol.chat_events import DmOpened, RoomUpdated
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.stores.sql.chat.tables import files
from presence_desktop.server.stores.sql.database import Database
from tests.server.stores.sql.chat.house import ANN, BOB, EVE, House, refused, say

# --- messages


async def test_an_id_stands_for_one_message_of_one_sender_in_one_conversation(house: House) -> None:
    room, other = await house.room(BOB), await house.room(BOB)
    hello = say("hello")
    await house.chat.send(ANN, room, hello)
    assert await refused(house.chat.send(ANN, other, hello)) is Code.ID_TAKEN
    assert await refused(house.chat.send(BOB, room, hello)) is Code.ID_TAKEN
    assert await refused(house.chat.edit(ANN, other, hello.id, "x")) is Code.UNKNOWN_MESSAGE
    assert await refused(house.chat.send(ANN, other, say("x", reply_to=hello.id))) is Code.UNKNOWN_MESSAGE


async def test_what_is_done_to_a_message_in_the_very_moment_it_is_sent(house: House) -> None:
    room = await house.room(BOB)
    hello = say("hello")
    sent, edited, pinned = await asyncio.gather(
        house.chat.send(ANN, room, hello),
        house.chat.edit(ANN, room, hello.id, "hello!"),
        house.chat.pin(ANN, room, hello.id, on=True),
    )
    assert (sent[0].text, edited.text, edited.edited_at, pinned.change) == (
        "hello",
        "hello!",
        house.clock.at,
        3,
    )
    page = await house.reading.history(BOB, room, Window())
    assert page.messages == [pinned]
    found, _ = await house.reading.search(BOB, SearchQuery(q="hello!"))
    assert found == [pinned]


async def test_who_sent_something_types_there_no_longer(house: House) -> None:
    room = await house.room(BOB)
    await house.chat.send(ANN, room, say("x"))
    assert house.quieted == [(room, ANN)]


async def test_whoever_is_mentioned_is_told_but_not_by_oneself(house: House) -> None:
    room = await house.room(BOB, EVE)
    await house.chat.send(ANN, room, say("@ann @eve"))
    assert house.heard.take() == [([ANN, BOB, EVE], "message:new"), ([EVE], "notification:mention")]
    await house.chat.send(ANN, room, say("@all"))
    assert house.heard.take()[1:] == [([BOB, EVE], "notification:mention")]
    await house.chat.send(ANN, room, say("@ann"))
    assert house.heard.take()[1:] == []
    (seen,) = await house.reading.overview(EVE)
    assert (seen.unread, seen.mentions) == (3, 2)


async def test_an_account_that_is_not_known_here_yet_is_mentioned_by_nobody(house: House) -> None:
    room = await house.room(BOB, EVE)
    del house.known[EVE]
    sent, _ = await house.chat.send(ANN, room, say('@eve @"Bob Lee"'))
    assert sent.mentions == [BOB]


async def test_reactions_are_told_once_each_and_taken_back(house: House) -> None:
    room = await house.room(BOB)
    sent, _ = await house.chat.send(ANN, room, say("x"))
    house.heard.take()
    one = await house.chat.react(BOB, room, sent.id, "👍", on=True)
    assert await house.chat.react(BOB, room, sent.id, "👍", on=True) == one
    assert house.heard.take() == [([ANN, BOB], "message:changed")]
    assert [(each.emoji, each.user_ids) for each in one.reactions] == [("👍", [BOB])]
    assert (await house.chat.react(BOB, room, sent.id, "👍", on=False)).reactions == []
    assert await refused(house.chat.react(BOB, room, sent.id, "no", on=True)) is Code.INVALID_REACTION


async def test_members_pin_in_direct_conversations_and_not_in_rooms(house: House) -> None:
    room, direct = await house.room(BOB), (await house.rooms.open_direct(ANN, BOB)).id
    for where in (room, direct):
        await house.chat.send(ANN, where, say("x"))
    (first,) = (await house.reading.history(BOB, room, Window())).messages
    assert await refused(house.chat.pin(BOB, room, first.id, on=True)) is Code.FORBIDDEN
    (first,) = (await house.reading.history(BOB, direct, Window())).messages
    assert (await house.chat.pin(BOB, direct, first.id, on=True)).pinned_by == BOB
    assert [one.id for one in (await house.reading.pins(ANN, direct)).messages] == [first.id]
    missed = await house.reading.missed(ANN, direct, first.change, 10)
    assert [one.pinned_by for one in missed.messages] == [BOB]


async def upload(database: Database, owner: int, *, complete: bool = True) -> UUID:
    made = uuid4()
    row = {
        "id": str(made),
        "owner_id": owner,
        "name": "a.png",
        "media_type": "image/png",
        "size": 5,
        "begun_at": 1,
    }
    async with database.writing() as connection:
        await connection.execute(insert(files).values(**row, complete_at=2 if complete else None))
    return made


async def test_files_are_ones_own_complete_and_on_one_message_only(house: House, database: Database) -> None:
    room = await house.room(BOB)
    mine, theirs, begun = (
        await upload(database, ANN),
        await upload(database, BOB),
        await upload(database, ANN, complete=False),
    )
    for wrong in (theirs, begun, uuid4()):
        assert (
            await refused(house.chat.send(ANN, room, say("x", attachments=[mine, wrong])))
            is Code.UNKNOWN_FILE
        )
    sent, _ = await house.chat.send(ANN, room, NewMessage(id=uuid4(), attachments=[mine, mine]))
    assert [(one.id, one.name, one.media_type) for one in sent.attachments] == [(mine, "a.png", "image/png")]
    assert await refused(house.chat.send(ANN, room, say("x", attachments=[mine]))) is Code.ID_TAKEN
    two = [NewMessage(id=uuid4(), attachments=[theirs]) for _ in range(2)]
    answers = await asyncio.gather(*(house.chat.send(BOB, room, one) for one in two), return_exceptions=True)
    assert [type(answer) for answer in answers] == [tuple, Refused]
    page = await house.reading.history(BOB, room, Window())
    assert [[one.id for one in message.attachments] for message in page.messages] == [[mine], [theirs]]
    deleted = await house.chat.delete(ANN, room, sent.id)
    assert deleted.attachments == []
    async with database.reading() as connection:
        rows = await connection.execute(select(files.c.id, files.c.message_id))
        kept = {row.id: row.message_id for row in rows}
    assert kept == {str(mine): "", str(theirs): str(two[0].id), str(begun): None}


# --- marks


async def test_numbers_from_the_future_are_the_last_message_and_lower_ones_nothing(house: House) -> None:
    room = await house.room(BOB)
    for text in ("one", "two", "three"):
        await house.chat.send(ANN, room, say(text))
    house.heard.take()
    marks, counts = await house.chat.mark(BOB, room, delivered=2**53, read=2)
    assert (marks.delivered_seq, marks.read_seq, counts.unread) == (3, 2, 1)
    assert house.heard.take() == [
        ([BOB], "message:marks"),
        ([ANN], "message:marks"),
        ([BOB], "notification:unread"),
    ]
    marks, _ = await house.chat.mark(BOB, room, delivered=1, read=1)
    assert (marks.delivered_seq, marks.read_seq) == (3, 2)
    assert house.heard.take() == []


async def test_who_is_back_but_hides_again_or_has_left_shows_nothing(house: House) -> None:
    room = await house.room(BOB, EVE)
    await house.chat.send(ANN, room, say("one"))
    house.hidden |= {BOB, EVE}
    for who in (BOB, EVE):
        await house.chat.mark(who, room, delivered=1, read=1)
    house.heard.take()
    await house.chat.appeared([BOB])
    assert house.heard.take() == []
    house.hidden.clear()
    await house.chat.appeared([BOB])
    assert house.heard.take() == [([ANN, EVE], "message:marks")]
    hidden_marks = house.store.hidden_marks

    async def and_then_leaves(user_ids: object) -> object:
        found = await hidden_marks(user_ids)  # type: ignore[arg-type]
        await house.rooms.leave(EVE, room)
        house.heard.take()
        return found

    house.store.hidden_marks = and_then_leaves  # type: ignore[method-assign,assignment]
    await house.chat.appeared([EVE])
    assert house.heard.take() == []


async def test_news_of_a_room_tell_hidden_marks_to_their_owner_alone(house: House) -> None:
    room = await house.room(BOB, EVE)
    await house.chat.send(ANN, room, say("one"))
    house.hidden.add(BOB)
    await house.chat.mark(BOB, room, delivered=1, read=1)
    house.heard.take()
    await house.rooms.update(ANN, room, RoomPatch(topic="new"))
    told = {tuple(who): event for who, event in house.heard.told}
    assert set(told) == {(ANN, EVE), (BOB,)}
    for who, marks in (((ANN, EVE), 0), ((BOB,), 1)):
        event = told[who]
        assert isinstance(event, RoomUpdated)
        assert [one.read_seq for one in event.conversation.members if one.user_id == BOB] == [marks]


# --- conversations


async def test_a_direct_conversation_is_made_once_and_told_to_both(house: House) -> None:
    one, two = await asyncio.gather(house.rooms.open_direct(ANN, BOB), house.rooms.open_direct(BOB, ANN))
    assert one.id == two.id
    ((who, event),) = house.heard.told
    assert (who, type(event), house.changed) == ([ANN, BOB], DmOpened, [one.id])
    own = await house.rooms.open_direct(EVE, EVE)
    assert [member.user_id for member in own.members] == [EVE]
    assert await refused(house.rooms.open_direct(ANN, 99)) is Code.UNKNOWN_USER


async def test_a_room_asked_for_twice_is_made_once_and_not_found_again_by_who_left(house: House) -> None:
    new = NewRoom(id=uuid4(), title=" Lab ", topic="\u2066x\u2069", user_ids=[BOB, ANN, BOB])
    first, is_new = await house.rooms.create(ANN, new)
    again, repeated = await house.rooms.create(ANN, new)
    assert (first, is_new, repeated) == (again, True, False)
    assert (first.title, first.topic) == ("Lab", "x")
    assert [(one.user_id, one.role) for one in first.members] == [
        (ANN, MemberRole.OWNER),
        (BOB, MemberRole.MEMBER),
    ]
    assert house.heard.take() == [([ANN, BOB], "room:updated")]
    await house.rooms.give_role(ANN, first.id, BOB, MemberRole.OWNER)
    await house.rooms.leave(ANN, first.id)
    assert await refused(house.rooms.create(ANN, new)) is Code.UNKNOWN_CONVERSATION
    other, is_new = await house.rooms.create(BOB, new)
    assert (is_new, other.id != first.id) == (True, True)
    assert (
        await refused(house.rooms.create(ANN, NewRoom(id=uuid4(), title="x", user_ids=[99])))
        is Code.UNKNOWN_USER
    )
    assert await refused(house.rooms.create(ANN, NewRoom(id=uuid4(), title="\u200b"))) is Code.INVALID_TEXT


async def test_what_changes_nothing_is_told_to_nobody(house: House) -> None:
    room = await house.room(BOB, visibility=Visibility.PUBLIC)
    house.changed.clear()
    await house.rooms.join(BOB, room)
    await house.rooms.update(ANN, room, RoomPatch(title="Lab"))
    await house.rooms.invite(ANN, room, [BOB])
    await house.rooms.give_role(ANN, room, BOB, MemberRole.MEMBER)
    assert (house.heard.take(), house.changed, house.put_out) == ([], [], [])


async def test_whoever_is_put_out_while_doing_something_there_finds_no_such_conversation(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await house.room(BOB)
    standing = house.store.standing

    async def put_out_first(conversation_id: int, user_id: int) -> object:
        monkeypatch.setattr(house.store, "standing", standing)
        await house.rooms.remove(ANN, room, BOB)
        return await standing(conversation_id, user_id)

    await house.rooms.give_role(ANN, room, BOB, MemberRole.MODERATOR)
    monkeypatch.setattr(house.store, "standing", put_out_first)
    assert await refused(house.rooms.update(BOB, room, RoomPatch(topic="x"))) is Code.UNKNOWN_CONVERSATION
    assert await refused(house.rooms.update(ANN, 999, RoomPatch(topic="x"))) is Code.UNKNOWN_CONVERSATION


async def test_public_rooms_are_found_by_everybody_and_private_ones_by_nobody(house: House) -> None:
    await house.room(BOB)
    open_to_all = await house.room(visibility=Visibility.PUBLIC)
    found = await house.rooms.public(BOB)
    assert [(one.id, one.title, one.members, one.joined) for one in found] == [(open_to_all, "Lab", 1, False)]
    (own,) = await house.rooms.public(ANN)
    assert own.joined


# --- readings


async def test_questions_that_make_no_sense_are_refused(house: House) -> None:
    room = await house.room()
    assert await refused(house.reading.history(ANN, room, Window(before=1, around=1))) is Code.INVALID_PAYLOAD
    assert await refused(house.reading.search(ANN, SearchQuery(q='" "'))) is Code.INVALID_TEXT
    for cursor in ("x", "-1", "1e9", "١"):
        query = SearchQuery(q="a", cursor=cursor)
        assert await refused(house.reading.search(ANN, query)) is Code.INVALID_PAYLOAD
    assert (await house.reading.one(ANN, room)).title == "Lab"
    for stranger in (
        house.reading.one(BOB, room),
        house.reading.history(BOB, room, Window()),
        house.reading.missed(BOB, room, 0, 10),
        house.reading.pins(BOB, room),
    ):
        assert await refused(stranger) is Code.UNKNOWN_CONVERSATION
