"""What is unread, how far one is, who types, who has it open."""

from uuid import UUID

import msgspec
import pytest

from presence_desktop.core import incoming
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol.chat import Kind
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.location_events import (
    LocationChanged,
    LocationUpdate,
    TypingChanged,
    TypingUpdate,
)
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


def test_unread_is_counted_and_read(server: ChatServer, device: Device) -> None:
    server.room(8, (1, 3), Kind.DIRECT)
    second = Device(server, 1).online()
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.move()
    server.say("hey", 3, 8)
    server.say("@user1", 2, mentions=[1])
    server.say("all", 2, mentions_all=True)
    server.say("mine", 1)
    settle(device, second)
    room = device.chats.get(ROOM)
    assert room is not None
    assert (room.unread, room.mentions) == (2, 2)
    assert (device.chats.unread_total, device.chats.mentions_total) == (3, 3)
    device.see(device.chats.mute(ROOM, True))
    assert (device.chats.unread_total, device.chats.mentions_total) == (1, 3)
    server.change(ROOM, 1, text="", deleted_at=5)
    settle(device, second)
    room = device.chats.get(ROOM)
    assert room is not None
    assert (room.unread, room.mentions) == (1, 1)
    told = device.see(device.chats.mark_read(ROOM, 3))
    assert told.talks == {ROOM}
    assert not device.see(device.chats.mark_read(ROOM, 2))
    assert device.chats.unread_total == 1
    settle(device, second)
    there = second.chats.get(ROOM)
    assert there is not None
    assert (there.unread, there.read_seq) == (0, 3)
    assert not device.see(device.chats.mark_read(99, 1))
    assert not device.see(device.chats.mute(99, True))
    assert not device.see(device.chats.set_draft(99, ""))


def test_mentions_are_counted_anew_when_an_unread_message_is_changed(
    server: ChatServer, device: Device
) -> None:
    def counts() -> tuple[int, int]:
        settle(device)
        talk = device.chats.get(ROOM)
        assert talk is not None
        return talk.unread, talk.mentions

    server.say("one @user1", mentions=[1])
    server.say("two")
    server.say("three")
    assert counts() == (3, 1)
    server.change(ROOM, 2, text="two @all", mentions_all=True, edited_at=5)
    assert counts() == (3, 2)
    server.change(ROOM, 1, text="", mentions=[], deleted_at=5)
    assert counts() == (2, 1)
    kept = server.rooms[ROOM].messages[1]
    device.history.put_messages(
        [msgspec.structs.replace(kept, change=99)]
    )  # a page brought it before the event
    server.change(ROOM, 2, text="two", mentions_all=False, edited_at=6)
    assert counts() == (2, 1)
    server.change(ROOM, 3, text="", deleted_at=6)
    assert counts() == (1, 1)


def test_what_was_read_without_a_link_is_told_later(server: ChatServer, device: Device) -> None:
    server.fill(3)
    device.move()
    device.lose()
    device.see(device.chats.mark_read(ROOM, 3))
    device.start()
    device.online()
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert talk.unread == 0
    device.wait(1000)
    device.move()
    assert server.rooms[ROOM].members[1].read_seq == 3


def test_a_mark_the_server_could_not_take_is_told_again(server: ChatServer, device: Device) -> None:
    server.fill(2)
    device.move()
    server.refusing = Code.UNAVAILABLE
    device.see(device.chats.mark_read(ROOM, 1))
    device.see(device.chats.mark_read(ROOM, 2))
    device.move()
    server.refusing = None
    device.wait(1000)
    device.move()
    assert server.rooms[ROOM].members[1].read_seq == 2


def test_in_large_rooms_nobody_tells_what_arrived(server: ChatServer) -> None:
    server.room(8, range(1, 50))
    device = Device(server).online()
    server.say("to many", 2, 8)
    device.move()
    device.wait(1000)
    device.move()
    assert server.rooms[8].members[1].delivered_seq == 0


