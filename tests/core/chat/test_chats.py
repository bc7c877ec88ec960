"""A person talks: what is shown at once, what is told to the server, what every piece of news does."""

from uuid import UUID

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.chat.row import Delivery
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


def test_the_list_is_there_once_the_server_told(server: ChatServer) -> None:
    server.room(8, (1, 3), Kind.DIRECT)
    server.room(9, (2, 3))
    server.fill(2)
    device = Device(server)
    device.sign_in()
    assert not device.chats.known
    device.link()
    device.move()
    assert device.chats.known
    assert device.chats.available
    assert tuple(device.chats.ids()) == (ROOM, 8)
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert (talk.title, talk.unread, talk.last and talk.last.text, talk.last_seq) == (
        "room 7",
        2,
        "message 1",
        2,
    )
    assert device.chats.get(9) is None
    assert device.chats.find_direct(3) == 8
    assert device.chats.find_direct(2) is None


def test_what_is_said_comes_in(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open(ROOM))
    assert device.texts() == []
    server.say("하나")
    server.say("둘")
    device.hear()
    assert device.texts() == ["하나", "둘"]
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert talk.unread == 2
    assert device.seen[-1].talks == {ROOM}
    rows = device.shown
    assert [row.follows for row in rows] == [False, True]
    assert [row.new_day for row in rows] == [True, False]


def test_a_message_is_shown_at_once_and_sent(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open(ROOM))
    device.move()
    device.chats.set_draft(ROOM, "안녕")
    device.see(device.chats.send(ROOM, "  안녕  "))
    (row,) = device.shown
    assert (row.state, row.message.text, row.message.seq) == (Delivery.PENDING, "안녕", 0)
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert (talk.draft, talk.unsent, talk.last) == ("", 1, row.message)
    device.move()
    (sent,) = device.shown
    assert (sent.key, sent.state, sent.message.seq) == (row.key, Delivery.SENT, 1)
    assert server.rooms[ROOM].messages[0].text == "안녕"
    other = Device(server, 2).online()
    settle(device, other)
    other.wait(1000)
    settle(device, other)
    assert device.shown[0].state is Delivery.DELIVERED
    other.see(other.chats.mark_read(ROOM, 1))
    settle(device, other)
    assert device.shown[0].state is Delivery.READ
    assert device.chats.readers(ROOM, 1) == (2,)
    assert device.chats.readers(ROOM, 2) == ()
    assert device.chats.readers(99, 1) == ()


def test_messages_go_in_order_one_at_a_time(server: ChatServer, device: Device) -> None:
    server.room(8)
    device.lose()
    for number in range(3):
        device.chats.send(ROOM, f"seven {number}")
    device.link()
    device.move()
    device.chats.send(ROOM, "a")
    device.chats.send(ROOM, "b")
    device.chats.send(8, "c")
    asked = [event for event, _ in device.wire.asks if isinstance(event, wire.MessageSend)]
    assert [event.text for event in asked] == ["a", "c"]
    device.move()
    assert [one.text for one in server.rooms[ROOM].messages] == ["seven 0", "seven 1", "seven 2", "a", "b"]


def test_written_without_a_link_it_is_sent_after_a_restart(server: ChatServer, device: Device) -> None:
    device.lose()
    device.chats.send(ROOM, "first")
    device.chats.send(ROOM, "second")
    keys = [row.key for row in device.chats._engine.unsent_rows(ROOM)]
    device.start()
    device.client.resume("http://127.0.0.1:3001", "USER1@example.org")
    assert device.client.me == device.me
    device.see(device.chats.open(ROOM))
    assert [(row.key, row.state) for row in device.shown] == [(key, Delivery.PENDING) for key in keys]
    device.online()
    assert [(one.id, one.text) for one in server.rooms[ROOM].messages] == [
        (keys[0], "first"),
        (keys[1], "second"),
    ]
    assert [row.state for row in device.shown] == [Delivery.SENT, Delivery.SENT]


def test_an_acknowledgement_that_was_lost_doubles_nothing(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open(ROOM))
    device.move()
    device.see(device.chats.send(ROOM, "once"))
    device.answer()
    device.lose()
    device.link()
    device.move()
    device.wait(5000)
    device.move()
    assert [one.text for one in server.rooms[ROOM].messages] == ["once"]
    assert [(row.message.text, row.state) for row in device.shown] == [("once", Delivery.SENT)]


