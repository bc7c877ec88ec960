"""Conversations through the whole client without a window, kept on disk, against the real server in its own process."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from presence_desktop.core.chat.row import Delivery
from presence_desktop.core.connection import LinkState
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol.chat_events import MessageSend, RoomUpdated
from presence_desktop.protocol.chat_rest import AvatarTaken, Found
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.rest import DirectoryPage
from tests.fakes.hostile_proxy import HostileProxy
from tests.fakes.server_process import Person, ServerProcess, running_server
from tests.net.talking_desk import Desk, account, local, png


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    settings = {"registration": "open", "grace_seconds": 0.5, "ping_interval_seconds": 0.5}
    with running_server(tmp_path_factory.mktemp("talk"), ping_timeout_seconds=0.5, **settings) as running:
        yield running


MakeDesk = Callable[..., Desk]


@pytest.fixture
def desk(server: ServerProcess, tmp_path: Path) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(name: str, who: Person | None = None, url: str = "") -> Desk:
        one = Desk(tmp_path / name, who or account(server, name), made)
        made.append(one)
        one.sign_in(url or server.url)
        return one

    yield make
    while made:
        made[0].leave()


def test_a_direct_conversation_from_the_first_word_to_the_read_mark(desk: MakeDesk) -> None:
    ada, bora = desk("Ada"), desk("Bora")
    place = ada.open_with(bora)
    ada.note(ada.chats.send(place, "안녕하세요 **보라**!"))
    assert [row.state for row in ada.rows] == [Delivery.PENDING]
    bora.until(lambda: bora.chats.ids() and bora.chats.get(place).unread == 1)
    ada.until(lambda: [row.state for row in ada.rows] == [Delivery.DELIVERED])
    bora.note(bora.chats.open(place))
    bora.until(lambda: bora.texts == ["안녕하세요 **보라**!"])
    bora.note(bora.chats.mark_read(place, 1))
    ada.until(lambda: [row.state for row in ada.rows] == [Delivery.READ])
    assert bora.chats.get(place).unread == 0

    hello = bora.rows[0].key
    bora.note(bora.chats.send(place, "Hello Ada", reply_to=hello))
    assert bora.outcome(bora.chats.react(place, hello, "👋", True)).code is None
    ada.until(lambda: len(ada.rows) == 2 and ada.rows[0].message.reactions)
    reply = ada.rows[1].message.reply_to
    assert reply is not None
    assert (reply.id, reply.text) == (hello, "안녕하세요 **보라**!")
    assert ada.outcome(ada.chats.edit(place, hello, "안녕!")).code is None
    bora.until(lambda: bora.texts[0] == "안녕!" and bora.rows[0].message.edited_at)
    assert ada.outcome(ada.chats.edit(place, ada.rows[1].key, "not mine")).code is Code.FORBIDDEN
    assert ada.outcome(ada.chats.delete(place, hello)).code is None
    bora.until(lambda: bora.rows[0].message.deleted_at is not None)
    assert bora.texts == ["", "Hello Ada"]


def test_who_has_it_open_and_who_types_is_seen_by_the_other(desk: MakeDesk) -> None:
    ada, bora = desk("Ada"), desk("Bora")
    place = ada.open_with(bora)
    bora.until(lambda: bora.chats.ids())
    bora.note(bora.chats.open(place))
    ada.until(lambda: bora.who.user_id in ada.chats.here(place))
    bora.chats.typing(place)
    ada.until(lambda: ada.chats.get(place).typing == (bora.who.user_id,))
    bora.note(bora.chats.send(place, "done"))
    ada.until(lambda: ada.chats.get(place).typing == () and ada.texts == ["done"])
    bora.note(bora.chats.leave_view())
    ada.until(lambda: bora.who.user_id not in ada.chats.here(place))


def test_a_room_is_made_joined_left_and_what_is_not_ones_own_is_refused(desk: MakeDesk) -> None:
    ada, bora, cho = desk("Ada"), desk("Bora"), desk("Cho")
    made = ada.outcome(ada.chats.create_room("출시 준비", user_ids=[bora.who.user_id])).answer
    assert isinstance(made, RoomUpdated)
    room = made.conversation.id
    bora.until(lambda: bora.chats.get(room))
    assert bora.outcome(bora.chats.update_room(room, topic="mine now")).code is Code.FORBIDDEN
    assert cho.outcome(cho.chats.join(room)).code is Code.UNKNOWN_CONVERSATION
    assert ada.outcome(ada.chats.invite(room, [cho.who.user_id])).code is None
    cho.until(lambda: cho.chats.get(room) and cho.chats.get(room).title == "출시 준비")
    cho.note(cho.chats.open(room))
    cho.note(cho.chats.send(room, f'@"{ada.who.username}" hello'))
    ada.until(lambda: ada.chats.get(room).mentions == 1)
    assert ada.outcome(ada.chats.remove(room, cho.who.user_id)).code is None
    cho.until(lambda: cho.chats.get(room) is None)
    assert bora.outcome(bora.chats.leave(room)).code is None
    assert bora.chats.get(room) is None


def test_a_picture_is_sent_looked_at_and_saved(desk: MakeDesk, tmp_path: Path) -> None:
    ada, bora = desk("Ada"), desk("Bora")
    place = ada.open_with(bora)
    picture = tmp_path / "빨강.png"
    picture.write_bytes(png(900, 700))
    ada.note(ada.chats.send(place, "look", files=[local(picture)]))
    assert ada.rows[0].state in (Delivery.PENDING, Delivery.UPLOADING)
    ada.until(lambda: ada.rows[0].state >= Delivery.SENT)
    bora.until(lambda: bora.chats.ids())
    bora.note(bora.chats.open(place))
    bora.until(lambda: bora.rows)
    (attached,) = bora.rows[0].message.attachments
    assert (attached.name, attached.media_type, attached.width, attached.height) == (
        "빨강.png",
        "image/png",
        900,
        700,
    )
    assert attached.has_thumbnail
    bora.chats.fetch_thumbnail(attached.id)
    bora.until(lambda: bora.chats.file(attached.id).thumbnail)
    assert Path(bora.chats.file(attached.id).thumbnail).read_bytes()[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")
    bora.chats.fetch_picture(attached.id)
    bora.until(lambda: bora.chats.file(attached.id).picture)
    saved = tmp_path / "saved.png"
    bora.note(bora.chats.download(attached.id, str(saved)))
    bora.until(lambda: bora.chats.file(attached.id).saved)
    assert (
        saved.read_bytes() == Path(bora.chats.file(attached.id).picture).read_bytes() == picture.read_bytes()
    )


def test_a_large_file_goes_on_after_every_cut(server: ServerProcess, desk: MakeDesk, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(Random(5).randbytes(9_000_000))
    who = account(server, "Ada")
    with HostileProxy(server.port) as proxy:
        ada, bora = desk("Ada", who, f"http://127.0.0.1:{proxy.port}"), desk("Bora")
        place = ada.open_with(bora)
        ada.note(ada.chats.send(place, "", files=[local(large)]))
        for _ in range(3):
            proxy.delay = 0.02
            ada.until(lambda: ada.rows[0].state is Delivery.UPLOADING or ada.rows[0].state >= Delivery.SENT)
            proxy.cut()
        proxy.delay = 0.0
        ada.until(lambda: ada.rows[0].state >= Delivery.SENT, within=30)
        bora.until(lambda: bora.chats.ids())
        bora.note(bora.chats.open(place))
        bora.until(lambda: bora.rows)
        (attached,) = bora.rows[0].message.attachments
        bora.note(bora.chats.download(attached.id, str(tmp_path / "back.bin")))
        bora.until(lambda: bora.chats.file(attached.id).saved, within=30)
        assert (tmp_path / "back.bin").read_bytes() == large.read_bytes()
        ada.leave()


def test_what_was_written_without_a_link_is_sent_by_the_next_run_in_order_and_once(
    server: ServerProcess, desk: MakeDesk, tmp_path: Path
) -> None:
    who = account(server, "Ada")
    with HostileProxy(server.port) as proxy:
        ada, bora = desk("Ada", who, f"http://127.0.0.1:{proxy.port}"), desk("Bora")
        place = ada.open_with(bora)
        bora.until(lambda: bora.chats.ids())
        bora.note(bora.chats.open(place))
        proxy.refusing = True
        proxy.cut()
        written = [f"message {number}" for number in range(8)]
        for text in written:
            ada.note(ada.chats.send(place, text))
        ada.until(lambda: ada.client.connection.state is LinkState.LOST)
        ada.leave()
        proxy.refusing = False
        again = desk("Ada", who, f"http://127.0.0.1:{proxy.port}")
        bora.until(lambda: bora.texts == written)
        again.note(again.chats.open(place))
        again.until(lambda: again.texts == written and all(row.state >= Delivery.SENT for row in again.rows))
        again.leave()


def test_however_the_line_breaks_nothing_is_lost_doubled_or_out_of_order(
    server: ServerProcess, desk: MakeDesk
) -> None:
    who = account(server, "Ada")
    with HostileProxy(server.port) as proxy:
        ada, bora = desk("Ada", who, f"http://127.0.0.1:{proxy.port}"), desk("Bora")
        place = ada.open_with(bora)
        bora.until(lambda: bora.chats.ids())
        bora.note(bora.chats.open(place))
        written = [f"message {number}" for number in range(12)]
        for number, text in enumerate(written):
            ada.note(ada.chats.send(place, text))
            if number % 4 == 1:
                ada.take()
                proxy.cut()
                ada.client.reconnect_now()
            ada.take()
        ada.until(lambda: all(row.state >= Delivery.SENT for row in ada.rows), within=30)
        bora.until(lambda: bora.texts == written)
        assert [row.message.seq for row in bora.rows] == list(range(1, 13))
        ada.leave()


def test_whoever_comes_back_has_missed_nothing(server: ServerProcess, desk: MakeDesk) -> None:
    ada = desk("Ada")
    who = account(server, "Bora")
    with HostileProxy(server.port) as proxy:
        bora = desk("Bora", who, f"http://127.0.0.1:{proxy.port}")
        place = ada.open_with(bora)
        bora.until(lambda: bora.chats.ids())
        bora.note(bora.chats.open(place))
        ada.note(ada.chats.send(place, "before"))
        bora.until(lambda: bora.texts == ["before"])
        proxy.refusing = True
        proxy.cut()
        bora.until(lambda: bora.client.connection.state is LinkState.LOST)
        for number in range(5):
            ada.note(ada.chats.send(place, f"missed {number}"))
        ada.until(lambda: len(ada.rows) == 6 and ada.rows[-1].state >= Delivery.SENT)
        ada.outcome(ada.chats.edit(place, ada.rows[0].key, "edited"))
        proxy.refusing = False
        bora.client.reconnect_now()
        bora.until(lambda: bora.texts == ["edited", *(f"missed {number}" for number in range(5))])
        bora.leave()


def test_searching_finds_words_inside_korean_ones(desk: MakeDesk) -> None:
    ada, bora = desk("Ada"), desk("Bora")
    place = ada.open_with(bora)
    word = f"측정{os.urandom(3).hex()}"
    ada.note(ada.chats.send(place, f"부하{word}결과입니다"))
    ada.until(lambda: ada.rows and ada.rows[0].state >= Delivery.SENT)
    found = ada.outcome(ada.chats.search(word)).answer
    assert isinstance(found, Found)
    assert [message.conversation_id for message in found.messages] == [place]


def test_a_face_is_set_and_seen_by_others_and_taken_back(desk: MakeDesk) -> None:
    ada, bora = desk("Ada"), desk("Bora")
    bora.until(lambda: bora.client.roster.get(ada.who.user_id))
    assert bora.client.avatar_path(ada.who.user_id) is None
    taken = ada.outcome(ada.chats.set_avatar(png(300, 200)))
    assert isinstance(taken.answer, AvatarTaken)
    bora.until(lambda: bora.client.avatar_path(ada.who.user_id))
    assert Path(str(bora.client.avatar_path(ada.who.user_id))).read_bytes().startswith(b"\x89PNG")
    assert ada.outcome(ada.chats.set_avatar(b"no picture")).code is Code.INVALID_IMAGE
    assert ada.outcome(ada.chats.set_avatar(None)).code is None
    bora.until(lambda: bora.client.avatar_path(ada.who.user_id) is None)


def test_any_other_call_carries_the_sessions_token(desk: MakeDesk) -> None:
    ada = desk("Ada")
    page = ada.outcome(ada.chats.call(RestCall("people", "GET", "/api/users?limit=1", DirectoryPage))).answer
    assert isinstance(page, DirectoryPage)
    assert len(page.users) == 1
    refused = ada.outcome(ada.chats.call(RestCall("nothing", "POST", "/api/nothing", DirectoryPage)))
    assert (refused.about, refused.code) == ("nothing", Code.NOT_FOUND)


def test_files_that_the_server_forgot_meanwhile_are_sent_once_more(
    server: ServerProcess, desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = account(server, "Ada")
    ada, bora = desk("Ada", who), desk("Bora")
    place = ada.open_with(bora)
    picture = tmp_path / "green.png"
    picture.write_bytes(png(60, 40, (20, 160, 40)))
    ask = ada.gateway.chat.ask
    held: list[int] = []

    def hold(event: Event, number: int) -> None:  # the message itself does not get through
        if isinstance(event, MessageSend):
            held.append(number)
        else:
            ask(event, number)

    monkeypatch.setattr(ada.gateway.chat, "ask", hold)
    ada.note(ada.chats.send(place, "look", files=[local(picture)]))
    ada.until(lambda: held)
    upload = ada.rows[0].message.attachments[0].id
    ada.leave()
    assert server.get(f"/api/uploads/{upload}", who).json()["file"] is not None
    assert server.request("DELETE", f"/api/uploads/{upload}", who).status_code == 200

    again = desk("Ada", who)
    again.note(again.chats.open(place))
    again.until(lambda: again.rows and again.rows[0].state >= Delivery.SENT)
    bora.until(lambda: bora.chats.ids())
    bora.note(bora.chats.open(place))
    bora.until(lambda: bora.rows)
    bora.chats.fetch_picture(upload)
    bora.until(lambda: bora.chats.file(upload).picture)
    assert Path(str(bora.chats.file(upload).picture)).read_bytes() == picture.read_bytes()