def test_marks_of_strangers_and_of_rooms_unknown_say_nothing(device: Device) -> None:
    before = device.chats.get(ROOM)
    for room, one in ((ROOM, 99), (99, 1), (ROOM, 2)):
        marks = wire.MessageMarks(conversation_id=room, user_id=one, delivered_seq=0, read_seq=0)
        device.take(incoming.ChatEvent(marks))
    unread = wire.NotificationUnread(conversation_id=99, read_seq=1, unread=1, mentions=0)
    device.take(incoming.ChatEvent(unread))
    mention = wire.NotificationMention(conversation_id=ROOM, id=UUID(int=1), seq=1, sender_id=2)
    device.take(incoming.ChatEvent(mention))
    assert device.chats.get(ROOM) == before


def test_typing_is_shown_for_six_seconds(server: ChatServer, device: Device) -> None:
    def told(typing: bool, one: int = 2, room: int = ROOM) -> None:
        event = TypingChanged(conversation_id=room, user_id=one, typing=typing)
        device.take(incoming.ChatEvent(event))

    def typing() -> tuple[int, ...]:
        talk = device.chats.get(ROOM)
        assert talk is not None
        return talk.typing

    told(True)
    told(True, 1)
    told(True, 2, room=99)
    assert typing() == (2,)
    device.wait(5000)
    told(True)
    told(True, 3)
    assert typing() == (2, 3)
    assert device.wait(5000).talks == frozenset()
    told(False, 3)
    assert typing() == (2,)
    device.wait(1000)
    assert typing() == ()
    told(True)
    server.say("said")
    device.move()
    assert typing() == ()
    told(True)
    device.lose()
    assert typing() == ()


def test_own_typing_is_told_every_three_seconds(device: Device) -> None:
    def sent() -> list[bool]:
        events = [event for event in device.wire.sent if isinstance(event, TypingUpdate)]
        device.wire.sent.clear()
        return [event.typing for event in events]

    device.chats.typing(ROOM)
    device.chats.typing(ROOM)
    device.clock.time += 3000
    device.chats.typing(ROOM)
    assert sent() == [True, True]
    device.chats.typing(ROOM, on=False)
    device.chats.typing(ROOM, on=False)
    assert sent() == [False]
    device.chats.typing(ROOM)
    device.chats.send(ROOM, "x")
    device.chats.typing(ROOM, on=False)
    assert sent() == [True]
    device.chats.typing(99)
    assert sent() == []


def test_who_else_has_it_open(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open(ROOM))
    device.see(device.chats.open(ROOM))
    assert device.wire.sent == [LocationUpdate(room_id=ROOM)]
    device.move()
    assert device.chats.here(ROOM) == (2,)
    assert device.chats.here(8) == ()

    def told(one: int, here: bool, room: int = ROOM) -> None:
        device.take(incoming.ChatEvent(LocationChanged(room_id=room, user_id=one, here=here)))

    told(3, True)
    told(1, True)
    told(4, True, room=8)
    assert device.chats.here(ROOM) == (2, 3)
    told(2, False)
    assert device.chats.here(ROOM) == (3,)
    device.lose()
    assert device.chats.here(ROOM) == ()
    device.link()
    server.refusing = Code.UNAVAILABLE
    device.move()
    assert device.wire.sent[-1] == LocationUpdate(room_id=ROOM)
    assert device.chats.here(ROOM) == ()
    server.refusing = None
    device.see(device.chats.leave_view())
    device.see(device.chats.leave_view())
    assert device.wire.sent[-1] == LocationUpdate(room_id=None)
    assert device.shown == []


def test_a_roster_of_a_room_left_meanwhile_says_nothing(server: ChatServer, device: Device) -> None:
    server.room(8)
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.move()
    device.see(device.chats.open(ROOM))
    device.see(device.chats.open(8))
    device.see(device.chats.open(99))
    device.move()
    assert device.chats.here(ROOM) == ()
    assert device.chats.here(8) == (2,)
