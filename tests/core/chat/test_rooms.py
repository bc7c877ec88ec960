"""Rooms and direct conversations: asked, told, shown; people's faces; servers and clients without conversations."""

from uuid import UUID

import msgspec
import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Lost, Outcome
from presence_desktop.core.chat.row import Delivery
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.client import Client
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol import chat_rest
from presence_desktop.protocol.chat import Kind, MemberRole, Visibility
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event
from tests.core.chat.device import Device, settle
from tests.core.chat.world import ROOM, SERVER, ChatServer
from tests.core.world import HandClock, RememberingGateway, change, changes, entry, picture, up, user


@pytest.fixture
def server() -> ChatServer:
    server = ChatServer()
    server.room()
    return server


@pytest.fixture
def device(server: ChatServer) -> Device:
    return Device(server).online()


def outcome(device: Device, asked: int | None) -> Outcome:
    (found,) = [one for told in device.seen for one in told.outcomes if one.ask == asked]
    return found


def test_a_direct_conversation_is_made_once(server: ChatServer, device: Device) -> None:
    other = Device(server, 3).online()
    asked = device.see(device.chats.open_direct(3)).asked
    settle(device, other)
    answer = outcome(device, asked).answer
    assert isinstance(answer, wire.DmOpened)
    assert device.chats.find_direct(3) == other.chats.find_direct(1) == answer.conversation.id
    talk = device.chats.get(answer.conversation.id)
    assert talk is not None
    assert (talk.kind, talk.other, talk.my_role, talk.leads) == (Kind.DIRECT, 3, MemberRole.MEMBER, False)


def test_one_may_talk_to_oneself(server: ChatServer, device: Device) -> None:
    device.see(device.chats.open_direct(1))
    device.move()
    found = device.chats.find_direct(1)
    assert found is not None
    talk = device.chats.get(found)
    assert talk is not None
    assert talk.other == 1
    device.see(device.chats.open(found))
    device.see(device.chats.send(found, "note"))
    device.move()
    assert device.shown[0].state is Delivery.SENT


def test_a_room_is_made_changed_and_left(server: ChatServer, device: Device) -> None:
    asked = device.see(device.chats.create_room("새 방", "주제", Visibility.PUBLIC, [2])).asked
    device.move()
    answer = outcome(device, asked).answer
    assert isinstance(answer, wire.RoomUpdated)
    made = answer.conversation.id
    talk = device.chats.get(made)
    assert talk is not None
    assert (talk.title, talk.topic, talk.visibility, talk.leads) == ("새 방", "주제", Visibility.PUBLIC, True)
    device.see(device.chats.update_room(made, title="다른 이름"))
    device.move()
    talk = device.chats.get(made)
    assert talk is not None
    assert talk.title == "다른 이름"
    device.see(device.chats.open(made))
    device.see(device.chats.send(made, "bye"))
    asked = device.see(device.chats.leave(made)).asked
    device.move()
    assert outcome(device, asked).code is None
    assert device.chats.get(made) is None
    assert device.chats.window is None
    assert made not in device.chats.ids()


@pytest.mark.parametrize(
    ("ask", "event"),
    [
        (lambda chats: chats.invite(ROOM, [2, 3]), wire.RoomInvite(conversation_id=ROOM, user_ids=[2, 3])),
        (lambda chats: chats.join(9), wire.RoomJoin(conversation_id=9)),
        (lambda chats: chats.remove(ROOM, 2), wire.RoomRemove(conversation_id=ROOM, user_id=2)),
        (
            lambda chats: chats.give_role(ROOM, 2, MemberRole.MODERATOR),
            wire.RoomRole(conversation_id=ROOM, user_id=2, role=MemberRole.MODERATOR),
        ),
        (lambda chats: chats.fetch_public_rooms(), wire.RoomList()),
    ],
)
def test_what_is_asked_of_rooms(device: Device, ask: object, event: Event) -> None:
    assert callable(ask)
    told = device.see(ask(device.chats))
    assert device.wire.asks[-1] == (event, told.asked)


def test_a_title_of_blanks_is_refused_at_once(device: Device) -> None:
    told = device.see(device.chats.create_room("   "))
    assert [(one.ask, one.about, one.code) for one in told.outcomes] == [
        (told.asked, "room:create", Code.INVALID_PAYLOAD)
    ]
    assert not device.wire.asks


