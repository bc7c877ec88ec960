"""Rooms and people, files and pictures, search, typing, who is here: asked, told, shown."""

from uuid import UUID

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Outcome
from presence_desktop.core.chat.row import Delivery, LocalFile
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.client import Client
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol import chat_rest
from presence_desktop.protocol.chat import Attachment, Kind, MemberRole, SearchQuery, Visibility
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.location_events import (
    LocationChanged,
    LocationUpdate,
    TypingChanged,
    TypingUpdate,
)
from tests.core.chat.world import ROOM, SERVER, ChatServer, Device, settle
from tests.core.world import HandClock, RememberingGateway, change, changes, entry, picture, up, user

PICTURE = LocalFile("/tmp/고양이.png", "고양이.png", 1000, "image/png", 40, 30)


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


# --- rooms and people ---


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


def test_an_older_word_on_a_room_changes_nothing(server: ChatServer, device: Device) -> None:
    old = server.rooms[ROOM].told(1, counts=False)
    device.chats.update_room(ROOM, title="new")
    device.move()
    device.take(incoming.ChatEvent(wire.RoomUpdated(conversation=old)))
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert talk.title == "new"


# --- what is unread ---


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


# --- typing, who is here ---


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


# --- files ---


def send_file(device: Device, *files: LocalFile) -> list[UUID]:
    device.see(device.chats.open(ROOM))
    device.move()
    device.see(device.chats.send(ROOM, "", files=files))
    return [one.id for one in device.shown[-1].message.attachments]


def uploaded(device: Device, file_id: UUID) -> None:
    file = Attachment(id=file_id, name="x", media_type="image/png", size=1000)
    device.take(incoming.UploadEnded(file_id, file))


def test_files_go_before_their_message(server: ChatServer, device: Device) -> None:
    first, second = send_file(device, PICTURE, PICTURE)
    assert device.wire.take_calls() == [("upload", first, "/tmp/고양이.png", "고양이.png")]
    (row,) = device.shown
    assert (row.state, row.progress, row.files) == (Delivery.UPLOADING, 0.0, (PICTURE, PICTURE))
    assert row.message.attachments[0].width == 40
    assert device.chats.file(first).picture == "/tmp/고양이.png"
    device.take(incoming.UploadMoved(first, 500, 1000))
    assert device.shown[0].progress == 0.25
    uploaded(device, first)
    assert device.wire.take_calls() == [("upload", second, "/tmp/고양이.png", "고양이.png")]
    assert device.shown[0].progress == 0.5
    uploaded(device, second)
    device.move()
    (row,) = device.shown
    assert (row.state, row.progress, row.files) == (Delivery.SENT, None, ())
    assert [one.id for one in server.rooms[ROOM].messages[0].attachments] == [first, second]
    device.take(incoming.UploadMoved(first, 1, 2), incoming.UploadEnded(first, None, Code.UNAVAILABLE))


def test_an_upload_goes_on_after_a_restart(server: ChatServer, device: Device) -> None:
    first, second = send_file(device, PICTURE, PICTURE)
    uploaded(device, first)
    device.lose()
    device.start()
    device.online()
    assert device.wire.take_calls() == [("upload", second, "/tmp/고양이.png", "고양이.png")]
    uploaded(device, second)
    device.move()
    assert len(server.rooms[ROOM].messages[0].attachments) == 2


def test_an_upload_that_fails_is_tried_again_or_given_up(device: Device) -> None:
    (file_id,) = send_file(device, PICTURE)
    device.wire.take_calls()
    device.take(incoming.UploadEnded(file_id, None, Code.UNREACHABLE))
    assert (device.shown[0].state, device.shown[0].error) == (Delivery.PENDING, Code.UNREACHABLE)
    device.wait(5000)
    assert device.wire.take_calls()[0][:2] == ("upload", file_id)
    device.take(incoming.UploadEnded(file_id, None, Code.UNREADABLE_FILE))
    assert (device.shown[0].state, device.shown[0].error) == (Delivery.FAILED, Code.UNREADABLE_FILE)
    device.see(device.chats.retry(device.shown[0].key))
    device.take(incoming.UploadEnded(file_id, None, None))
    assert device.shown[0].error is Code.UNAVAILABLE