def test_a_refused_message_says_why_and_can_be_tried_again(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open(ROOM))
    device.move()
    server.refusing = Code.INVALID_TEXT
    device.see(device.chats.send(ROOM, "bad"))
    device.see(device.chats.send(ROOM, "worse"))
    device.move()
    assert [(row.state, row.error) for row in device.shown] == [(Delivery.FAILED, Code.INVALID_TEXT)] * 2
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert (talk.unsent, talk.failed) == (2, 2)
    server.refusing = None
    bad, worse = device.shown
    device.see(device.chats.retry(bad.key))
    assert [row.key for row in device.shown] == [worse.key, bad.key]
    device.move()
    device.see(device.chats.discard(worse.key))
    assert device.texts() == ["bad"]
    device.see(device.chats.discard(worse.key))
    device.see(device.chats.retry(worse.key))
    assert [one.text for one in server.rooms[ROOM].messages] == ["bad"]


def test_a_server_that_cannot_just_now_is_asked_again_later(server: ChatServer, device: Device) -> None:
    server.refusing = Code.UNAVAILABLE
    device.see(device.chats.open(ROOM))
    device.see(device.chats.send(ROOM, "later"))
    device.move()
    assert (device.shown[0].state, device.shown[0].error) == (Delivery.PENDING, Code.UNAVAILABLE)
    server.refusing = None
    device.see(device.chats.tick())
    assert not any(isinstance(event, wire.MessageSend) for event, _ in device.wire.asks)
    device.wait(3000)
    device.move()
    assert device.shown[0].state is Delivery.SENT


def test_too_fast_waits_as_long_as_the_server_says(server: ChatServer, device: Device) -> None:
    device.chats.send(ROOM, "fast")
    event, number = device.wire.asks.popleft()
    assert isinstance(event, wire.MessageSend)
    device.take(incoming.Refusal(event.name, Code.TOO_MANY_REQUESTS, "", number, retry_after=9000))
    device.wait(8000)
    device.move()
    assert server.rooms[ROOM].messages == []
    device.wait(1000)
    device.move()
    assert [one.text for one in server.rooms[ROOM].messages] == ["fast"]


def test_the_person_need_not_wait_for_the_next_try(server: ChatServer, device: Device) -> None:
    server.refusing = Code.UNAVAILABLE
    device.see(device.chats.open(ROOM))
    device.see(device.chats.send(ROOM, "now"))
    device.move()
    server.refusing = None
    device.see(device.chats.retry(device.shown[0].key))
    device.move()
    assert device.shown[0].state is Delivery.SENT


@pytest.mark.parametrize(
    ("text", "files", "code"),
    [
        ("a" * 8001, 0, Code.TEXT_TOO_LONG),
        ("\ud800", 0, Code.INVALID_TEXT),
        ("", 11, Code.LIMIT_REACHED),
    ],
)
def test_what_no_server_would_take_is_not_kept(device: Device, text: str, files: int, code: Code) -> None:
    from presence_desktop.core.chat.row import LocalFile

    told = device.see(device.chats.send(ROOM, text, files=[LocalFile("/a", "a", 1)] * files))
    assert [one.code for one in told.notices] == [code]
    assert not device.wire.asks
    if not files:
        told = device.see(device.chats.edit(ROOM, UUID(int=1), text))
        assert [one.code for one in told.notices] == [code]


def test_nothing_is_no_message(device: Device) -> None:
    assert not device.see(device.chats.send(ROOM, " \n "))
    assert not device.see(device.chats.send(99, "to nobody"))


def test_an_unsent_message_changes_and_goes_without_the_server(server: ChatServer, device: Device) -> None:
    device.lose()
    device.see(device.chats.open(ROOM))
    device.see(device.chats.send(ROOM, "one"))
    device.see(device.chats.send(ROOM, "two"))
    one, two = device.shown
    device.see(device.chats.edit(ROOM, one.key, "ONE"))
    device.see(device.chats.delete(ROOM, two.key))
    assert device.texts() == ["ONE"]
    device.link()
    device.move()
    assert [message.text for message in server.rooms[ROOM].messages] == ["ONE"]


