"""Conversations through the whole client without a window, kept on disk, against the real server in its own process."""

import os
import queue
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.core.chat.chats import Chats
from presence_desktop.core.chat.row import Delivery, LocalFile, Row
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.disk.history import FileHistory
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.net.gateway import Gateway
from presence_desktop.protocol.chat_events import DmOpened, RoomUpdated
from presence_desktop.protocol.chat_rest import AvatarTaken, Found
from presence_desktop.protocol.errors import Code
from tests.fakes.hostile_proxy import HostileProxy
from tests.fakes.server_process import PASSWORD, Person, ServerProcess, running_server
from tests.net.people import MemorySecrets, SystemClock
from tests.waiting import eventually


class Desk:
    """A desktop without a window, with a folder of its own."""

    def __init__(self, folder: Path, who: Person, room: "list[Desk]") -> None:
        self.who = who
        self._room = room
        """All desks of the test: while one waits, the others work."""
        self.outcomes: dict[int, Outcome] = {}
        self.notices: list[Code] = []
        self._arrived: queue.SimpleQueue[incoming.Incoming] = queue.SimpleQueue()
        clock = SystemClock()
        self.gateway = Gateway(self._arrived.put, MemorySecrets(), clock, PictureShelf(folder / "pictures"))
        ports = ChatPorts(self.gateway.chat, FileHistory(folder / "conversations"), Random(3).random)
        self.client = Client(self.gateway, clock, ports)

    @property
    def chats(self) -> Chats:
        return self.client.chats

    def take(self) -> None:
        batch = []
        while not self._arrived.empty():
            batch.append(self._arrived.get())
        self.note(self.client.apply(batch) if batch else self.client.chats.tick())

    def note(self, changes: Changes) -> None:
        self.outcomes |= {outcome.ask: outcome for outcome in changes.outcomes}
        self.notices += [notice.code for notice in changes.notices]

    def until(self, predicate: Callable[[], object], within: float = 10) -> None:
        def holds() -> bool:
            for one in self._room:
                one.take()
            return bool(predicate())

        eventually(holds, within=within)

    def leave(self) -> None:
        """The app ends."""
        self._room.remove(self)
        self.client.close()

    def sign_in(self, url: str) -> None:
        self.note(self.client.sign_in(url, self.who.email, PASSWORD))
        self.until(lambda: self.client.connection.state is LinkState.ONLINE and self.client.me)

    def outcome(self, changes: Changes) -> Outcome:
        """How the ask ended that this call began."""
        self.note(changes)
        assert changes.asked is not None
        self.until(lambda: changes.asked in self.outcomes)
        return self.outcomes[changes.asked]

    def open_with(self, other: "Desk") -> int:
        """The direct conversation with somebody, open in the view."""
        answer = self.outcome(self.chats.open_direct(other.who.user_id)).answer
        assert isinstance(answer, DmOpened)
        self.note(self.chats.open(answer.conversation.id))
        return answer.conversation.id

    @property
    def rows(self) -> list[Row]:
        window = self.chats.window
        return [] if window is None else list(window.rows)

    @property
    def texts(self) -> list[str]:
        return [row.message.text for row in self.rows]


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


def account(server: ServerProcess, name: str) -> Person:
    email = f"{name}-{os.urandom(4).hex()}@example.org"
    body = {"email": email, "username": f"{name} {os.urandom(2).hex()}", "password": PASSWORD}
    answer = server.post("/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    return server.sign_in(email)


def png(width: int, height: int, colour: tuple[int, int, int] = (200, 40, 40)) -> bytes:
    rows = (b"\0" + bytes(colour) * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def local(path: Path) -> LocalFile:
    return LocalFile(str(path), path.name, path.stat().st_size)


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