def test_put_out_of_a_room_nothing_of_it_stays(server: ChatServer, device: Device) -> None:
    server.say("secret")
    device.move()
    device.see(device.chats.open(ROOM))
    device.see(device.chats.send(ROOM, "never sent"))
    device.wire.asks.clear()
    server.put_out(ROOM, 1)
    device.move()
    assert device.chats.get(ROOM) is None
    assert device.chats.window is None
    assert device.history.before(ROOM, 2, 1) == []
    device.take(incoming.ChatEvent(wire.RoomRemoved(conversation_id=ROOM)))


def lost(device: Device) -> list[Lost]:
    return [one for changes in device.seen for one in changes.lost]


def test_who_was_put_out_while_away_is_told_with_what_was_not_sent(
    server: ChatServer, device: Device
) -> None:
    server.room(8, (1, 2), Kind.DIRECT)
    server.room(9, (1, 3), Kind.DIRECT)
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.move()
    device.lose()
    for conversation, text in ((ROOM, "first"), (ROOM, "second"), (8, "hi")):
        device.see(device.chats.send(conversation, text))
    device.see(device.chats.set_draft(ROOM, "and a draft"))
    for conversation in (ROOM, 8, 9):
        server.put_out(conversation, 1)
    device.link()
    device.move()
    told = {one.title: one for one in lost(device)}
    assert told[f"room {ROOM}"].texts == ("first", "second", "and a draft")
    assert told[None].texts == ("hi",)
    assert told[None].other == 2
    assert len(lost(device)) == 2  # nothing of a direct conversation in which nothing was begun


@pytest.mark.parametrize(
    ("by", "draft", "told"),
    [
        (2, "", [Lost(f"room {ROOM}", 2, (), 2)]),
        (None, "", [Lost(f"room {ROOM}", 2, (), None)]),
        (1, "", []),
        (1, "half a thought", [Lost(f"room {ROOM}", 2, ("half a thought",), None)]),
    ],
    ids=["by somebody", "nobody says", "by oneself elsewhere", "by oneself elsewhere, with a draft here"],
)
def test_who_is_put_out_is_told_by_whom(device: Device, by: int | None, draft: str, told: list[Lost]) -> None:
    device.see(device.chats.set_draft(ROOM, draft))
    device.take(incoming.ChatEvent(wire.RoomRemoved(conversation_id=ROOM, by_id=by)))
    assert lost(device) == told


def test_who_leaves_knows_it_but_not_who_could_not_and_is_put_out_later(
    server: ChatServer, device: Device
) -> None:
    device.see(device.chats.set_draft(ROOM, "never mind"))
    device.see(device.chats.leave(ROOM))
    device.move()
    assert device.chats.get(ROOM) is None
    assert lost(device) == []
    server.room(9)
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.move()
    told = device.see(device.chats.leave(9))
    device.wire.asks.clear()
    assert told.asked is not None
    device.take(incoming.Refusal("room:leave", Code.FORBIDDEN, "", told.asked))
    server.put_out(9, 1)
    device.move()
    assert len(lost(device)) == 1


def test_an_older_word_on_a_room_changes_nothing(server: ChatServer, device: Device) -> None:
    old = server.rooms[ROOM].told(1, counts=False)
    device.chats.update_room(ROOM, title="new")
    device.move()
    device.take(incoming.ChatEvent(wire.RoomUpdated(conversation=old)))
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert talk.title == "new"


def test_an_avatar_is_asked_and_answered(device: Device) -> None:
    asked = device.see(device.chats.set_avatar(b"png")).asked
    assert device.wire.take_calls() == [("set_avatar", b"png", asked)]
    assert asked is not None
    device.take(incoming.Answered(asked, chat_rest.AvatarTaken(avatar="/api/avatars/a.png")))
    assert outcome(device, asked).answer == chat_rest.AvatarTaken(avatar="/api/avatars/a.png")
    device.take(incoming.Answered(asked, chat_rest.AvatarTaken(avatar="/api/avatars/a.png")))


def test_faces_are_fetched_once_each(device: Device) -> None:
    device.take(
        incoming.DirectoryArrived([msgspec.structs.replace(entry(2), avatar="/a/2.png"), entry(3)], last=True)
    )
    client = device.client
    assert client.avatar_path(2) is None
    assert client.avatar_path(2) is None
    assert client.avatar_path(3) is None
    assert client.avatar_path(4) is None
    assert device.wire.take_calls() == [("fetch_avatar", "/a/2.png")]
    device.lose()
    device.link()
    assert client.avatar_path(2) is None
    assert len(device.wire.take_calls()) == 1
    told = device.take(incoming.AvatarArrived("/a/2.png", "/cache/2.png"))
    assert told.people == {2}
    assert client.avatar_path(2) == "/cache/2.png"


