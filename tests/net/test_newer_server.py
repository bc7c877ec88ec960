"""A server that is newer than the app: fields, words and events that nobody here knows cost nothing but themselves."""

from typing import Any

import msgspec
import pytest

from presence_desktop.core import incoming
from presence_desktop.net.decoding import decode, decode_answer
from presence_desktop.protocol import chat, chat_events, events
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Status, known_reason

ENTRY = {"userId": 2, "username": "Ada", "status": "online", "lastSeen": 5}
CHANGE = {
    "userId": 2,
    "username": "Ada",
    "status": "busy",
    "version": 3,
    "since": 5,
    "reason": "in_a_call",
    "mood": 1,
}
MESSAGE = {
    "id": "00000000-0000-0000-0000-000000000001", "conversationId": 7, "seq": 1, "change": 1, "senderId": 2,
    "text": "Shall we?", "sentAt": 5, "kind": "poll", "poll": {"options": ["yes", "no"]},
}  # fmt: skip
ROOM = {"id": 7, "kind": "room", "title": "All", "version": 1, "createdAt": 1, "encrypted": False}
MEMBER = {"userId": 2, "joinedAt": 1, "role": "guest_speaker"}


def changed(data: dict[str, Any]) -> events.PresenceChanges:
    told = decode("presence:changes", {"epoch": "e", "version": 3, "changes": [data]})
    assert isinstance(told, incoming.PresenceChanged)
    return told.changes


def test_a_reason_that_is_not_known_yet_is_no_reason() -> None:
    (change,) = changed(CHANGE).changes
    assert (change.status, known_reason(change.reason)) == (Status.BUSY, None)
    told = decode("online:users", {"count": 1, "users": [{**ENTRY, "reason": "in_a_call"}]})
    assert isinstance(told, incoming.People)
    assert told.users.users[0].reason == "in_a_call"


def test_a_kind_of_message_that_is_not_known_yet_keeps_its_text() -> None:
    told = decode("message:new", {"message": MESSAGE})
    assert isinstance(told, incoming.ChatEvent)
    assert isinstance(told.event, chat_events.MessageNew)
    message = told.event.message
    assert (message.text, message.kind, message.is_known) == ("Shall we?", "poll", False)
    assert msgspec.json.decode(msgspec.json.encode(message), type=chat.Message) == message


@pytest.mark.parametrize("kind", ["", "text"])
def test_a_message_of_no_kind_is_text(kind: object) -> None:
    told = msgspec.convert({**MESSAGE, "kind": kind}, chat.Message)
    assert told.is_known


def test_a_role_that_is_not_known_yet_is_a_member() -> None:
    told = decode("room:updated", {"conversation": {**ROOM, "members": [MEMBER]}})
    assert isinstance(told, incoming.ChatEvent)
    assert isinstance(told.event, chat_events.RoomUpdated)
    assert told.event.conversation.members[0].role is chat.MemberRole.MEMBER


def test_an_event_that_is_not_known_yet_is_let_by() -> None:
    assert decode("call:started", {"with": [2, 3]}) is None


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("online:users", {"count": 1, "users": [{**ENTRY, "status": "invisible"}]}),
        ("online:users", {"count": 1, "users": "everybody"}),
        ("online:users", "<html>"),
        ("online:users", None),
        ("user:status", {**ENTRY, "status": "invisible", "timestamp": 1}),
        ("presence:changes", {"epoch": "e", "version": 3, "changes": [{**CHANGE, "since": "noon"}]}),
        ("presence:changes", []),
        ("message:new", {"message": {**MESSAGE, "seq": "first"}}),
        ("heartbeat:ack", {"timestamp": {}}),
    ],
)
def test_nonsense_is_told_as_unreadable_and_nothing_of_it_is_believed(event: str, data: object) -> None:
    assert decode(event, data) == incoming.Unreadable(event)


@pytest.mark.parametrize("data", [None, "<html>", [], {"success": True}, {"messages": [MESSAGE, {"id": 7}]}])
def test_an_answer_that_is_nonsense_is_a_refusal(data: object) -> None:
    told = decode_answer("message:history", 77, data)
    assert isinstance(told, incoming.Refusal)
    assert (told.code, told.ask) == (Code.BAD_ANSWER, 77)
