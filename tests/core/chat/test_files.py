"""Files go before their message, pictures are fetched once; searches find people and rooms by name."""

from uuid import UUID

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Outcome
from presence_desktop.core.chat.row import Delivery, LocalFile
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol import chat_rest
from presence_desktop.protocol.chat import Attachment, Kind, SearchQuery
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.rest import Health
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer
from tests.core.world import entry

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
    assert device.wire.take_calls() == [
        ("cancel_upload", file_id),
        ("forget_file", file_id, "/tmp/고양이.png"),
    ]
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


def test_any_other_call_is_an_ask_like_the_others(device: Device) -> None:
    call = RestCall("health", "GET", "/healthz", Health)
    asked = device.chats.call(call).asked
    assert asked is not None
    assert device.wire.take_calls() == [("call", call, asked)]
    (outcome,) = device.client.apply([incoming.Answered(asked, Health(version="1"))]).outcomes
    assert (outcome.about, outcome.answer) == ("health", Health(version="1"))
    device.take(incoming.SignedOut())
    assert device.client.chats.call(call).outcomes[0].code is Code.UNKNOWN_EVENT
    assert device.wire.take_calls() == []


def test_an_empty_file_has_no_progress_to_show(device: Device) -> None:
    send_file(device, LocalFile("/tmp/a", "a", 0))
    assert device.shown[0].progress == 0.0


def test_signing_out_leaves_uploads_to_be_gone_on_with(device: Device) -> None:
    (file_id,) = send_file(device, PICTURE)
    device.wire.take_calls()
    device.take(incoming.SignedOut())
    assert device.wire.take_calls() == []
    assert device.chats.ids() == ()
    assert device.shown == []
    device.take(incoming.SignedOut())
    device.online()
    assert device.wire.take_calls()[0][:2] == ("upload", file_id)


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
    assert device.see(device.chats.download(file_id, "/saved/a.pdf")).files == {file_id}
    assert device.wire.take_calls() == [("fetch_file", file_id, False, "/saved/a.pdf")]
    assert device.chats.file(file_id).total == 0
    device.take(incoming.FileArrived(file_id, False, "/saved/a.pdf", kept=False))
    assert (device.chats.file(file_id).saved, device.chats.file(file_id).total) == ("/saved/a.pdf", None)
    device.see(device.chats.download(file_id, "/full"))
    device.take(incoming.FileFailed(file_id, Code.UNWRITABLE_FILE))
    assert device.chats.file(file_id).error is Code.UNWRITABLE_FILE
    device.see(device.chats.download(file_id, "/b"))
    assert device.see(device.chats.cancel_download(file_id)).files == {file_id}
    assert device.wire.take_calls()[-1] == ("cancel_fetch", file_id)
    assert device.chats.file(file_id).total is None


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


PHOTO = Attachment(id=UUID(int=77), name="photo.jpg", media_type="image/jpeg", size=9, has_thumbnail=True)


@pytest.mark.parametrize("away", [False, True], ids=["here", "while away"])
def test_a_deleted_message_leaves_no_file_behind(server: ChatServer, device: Device, away: bool) -> None:
    server.say("look", attachments=[PHOTO])
    device.see(device.chats.open(ROOM))
    device.move()
    device.take(incoming.FileArrived(PHOTO.id, thumbnail=True, path="/cache/photo"))
    device.wire.take_calls()
    if away:
        device.lose()
    server.change(ROOM, 1, text="", attachments=[], deleted_at=server.time)
    if away:
        device.link()
    device.move()
    assert device.wire.take_calls() == [("forget_file", PHOTO.id, None)]
    assert device.chats.file(PHOTO.id).thumbnail is None
    server.change(ROOM, 1, pinned_at=server.time)
    device.move()
    assert device.wire.take_calls() == []


def test_one_found_deleted_on_a_page_leaves_no_file_behind(server: ChatServer) -> None:
    message = server.say("look", attachments=[PHOTO])
    server.change(ROOM, 1, text="", attachments=[], deleted_at=server.time)
    server.fill(300)
    device = Device(server).online()
    device.history.put_messages([message])
    device.see(device.chats.open(ROOM))
    device.move()
    assert device.chats.window is not None
    device.see(device.chats.window.jump(20))
    device.move()
    assert ("forget_file", PHOTO.id, None) in device.wire.take_calls()


@pytest.mark.parametrize("away", [False, True], ids=["here", "while away"])
def test_a_room_one_was_put_out_of_leaves_no_file_behind(
    server: ChatServer, device: Device, away: bool
) -> None:
    server.say("look", attachments=[PHOTO])
    device.move()
    (file,) = send_file(device, PICTURE)
    device.take(incoming.FileArrived(PHOTO.id, thumbnail=True, path="/cache/photo"))
    device.wire.take_calls()
    if away:
        device.lose()
    server.put_out(ROOM, 1)
    if away:
        device.link()
    device.move()
    calls = device.wire.take_calls()
    assert ("cancel_upload", file) in calls
    assert [call[1:] for call in calls if call[0] == "forget_file"] == [
        (file, "/tmp/고양이.png"),
        (PHOTO.id, None),
    ]
    assert device.chats.file(PHOTO.id).thumbnail is None


def test_a_room_one_leaves_leaves_no_file_behind(server: ChatServer, device: Device) -> None:
    server.say("look", attachments=[PHOTO])
    device.move()
    device.see(device.chats.leave(ROOM))
    device.move()
    assert device.wire.take_calls() == [("forget_file", PHOTO.id, None)]


def test_what_is_given_up_leaves_no_file_behind(device: Device) -> None:
    device.lose()
    (file,) = send_file(device, PICTURE)
    device.see(device.chats.discard(device.shown[-1].key))
    assert device.wire.take_calls() == [("forget_file", file, "/tmp/고양이.png")]
