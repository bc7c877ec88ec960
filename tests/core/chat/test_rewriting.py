"""What waits to be sent can be changed: it keeps its place, and a failed one is tried again with its new words."""

import pytest

from presence_desktop.core.chat.row import Delivery
from presence_desktop.protocol.errors import Code
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer


@pytest.fixture
def server() -> ChatServer:
    made = ChatServer()
    made.room()
    return made


@pytest.fixture
def device(server: ChatServer) -> Device:
    made = Device(server).online()
    made.see(made.chats.open(ROOM))
    made.move()
    return made


def stored(server: ChatServer) -> list[str]:
    return [message.text for message in server.rooms[ROOM].messages]


def test_a_changed_message_keeps_its_place_over_a_restart(server: ChatServer, device: Device) -> None:
    device.lose()
    for text in ("one", "two", "three"):
        device.see(device.chats.send(ROOM, text))
    device.see(device.chats.edit(ROOM, device.shown[1].key, "TWO"))
    assert device.texts() == ["one", "TWO", "three"]
    device.start()
    device.online()
    assert stored(server) == ["one", "TWO", "three"]


def test_a_failed_message_goes_again_with_its_new_words(server: ChatServer, device: Device) -> None:
    server.refusing = Code.INVALID_TEXT
    device.see(device.chats.send(ROOM, "darn"))
    device.move()
    server.refusing = None
    device.lose()
    device.see(device.chats.send(ROOM, "after"))
    failed = device.shown[0]
    assert failed.state is Delivery.FAILED
    device.see(device.chats.edit(ROOM, failed.key, "dear"))
    assert [row.state for row in device.shown] == [Delivery.PENDING, Delivery.PENDING]
    device.link()
    device.move()
    assert stored(server) == ["dear", "after"]


def test_it_waits_for_what_is_on_its_way(server: ChatServer, device: Device) -> None:
    server.refusing = Code.INVALID_TEXT
    device.see(device.chats.send(ROOM, "darn"))
    device.move()
    server.refusing = None
    device.see(device.chats.send(ROOM, "after"))
    asked = len(device.wire.asks)
    device.see(device.chats.edit(ROOM, device.shown[0].key, "dear"))
    assert len(device.wire.asks) == asked
    device.move()
    assert stored(server) == ["after", "dear"]


def test_one_that_went_meanwhile_is_changed_on_the_server(server: ChatServer, device: Device) -> None:
    device.see(device.chats.send(ROOM, "gone"))
    key = device.shown[0].key
    told = device.see(device.chats.edit(ROOM, key, "gone already"))
    assert told.asked is not None
    device.move()
    assert stored(server) == ["gone already"]
