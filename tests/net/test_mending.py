"""A message that cannot be read costs itself alone: its place is kept, and all around it is taken."""

from typing import Any
from uuid import UUID

import pytest

from presence_desktop.core import incoming
from presence_desktop.net.decoding import decode, decode_answer
from presence_desktop.net.mending import mended
from presence_desktop.protocol import chat, chat_events
from presence_desktop.protocol.errors import Code

ROOM = {"id": 7, "kind": "room", "title": "All", "version": 1, "createdAt": 1, "members": []}


def raw(seq: int, **more: object) -> dict[str, Any]:
    return {
        "id": str(UUID(int=seq)), "conversationId": 7, "seq": seq, "change": seq + 10, "senderId": 2,
        "text": f"message {seq}", "sentAt": 1000 + seq, **more,
    }  # fmt: skip


def page(messages: list[object], event: str = "message:history") -> list[chat.Message]:
    data = {"conversationId": 7, "messages": messages, "more": False, "lastSeq": 9, "lastChange": 19}
    answered = decode_answer(event, 1, data)
    assert isinstance(answered, incoming.Answered)
    assert isinstance(answered.answer, chat_events.MessagePage)
    return answered.answer.messages


def test_its_neighbours_are_read_and_it_keeps_its_place() -> None:
    first, broken, last = page([raw(1), raw(2, text=["no", "text"]), raw(3)])
    assert (first.text, last.text) == ("message 1", "message 3")
    assert (broken.id, broken.seq, broken.change, broken.sender_id) == (UUID(int=2), 2, 12, 2)
    assert (broken.text, broken.is_unreadable) == ("", True)


def test_what_of_it_can_be_read_is_kept() -> None:
    (broken,) = page([raw(1, reactions="many", attachments=[{"id": 3}])])
    assert (broken.text, broken.reactions, broken.attachments, broken.is_unreadable) == (
        "message 1", [], [], True,
    )  # fmt: skip


@pytest.mark.parametrize("broken", [None, 3, {}, {"seq": "two"}])
def test_in_a_row_of_messages_its_place_is_counted(broken: object) -> None:
    assert [one.seq for one in page([raw(4), broken, raw(6)])] == [4, 5, 6]
    assert [one.seq for one in page([broken, raw(6)])] == [5, 6]
    first, again = (page([raw(4), broken])[1] for _ in range(2))
    assert first == again


def test_what_tells_no_place_where_none_can_be_counted_is_left_out() -> None:
    assert [one.seq for one in page([raw(4), {}, raw(6)], "message:missed")] == [4, 6]
    assert page([{}]) == []


def test_halves_of_characters_are_no_text() -> None:
    """Python's JSON reader lets them in; no file of this computer takes them."""
    (broken,) = page([raw(1, text="ha\ud800lf", **{"new\ud800": 1})])
    assert (broken.text, broken.seq, broken.is_unreadable) == ("", 1, True)
    told = {"userId": 2, "username": "mina", "status": "busy\ud800", "timestamp": 5}
    assert decode("user:status", told) == incoming.Unreadable("user:status")
    answered = decode_answer("room:join", 3, {"conversation": {**ROOM, "title": "\ud800"}})
    assert isinstance(answered, incoming.Refusal)
    assert (answered.code, answered.ask) == (Code.BAD_ANSWER, 3)


def test_an_event_with_one_is_taken() -> None:
    told = decode("message:changed", {"message": raw(5, sentAt="yesterday")})
    assert isinstance(told, incoming.ChatEvent)
    assert isinstance(told.event, chat_events.MessageChanged)
    assert (told.event.message.seq, told.event.message.is_unreadable) == (5, True)
    assert decode("message:new", {"message": {"text": "nowhere"}}) == incoming.Unreadable("message:new")


def test_a_conversation_is_not_lost_for_its_last_message() -> None:
    last = raw(5, text=None)
    talks = [{**ROOM, "lastMessage": last}, {**ROOM, "id": 8, "lastMessage": {}}, {**ROOM, "id": 9}]
    answered = decode_answer("notification:list", 1, {"conversations": talks})
    assert isinstance(answered, incoming.Answered)
    assert isinstance(answered.answer, chat_events.NotificationOverview)
    first, second, third = answered.answer.conversations
    assert first.last_message is not None
    assert (first.last_message.seq, first.last_message.is_unreadable) == (5, True)
    assert (second.last_message, third.last_message) == (None, None)


def test_what_is_wrong_elsewhere_is_still_refused() -> None:
    refused = decode_answer("message:history", 1, {"conversationId": 7, "messages": [raw(1)], "more": False})
    assert isinstance(refused, incoming.Refusal)
    assert refused.code is Code.BAD_ANSWER
    assert mended("x", [1]) == [1]
