"""Downloads: onto the shelf or where the person wishes, resumed where the line broke, nothing half written left."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.trust import MemoryPins
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.net import downloads
from presence_desktop.net.downloads import Downloads
from presence_desktop.net.shelf import NoShelf
from presence_desktop.net.shelf import Shelf as Port
from presence_desktop.net.tokens import Tokens
from presence_desktop.net.trust import Trust
from presence_desktop.protocol.errors import Code
from tests.net.file_server import SIGNED_IN, FileServer
from tests.net.people import SystemClock
from tests.waiting import eventually

News = TypeVar("News")
MANY = bytes(range(256)) * 2_000
AVATAR = "/api/avatars/abc.png"


class Desk:
    """Somebody who fetches files."""

    def __init__(self, server: FileServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.news: list[incoming.Incoming] = []
        self.tokens = Tokens(SystemClock(), lambda _server, _answer: None, Trust(MemoryPins()))
        self.tokens.begin(server.url, SIGNED_IN)
        shelf: Port = PictureShelf(folder)
        self.downloads = Downloads(self.tokens, self.news.append, shelf)

    def file(self, data: bytes = MANY, *, thumbnail: bool = False) -> UUID:
        """A file on the server."""
        key = uuid4()
        self.server.files[f"/api/files/{key}" + ("/thumbnail" if thumbnail else "")] = data
        return key

    def wait(self, kind: type[News]) -> News:
        return eventually(lambda: [item for item in self.news if isinstance(item, kind)])[0]

    def nothing_half(self) -> bool:
        return not self.folder.exists() or list(self.folder.glob(".*")) == []


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with FileServer() as server:
        made = Desk(server, tmp_path / "shelf")
        yield made
        if server.gate is not None:
            server.gate.set()
        made.downloads.stop()
        assert made.downloads.join(5)
        assert made.nothing_half()


def test_a_thumbnail_comes_to_the_shelf_once(desk: Desk) -> None:
    key = desk.file(b"small", thumbnail=True)
    desk.downloads.fetch(key, True, None)
    arrived = desk.wait(incoming.FileArrived)
    assert (arrived.id, arrived.thumbnail, arrived.kept) == (key, True, True)
    assert Path(arrived.path).read_bytes() == b"small"
    desk.news.clear()
    desk.server.asked.clear()
    desk.downloads.fetch(key, True, None)
    assert desk.wait(incoming.FileArrived) == arrived
    assert desk.server.asked == []


def test_a_file_is_saved_where_the_person_wishes_in_place_of_what_was_there(
    desk: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "보고서.pdf"
    target.write_bytes(b"older")
    key = desk.file()
    desk.downloads.fetch(key, False, str(target))
    arrived = desk.wait(incoming.FileArrived)
    assert (arrived.path, arrived.kept, arrived.thumbnail) == (str(target), False, False)
    assert target.read_bytes() == MANY
    assert [path.name for path in tmp_path.iterdir()] == ["보고서.pdf"]


def test_a_broken_line_costs_only_what_did_not_arrive(desk: Desk) -> None:
    desk.server.cuts = [100_000, 200_000]
    key = desk.file()
    desk.downloads.fetch(key, False, None)
    assert Path(desk.wait(incoming.FileArrived).path).read_bytes() == MANY
    assert len(desk.server.asked) == 3


@pytest.mark.parametrize(("ranges", "etags"), [(False, True), (True, False)])
def test_where_no_parts_are_given_it_begins_anew(desk: Desk, ranges: bool, etags: bool) -> None:
    desk.server.ranges, desk.server.etags = ranges, etags
    desk.server.cuts = [100_000]
    key = desk.file()
    desk.downloads.fetch(key, False, None)
    assert Path(desk.wait(incoming.FileArrived).path).read_bytes() == MANY


def test_one_that_never_gets_on_ends_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.server.ranges = False
    desk.server.cuts = [100_000] * 20
    key = desk.file()
    desk.downloads.fetch(key, False, str(tmp_path / "never"))
    assert desk.wait(incoming.FileFailed) == incoming.FileFailed(key, Code.UNREACHABLE, False)
    assert list(tmp_path.iterdir()) == []


def test_an_expired_token_is_renewed_on_the_way(desk: Desk) -> None:
    desk.server.good = "access-2"
    key = desk.file(b"small", thumbnail=True)
    desk.downloads.fetch(key, True, None)
    desk.wait(incoming.FileArrived)
    assert desk.server.asked.count("POST /api/auth/refresh") == 1


def test_what_one_may_not_see_or_is_gone_fails_with_the_servers_code(desk: Desk) -> None:
    key = uuid4()
    desk.downloads.fetch(key, False, None)
    assert desk.wait(incoming.FileFailed) == incoming.FileFailed(key, Code.UNKNOWN_FILE, False)


def test_a_picture_that_is_too_large_to_look_at_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "PICTURE_BYTES", 1_000)
    key = desk.file(thumbnail=True)
    desk.downloads.fetch(key, True, None)
    assert desk.wait(incoming.FileFailed) == incoming.FileFailed(key, Code.BAD_ANSWER, True)


def test_where_nothing_can_be_written_it_is_told(desk: Desk, tmp_path: Path) -> None:
    key = desk.file()
    desk.downloads.fetch(key, False, str(tmp_path / "no such folder" / "file"))
    assert desk.wait(incoming.FileFailed).code is Code.UNWRITABLE_FILE
    without = Downloads(desk.tokens, desk.news.append, NoShelf())
    desk.news.clear()
    for path in (None, str(tmp_path / "file")):
        without.fetch(key, False, path)
    eventually(lambda: len(desk.news) == 2)
    assert {item.code for item in desk.news if isinstance(item, incoming.FileFailed)} == {
        Code.UNWRITABLE_FILE
    }
    without.stop()
    assert without.join(5)


def test_a_disk_that_is_full_is_told_and_left_clean(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: object, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("presence_desktop.disk.shelf.ArrivingFile.write", full)
    key = desk.file()
    desk.downloads.fetch(key, False, None)
    assert desk.wait(incoming.FileFailed).code is Code.UNWRITABLE_FILE


def test_what_is_cancelled_leaves_nothing_and_is_told_no_more(desk: Desk, tmp_path: Path) -> None:
    desk.server.gate = threading.Event()
    key = desk.file(MANY * 4)
    desk.downloads.fetch(key, False, str(tmp_path / "half"))
    eventually(lambda: list(tmp_path.glob(".*")))
    desk.downloads.cancel(key)
    desk.server.gate.set()
    eventually(lambda: not list(tmp_path.iterdir()))
    assert [item for item in desk.news if not isinstance(item, incoming.FileMoved)] == []


def test_what_is_forgotten_leaves_the_shelf_though_it_was_on_its_way(desk: Desk) -> None:
    key = desk.file()
    desk.downloads.fetch(key, False, None)
    path = Path(desk.wait(incoming.FileArrived).path)
    desk.downloads.forget(key, None)
    assert not path.exists()
    desk.server.gate = threading.Event()
    desk.downloads.fetch(key, False, None)
    eventually(lambda: len(desk.server.asked) > 1)
    desk.downloads.forget(key, str(path))
    desk.server.gate.set()
    desk.downloads.stop()
    assert desk.downloads.join(5)
    assert not path.exists()
    assert desk.nothing_half()


def test_when_the_session_is_left_nothing_more_is_told(desk: Desk) -> None:
    desk.server.gate = threading.Event()
    key = desk.file(MANY * 4)
    desk.downloads.fetch(key, False, None)
    eventually(lambda: desk.server.asked)
    desk.downloads.leave()
    desk.server.gate.set()
    desk.downloads.fetch(key, False, None)
    desk.wait(incoming.FileArrived)
    assert len([item for item in desk.news if isinstance(item, incoming.FileArrived)]) == 1


def test_the_same_file_asked_for_twice_comes_once(desk: Desk) -> None:
    desk.server.gate = threading.Event()
    key = desk.file()
    for _ in range(3):
        desk.downloads.fetch(key, False, None)
    desk.server.gate.set()
    desk.wait(incoming.FileArrived)
    assert len(desk.server.asked) == 1


def test_progress_is_told_of_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presence_desktop.net.pace._SECONDS", 0)
    key = desk.file()
    desk.downloads.fetch(key, False, None)
    desk.wait(incoming.FileArrived)
    told = [item for item in desk.news if isinstance(item, incoming.FileMoved)]
    assert [item.received for item in told] == sorted(item.received for item in told)
    assert told[-1] == incoming.FileMoved(key, len(MANY), len(MANY))


@pytest.mark.parametrize("absolute", [False, True])
def test_an_avatar_comes_without_a_token_to_the_shelf_once(desk: Desk, absolute: bool) -> None:
    desk.server.files[AVATAR] = b"face"
    avatar = desk.server.url + AVATAR if absolute else AVATAR
    desk.downloads.fetch_avatar(avatar)
    arrived = desk.wait(incoming.AvatarArrived)
    assert arrived.avatar == avatar
    assert Path(arrived.path).read_bytes() == b"face"
    desk.news.clear()
    desk.downloads.fetch_avatar(avatar)
    assert desk.wait(incoming.AvatarArrived) == arrived
    assert len(desk.server.asked) == 1


def test_avatars_of_other_servers_are_not_fetched_and_missing_ones_not_told(desk: Desk) -> None:
    with FileServer() as elsewhere:
        for avatar in (f"{elsewhere.url}{AVATAR}", "https://example.org/a.png", "", "data:image/png,"):
            desk.downloads.fetch_avatar(avatar)
        desk.downloads.fetch_avatar(AVATAR)
        eventually(lambda: desk.server.asked)
        desk.downloads.stop()
        assert desk.downloads.join(5)
        assert (desk.news, elsewhere.asked, desk.server.asked) == ([], [], [f"GET {AVATAR}"])


def test_without_a_session_nothing_is_fetched(desk: Desk) -> None:
    desk.tokens.end()
    desk.downloads.fetch_avatar(AVATAR)
    desk.downloads.fetch(uuid4(), True, None)
    assert desk.wait(incoming.FileFailed).code is Code.TOKEN_MISSING
    assert desk.server.asked == []
