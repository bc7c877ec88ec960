"""Whatever is lost, doubled or late on the way: in the end every device has what the server has, in one order."""

from uuid import UUID

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.chat import catch_up
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol.chat import Kind
from presence_desktop.protocol.errors import Code
from tests.core.chat.device import Device, settle
from tests.core.chat.world import ROOM, ChatServer


@pytest.fixture
def server() -> ChatServer:
    server = ChatServer()
    server.room()
    return server


@pytest.fixture
def device(server: ChatServer) -> Device:
    return Device(server).online()


def missed(server: ChatServer) -> list[tuple[int, int]]:
    """For which conversations, after which change, what was missed was asked."""
    return [
        (event.conversation_id, event.after)
        for _, event in server.asked
        if isinstance(event, wire.MessageMissed)
    ]


def test_what_was_missed_is_asked_for(server: ChatServer, device: Device) -> None:
    server.fill(3)
    device.move()
    device.lose()
    server.fill(2)
    server.change(ROOM, 1, text="edited")
    server.asked.clear()
    device.link()
    device.move()
    assert missed(server) == [(ROOM, 3)]
    assert device.history.after(ROOM, 0, 10) == server.rooms[ROOM].messages


def test_nothing_missed_nothing_asked(server: ChatServer, device: Device) -> None:
    server.fill(3)
    device.move()
    device.lose()
    server.asked.clear()
    device.link()
    device.move()
    assert missed(server) == []


def test_the_open_conversation_comes_first_then_the_latest(server: ChatServer) -> None:
    for room in (8, 9, 10):
        server.room(room)
    device = Device(server).online()
    device.see(device.chats.open(8))
    device.move()
    device.lose()
    for room in (8, 9, ROOM, 10):
        server.say("x", room_id=room)
    server.asked.clear()
    device.link()
    device.move()
    asked = [room for room, _ in missed(server)]
    assert asked[0] == 8
    assert set(asked) == {ROOM, 8, 9, 10}


def test_many_conversations_are_caught_up_a_few_at_a_time(server: ChatServer) -> None:
    for room in range(20, 32):
        server.room(room)
    device = Device(server).online()
    device.lose()
    for room in range(20, 32):
        server.say("x", room_id=room)
    device.link()
    device.answer()
    device.hear()
    asked = [event for event, _ in device.wire.asks if isinstance(event, wire.MessageMissed)]
    assert [event.conversation_id for event in asked] == [31, 30, 29, 28]
    device.move()
    assert all(device.history.after(room, 0, 2) == server.rooms[room].messages for room in range(20, 32))


def test_pages_are_asked_until_all_is_there(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open(ROOM))
    device.move()
    device.lose()
    server.fill(450)
    device.link()
    device.move()
    assert device.history.after(ROOM, 0, 500) == server.rooms[ROOM].messages
    assert device.texts()[-1] == "message 449"


def test_a_gap_is_noticed_and_mended(server: ChatServer, device: Device) -> None:
    server.say("lost")
    device.inbox.clear()
    server.say("heard")
    device.move()
    assert device.history.after(ROOM, 0, 10) == server.rooms[ROOM].messages
    assert missed(server) == [(ROOM, 0)]


def test_too_much_missed_is_given_up(
    server: ChatServer, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catch_up, "TOO_MUCH", 10)
    server.fill(5)
    device.move()
    device.lose()
    server.fill(11)
    server.asked.clear()
    device.link()
    device.move()
    assert missed(server) == []
    assert [one.seq for one in device.history.before(ROOM, 17, 99)] == [16]
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert (talk.last_seq, talk.unread) == (16, 16)


def test_a_server_that_went_back_in_time_is_believed(server: ChatServer, device: Device) -> None:
    server.fill(5)
    device.move()
    device.see(device.chats.mark_read(ROOM, 5))
    device.move()
    device.lose()
    room = server.rooms[ROOM]
    del room.messages[2:]
    room.change = 2
    device.link()
    device.move()
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert (talk.last_seq, talk.last) == (2, room.messages[-1])
    server.say("goes on")
    device.move()
    assert [one.text for one in device.history.before(ROOM, 4, 9)] == ["message 1", "goes on"]


def test_a_server_emptied_is_believed(server: ChatServer, device: Device) -> None:
    server.fill(2)
    device.move()
    device.lose()
    server.rooms[ROOM].messages.clear()
    server.rooms[ROOM].change = 0
    device.link()
    device.move()
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert talk.last is None