def test_a_plain_server_knows_no_conversations(server: ChatServer) -> None:
    device = Device(server)
    device.sign_in()
    device.link(plain=True)
    assert not device.chats.available
    assert not device.wire.asks
    told = device.see(device.chats.fetch_public_rooms())
    assert [(one.ask, one.code) for one in told.outcomes] == [(told.asked, Code.UNKNOWN_EVENT)]
    for ask in (device.chats.search("x"), device.chats.set_avatar(None)):
        assert [one.code for one in ask.outcomes] == [Code.UNKNOWN_EVENT]


def test_a_client_without_conversations_asks_nothing() -> None:
    client = Client(RememberingGateway(), HandClock())
    client.resume(SERVER, "a@b")
    client.apply([incoming.SignedIn(SERVER, Device(ChatServer()).me), up()])
    client.apply([incoming.People(picture(user(2)))])
    client.apply([changes(change(2, user(2).status, 11))])
    assert not client.chats.tick()
    assert [one.code for one in client.chats.open_direct(2).outcomes] == [Code.UNKNOWN_EVENT]
    client.apply([incoming.DirectoryArrived([msgspec.structs.replace(entry(2), avatar="/a")], last=True)])
    assert client.avatar_path(2) is None
    client.chats.fetch_thumbnail(UUID(int=1))
    client.chats.cancel_download(UUID(int=1))
    client.close()


def test_another_account_sees_nothing_of_the_first(server: ChatServer, device: Device) -> None:
    server.say("for user 1")
    device.move()
    device.me = msgspec.structs.replace(device.me, user_id=5, email="five@example.org")
    device.user = 5
    device.take(incoming.SignedIn(SERVER, device.me))
    device.link()
    device.move()
    assert device.chats.ids() == ()
    device.client.resume(SERVER, "user1@example.org")
    assert device.chats.ids() == (ROOM,)
    assert device.client.me is not None
    assert device.client.me.user_id == 1
    device.client.resume(SERVER, "user1@example.org")
    assert device.chats.ids() == (ROOM,)
    device.take(incoming.SignInFailed(Code.TOKEN_MISSING, ""))
    assert device.client.me is None
    assert device.chats.ids() == ()


def test_a_history_that_fails_is_told_once(server: ChatServer) -> None:
    from presence_desktop.core.chat.memory_history import MemoryHistory

    class Failing(MemoryHistory):
        failing = False

    history = Failing()
    client = Client(RememberingGateway(), HandClock(), ChatPorts(Device(server).wire, history))
    history.failing = True
    assert [one.code for one in client.chats.tick().notices] == [Code.NOT_KEPT]
    assert not client.chats.tick()
    history.failing = False
    assert not client.chats.tick()


def test_a_history_that_had_to_be_begun_anew_is_told_each_time(server: ChatServer) -> None:
    from presence_desktop.core.chat.memory_history import MemoryHistory

    history = MemoryHistory()
    client = Client(RememberingGateway(), HandClock(), ChatPorts(Device(server).wire, history))
    for times in (1, 2):
        history.begun_anew = times
        assert [one.code for one in client.chats.tick().notices] == [Code.HISTORY_BROKEN]
        assert not client.chats.tick()


def test_who_is_in_a_room_and_not_known_is_looked_up_once(server: ChatServer, device: Device) -> None:
    known = [entry(user_id) for user_id in server.rooms[ROOM].members]
    device.take(incoming.DirectoryArrived(tuple(known), last=True))
    device.gateway.calls.clear()
    asked = device.see(device.chats.create_room("With a newcomer", user_ids=[77])).asked
    device.move()
    assert outcome(device, asked).code is None
    assert device.gateway.count("fetch_directory") == 1
    device.see(device.chats.create_room("With the same one", user_ids=[77]))
    device.move()
    assert device.gateway.count("fetch_directory") == 1
    device.take(incoming.DirectoryArrived((entry(77),), last=True))
    device.lose()
    device.link()
    device.move()
    assert device.gateway.count("fetch_directory") == 1