def test_what_is_on_its_way_is_left_alone(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open(ROOM))
    device.move()
    device.see(device.chats.send(ROOM, "going"))
    (row,) = device.shown
    told = device.see(device.chats.delete(ROOM, row.key))
    assert told.asked is not None
    device.move()
    assert [message.deleted_at is None for message in server.rooms[ROOM].messages] == [False]


def test_changes_of_messages_are_asked_and_told(server: ChatServer, device: Device) -> None:
    server.say("mine", sender=1)
    device.see(device.chats.open(ROOM))
    device.move()
    (row,) = device.shown
    for ask in (
        lambda: device.chats.edit(ROOM, row.key, "edited"),
        lambda: device.chats.react(ROOM, row.key, "👍", True),
        lambda: device.chats.pin(ROOM, row.key, True),
    ):
        asked = device.see(ask()).asked
        device.move()
        (outcome,) = [one for changes in device.seen for one in changes.outcomes if one.ask == asked]
        assert (outcome.code, type(outcome.answer)) == (None, wire.MessageChanged)
    message = device.shown[0].message
    assert message.text == "edited"
    assert message.reactions[0].emoji == "👍"
    assert message.pinned_at is not None
    asked = device.see(device.chats.fetch_pins(ROOM)).asked
    device.move()
    (outcome,) = [one for changes in device.seen for one in changes.outcomes if one.ask == asked]
    assert isinstance(outcome.answer, wire.MessagePage)
    assert [one.text for one in outcome.answer.messages] == ["edited"]
    device.see(device.chats.delete(ROOM, row.key))
    device.move()
    assert device.shown[0].message.deleted_at is not None


def test_a_refused_change_says_so(server: ChatServer, device: Device) -> None:
    server.refusing = Code.FORBIDDEN
    asked = device.see(device.chats.pin(ROOM, UUID(int=5), True)).asked
    device.move()
    (outcome,) = device.seen[-1].outcomes
    assert (outcome.ask, outcome.about, outcome.code) == (asked, "message:pin", Code.FORBIDDEN)
    told = device.see(device.chats.react(ROOM, UUID(int=5), "x" * 65, True))
    assert [(one.ask, one.code) for one in told.outcomes] == [(told.asked, Code.INVALID_PAYLOAD)]


def test_an_answer_follows_what_it_answers(server: ChatServer, device: Device) -> None:
    said = server.say("질문?")
    device.move()
    device.lose()
    device.see(device.chats.open(ROOM))
    device.see(device.chats.send(ROOM, "대답!", reply_to=said.id))
    quote = device.shown[-1].message.reply_to
    assert quote is not None
    assert (quote.text, quote.seq) == ("질문?", 1)
    device.link()
    device.move()
    server.change(ROOM, 1, text="", deleted_at=9)
    device.move()
    quote = device.shown[-1].message.reply_to
    assert quote is not None
    assert quote.text == ""
    server.change(ROOM, 1, text="again", deleted_at=None)
    device.move()
    assert device.shown[-1].message.reply_to is not None
    device.see(device.chats.send(ROOM, "unknown", reply_to=UUID(int=404)))
    assert device.shown[-1].message.reply_to is None


def test_what_was_given_up_and_had_arrived_all_the_same_is_deleted(
    server: ChatServer, device: Device
) -> None:
    device.see(device.chats.open(ROOM))
    device.move()
    device.see(device.chats.send(ROOM, "oops"))
    device.answer()  # stored, but nothing of it is heard
    device.lose()
    key = device.shown[-1].key
    device.see(device.chats.discard(key))
    assert device.texts() == []
    device.link()
    while device.wire.asks and not isinstance(device.wire.asks[0][0], wire.MessageDelete):
        device.answer()
        device.hear()
    device.lose()  # the wish to delete it is lost too
    assert server.rooms[ROOM].messages[-1].deleted_at is None
    device.link()
    device.move()
    device.see(device.chats.react(ROOM, key, "👍", on=True))
    device.move()
    assert server.rooms[ROOM].messages[-1].deleted_at is not None
    assert device.texts() == [""]