def test_one_is_no_longer_in_what_the_list_does_not_have(server: ChatServer, device: Device) -> None:
    device.lose()
    del server.rooms[ROOM].members[1]
    device.link()
    device.move()
    assert device.chats.get(ROOM) is None


def test_what_came_while_the_list_was_on_its_way_is_not_dropped(server: ChatServer, device: Device) -> None:
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.answer()
    late = device.inbox.popleft()
    other = Device(server, 3).online()
    other.see(other.chats.open_direct(1))
    settle(other)
    device.hear()
    made = device.chats.find_direct(3)
    assert made is not None
    device.take(late)
    assert device.chats.get(made) is not None


def test_stale_while_asking_asks_once_more(server: ChatServer, device: Device) -> None:
    stale = incoming.ChatEvent(wire.NotificationStale())
    server.asked.clear()
    device.take(stale, stale, stale)
    device.move()
    assert [event.name for _, event in server.asked] == ["notification:list"] * 2
    device.lose()
    device.take(stale)
    assert not device.wire.asks


def test_what_could_not_be_read_is_missing(server: ChatServer, device: Device) -> None:
    server.asked.clear()
    device.take(incoming.Unreadable("message:new"), incoming.Unreadable("something:else"))
    device.move()
    assert [event.name for _, event in server.asked] == ["notification:list"]


def test_what_cannot_be_read_is_not_asked_for_every_second(server: ChatServer, device: Device) -> None:
    server.refusing = Code.BAD_ANSWER
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.move()
    server.say("lost")
    device.inbox.clear()
    server.say("heard")
    device.move()
    server.asked.clear()
    device.wait(1000)
    device.move()
    assert not [event for _, event in server.asked if event.name != "message:mark"]


def test_a_list_that_could_not_be_had_is_asked_again(server: ChatServer) -> None:
    server.refusing = Code.UNAVAILABLE
    device = Device(server).online()
    assert not device.chats.known
    server.refusing = None
    device.wait(1000)
    device.move()
    assert device.chats.known


def test_what_could_not_be_caught_up_is_asked_again(server: ChatServer, device: Device) -> None:
    device.lose()
    server.fill(2)
    device.link()
    device.answer()
    device.hear()
    server.refusing = Code.TOO_MANY_REQUESTS
    device.move()
    server.refusing = Code.UNKNOWN_CONVERSATION
    device.wait(1000)
    device.move()
    assert device.chats.get(ROOM) is None


def test_a_message_of_a_conversation_unknown_asks_for_the_list(server: ChatServer, device: Device) -> None:
    server.room(8, (1, 3), Kind.DIRECT)
    server.say("hello", 3, 8)
    device.move()
    assert device.chats.find_direct(3) == 8
    device.see(device.chats.open(8))
    device.move()
    assert device.texts() == ["hello"]


def test_an_answer_about_a_conversation_left_meanwhile_says_nothing(
    server: ChatServer, device: Device
) -> None:
    server.fill(2)
    device.move()
    device.see(device.chats.mark_read(ROOM, 2))
    device.see(device.chats.send(ROOM, "x"))
    device.lose()
    server.fill(1)
    device.link()
    device.answer()
    device.hear()
    answers = []
    while device.answer():
        answers.append(device.inbox.pop())
    device.inbox.clear()
    device.take(incoming.ChatEvent(wire.RoomRemoved(conversation_id=ROOM)))
    device.take(*answers)
    assert device.chats.get(ROOM) is None


def test_a_refusal_that_nobody_waits_for_says_nothing(device: Device) -> None:
    told = device.take(incoming.Refusal("message:send", Code.FORBIDDEN, "", 2**32 + 999))
    assert not told
    assert not device.take(incoming.Refusal("typing:update", Code.UNKNOWN_CONVERSATION, ""))
    told = device.take(incoming.Refusal("message:send", Code.FORBIDDEN, ""))
    assert [notice.about for notice in told.notices] == ["message:send"]


def test_an_id_is_never_used_twice(device: Device) -> None:
    device.see(device.chats.open(ROOM))
    for _ in range(3):
        device.see(device.chats.send(ROOM, "same"))
    keys = [row.key for row in device.shown]
    assert len(set(keys)) == 3
    assert all(isinstance(key, UUID) for key in keys)