def test_an_upload_is_stopped(device: Device) -> None:
    (file_id,) = send_file(device, PICTURE)
    device.wire.take_calls()
    device.see(device.chats.cancel_upload(device.shown[0].key))
    assert device.wire.take_calls() == [("cancel_upload", file_id)]
    assert device.shown == []


def test_files_that_the_server_forgot_are_sent_once_more(server: ChatServer, device: Device) -> None:
    (file_id,) = send_file(device, PICTURE)
    device.wire.take_calls()
    uploaded(device, file_id)
    server.refusing = Code.UNKNOWN_FILE
    device.move()
    device.wait(5000)
    assert device.wire.take_calls()[0][:2] == ("upload", file_id)
    uploaded(device, file_id)
    device.move()
    assert (device.shown[0].state, device.shown[0].error) == (Delivery.FAILED, Code.UNKNOWN_FILE)
    device.see(device.chats.edit(ROOM, device.shown[0].key, "with words"))
    assert device.shown[0].message.text == "with words"


def test_an_empty_file_has_no_progress_to_show(device: Device) -> None:
    send_file(device, LocalFile("/tmp/a", "a", 0))
    assert device.shown[0].progress == 0.0


def test_signing_out_stops_uploads(device: Device) -> None:
    (file_id,) = send_file(device, PICTURE)
    device.wire.take_calls()
    device.take(incoming.SignedOut())
    assert device.wire.take_calls() == [("cancel_upload", file_id)]
    assert device.chats.ids() == ()
    assert device.shown == []
    device.take(incoming.SignedOut())


def test_pictures_are_fetched_once(device: Device) -> None:
    file_id = UUID(int=5)
    assert device.chats.file(file_id).thumbnail is None
    for _ in range(2):
        device.chats.fetch_thumbnail(file_id)
        device.chats.fetch_picture(file_id)
    assert device.wire.take_calls() == [
        ("fetch_file", file_id, True, None),
        ("fetch_file", file_id, False, None),
    ]
    told = device.take(incoming.FileArrived(file_id, True, "/c/t"), incoming.FileMoved(file_id, 5, 10))
    assert told.files == {file_id}
    state = device.chats.file(file_id)
    assert (state.thumbnail, state.received, state.total) == ("/c/t", 5, 10)
    device.take(incoming.FileArrived(file_id, False, "/c/p"))
    state = device.chats.file(file_id)
    assert (state.picture, state.total, state.error) == ("/c/p", None, None)
    device.chats.fetch_thumbnail(file_id)
    device.chats.fetch_picture(file_id)
    assert device.wire.take_calls() == []


def test_a_picture_that_failed_is_asked_for_over_the_next_link(device: Device) -> None:
    file_id = UUID(int=5)
    device.chats.fetch_thumbnail(file_id)
    device.take(incoming.FileFailed(file_id, Code.UNREACHABLE, thumbnail=True))
    assert device.chats.file(file_id).error is None
    device.wire.take_calls()
    device.lose()
    device.link()
    device.chats.fetch_thumbnail(file_id)
    assert len(device.wire.take_calls()) == 1


def test_a_file_is_saved_or_not(device: Device) -> None:
    file_id = UUID(int=5)
    assert device.see(device.chats.download(file_id, "/home/me/a.pdf")).files == {file_id}
    assert device.wire.take_calls() == [("fetch_file", file_id, False, "/home/me/a.pdf")]
    assert device.chats.file(file_id).total == 0
    device.take(incoming.FileArrived(file_id, False, "/home/me/a.pdf", kept=False))
    assert (device.chats.file(file_id).saved, device.chats.file(file_id).total) == ("/home/me/a.pdf", None)
    device.see(device.chats.download(file_id, "/full"))
    device.take(incoming.FileFailed(file_id, Code.UNWRITABLE_FILE))
    assert device.chats.file(file_id).error is Code.UNWRITABLE_FILE
    device.see(device.chats.download(file_id, "/b"))
    assert device.see(device.chats.cancel_download(file_id)).files == {file_id}
    assert device.wire.take_calls()[-1] == ("cancel_fetch", file_id)
    assert device.chats.file(file_id).total is None


