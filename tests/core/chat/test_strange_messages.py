"""Messages that this app does not understand, or could not read: kept in their place, told of once, never wrongly."""

import pytest

from presence_desktop.core.chat.memory_history import MemoryHistory
from presence_desktop.core.notifying import Notifying
from presence_desktop.protocol.chat import UNREADABLE, Kind
from presence_desktop.protocol.errors import Code
from tests.core.chat.device import Device, settle
from tests.core.chat.world import ROOM, ChatServer


@pytest.fixture
def server() -> ChatServer:
    made = ChatServer()
    made.room(kind=Kind.DIRECT)
    return made


def told(device: Device) -> list[Code]:
    return [notice.code for changes in device.seen for notice in changes.notices]


def test_what_could_not_be_read_is_told_once_and_keeps_its_place(server: ChatServer) -> None:
    server.say("one")
    server.say("", kind=UNREADABLE)
    server.say("three")
    device = Device(server, history=MemoryHistory()).online()
    device.see(device.chats.open(ROOM))
    device.move()
    assert [row.message.seq for row in device.shown] == [1, 2, 3]
    server.say("", kind=UNREADABLE)
    settle(device)
    assert told(device) == [Code.MESSAGES_UNREADABLE]
    device.lose()
    device.link()
    settle(device)
    assert [row.message.is_unreadable for row in device.shown] == [False, True, False, True]
    assert told(device) == [Code.MESSAGES_UNREADABLE]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [({"text": ""}, False), ({"text": "Shall we?"}, True)],
    ids=["nothing to say", "with words"],
)
def test_a_strange_message_pops_up_only_with_words(
    server: ChatServer, fields: dict[str, str], shown: bool
) -> None:
    device = Device(server).online()
    rules = Notifying(device.client)
    for changes in device.seen:
        rules.take(changes, None)
    device.seen.clear()
    server.say(kind="poll", **fields)
    settle(device)
    said = [talk for changes in device.seen for talk in rules.take(changes, None).show]
    assert bool(said) is shown
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert talk.unread == 1


def test_among_others_it_hides_nothing(server: ChatServer) -> None:
    device = Device(server).online()
    rules = Notifying(device.client)
    for changes in device.seen:
        rules.take(changes, None)
    device.seen.clear()
    server.say("words")
    server.say("", kind="poll")
    device.hear()
    assert [talk for changes in device.seen for talk in rules.take(changes, None).show] == [ROOM]