# --- avatars ---


def test_an_avatar_is_asked_and_answered(device: Device) -> None:
    asked = device.see(device.chats.set_avatar(b"png")).asked
    assert device.wire.take_calls() == [("set_avatar", b"png", asked)]
    assert asked is not None
    device.take(incoming.Answered(asked, chat_rest.AvatarTaken(avatar="/api/avatars/a.png")))
    assert outcome(device, asked).answer == chat_rest.AvatarTaken(avatar="/api/avatars/a.png")
    device.take(incoming.Answered(asked, chat_rest.AvatarTaken(avatar="/api/avatars/a.png")))


def test_faces_are_fetched_once_each(device: Device) -> None:
    device.take(
        incoming.DirectoryArrived([entry(2).model_copy(update={"avatar": "/a/2.png"}), entry(3)], last=True)
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


# --- search ---


def test_a_search_is_asked_and_answered(device: Device) -> None:
    device.take(incoming.DirectoryArrived([entry(2, "Mina Kim"), entry(3, "Mino")], last=True))
    asked = device.see(device.chats.search('cat from:"mina kim" in:"room 7"', "40")).asked
    query = SearchQuery(q="cat", from_id=2, conversation_id=ROOM, cursor="40")
    assert device.wire.take_calls() == [("search", query, asked)]
    assert asked is not None
    device.take(incoming.Answered(asked, chat_rest.Found(messages=[], next=None)))
    assert outcome(device, asked).answer == chat_rest.Found(messages=[], next=None)


def test_an_answer_of_another_kind_is_a_bad_one(device: Device) -> None:
    asked = device.see(device.chats.search("cat")).asked
    assert asked is not None
    device.take(incoming.Answered(asked, wire.RoomDirectory(rooms=[])))
    assert outcome(device, asked).code is Code.BAD_ANSWER


def test_people_and_conversations_are_found_by_name(server: ChatServer, device: Device) -> None:
    server.room(8, (1, 3), Kind.DIRECT)
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.move()
    device.take(incoming.DirectoryArrived([entry(2, "Mina"), entry(3, "Minos")], last=True))

    def asked(text: str) -> SearchQuery | Code | None:
        told = device.see(device.chats.search(text))
        calls = device.wire.take_calls()
        if calls:
            query = calls[0][1]
            assert isinstance(query, SearchQuery)
            return query
        return told.outcomes[0].code

    assert asked("x from:Minos") == SearchQuery(q="x", from_id=3)
    assert asked("x from:mino") == SearchQuery(q="x", from_id=3)
    assert asked("x from:MINA") == SearchQuery(q="x", from_id=2)
    assert asked("x from:min") is Code.UNKNOWN_USER
    assert asked("x in:Minos") == SearchQuery(q="x", conversation_id=8)
    assert asked("x in:Mina") is Code.UNKNOWN_CONVERSATION
    assert asked("x in:nowhere") is Code.UNKNOWN_CONVERSATION
    assert asked("from:Mina") is Code.INVALID_TEXT


# --- servers without conversations, clients without them ---


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
    client.apply([incoming.DirectoryArrived([entry(2).model_copy(update={"avatar": "/a"})], last=True)])
    assert client.avatar_path(2) is None
    client.chats.fetch_thumbnail(UUID(int=1))
    client.chats.cancel_download(UUID(int=1))
    client.close()


def test_another_account_sees_nothing_of_the_first(server: ChatServer, device: Device) -> None:
    server.say("for user 1")
    device.move()
    device.me = device.me.model_copy(update={"user_id": 5, "email": "five@example.org"})
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
    assert [one.code for one in client.chats.tick().notices] == [Code.UNWRITABLE_FILE]
    assert not client.chats.tick()
    history.failing = False
    assert not client.chats.tick()
