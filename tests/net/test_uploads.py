"""Uploads: read from disk in pieces, resumed where they broke off, cancelled, ended with a code that says why."""

import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.trust import MemoryPins
from presence_desktop.net import uploads
from presence_desktop.net.tokens import Tokens
from presence_desktop.net.trust import Trust
from presence_desktop.net.uploads import Uploads
from presence_desktop.protocol.errors import Code
from tests.net.file_server import SIGNED_IN, FileServer
from tests.net.people import SystemClock
from tests.waiting import eventually

MANY = bytes(range(256)) * 2_000


class Desk:
    """Somebody who sends files."""

    def __init__(self, server: FileServer) -> None:
        self.server = server
        self.news: list[incoming.Incoming] = []
        self.tokens = Tokens(SystemClock(), lambda _server, _answer: None, Trust(MemoryPins()))
        self.tokens.begin(server.url, SIGNED_IN)
        self.uploads = Uploads(self.tokens, self.news.append)

    def end(self) -> incoming.UploadEnded:
        """The end of the one upload."""
        return eventually(lambda: [item for item in self.news if isinstance(item, incoming.UploadEnded)])[0]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with FileServer() as server:
        made = Desk(server)
        yield made
        if server.gate is not None:
            server.gate.set()
        made.uploads.stop()
        assert made.uploads.join(5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "사진 1.png"
    path.write_bytes(MANY)
    return path


def test_a_file_arrives_as_it_is_under_its_name(desk: Desk, file: Path) -> None:
    key = uuid4()
    desk.uploads.begin(key, file, file.name)
    ended = desk.end()
    assert ended.file is not None
    assert (ended.id, ended.code, ended.file.id, ended.file.size) == (key, None, key, len(MANY))
    assert desk.server.uploads[str(key)].name == "사진 1.png"
    assert bytes(desk.server.uploads[str(key)].data) == MANY


def test_it_goes_in_pieces_and_each_goes_on_where_the_last_one_ended(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 200_000)
    key = uuid4()
    desk.uploads.begin(key, file, file.name)
    assert desk.end().code is None
    assert bytes(desk.server.uploads[str(key)].data) == MANY
    offsets = [call.rpartition("=")[2] for call in desk.server.asked if call.startswith("PUT")]
    assert offsets == ["0", "200000", "400000"]


def test_a_broken_connection_costs_only_what_was_under_way(desk: Desk, file: Path) -> None:
    desk.server.cuts = [100_000, 0, 300_000]
    key = uuid4()
    desk.uploads.begin(key, file, file.name)
    assert desk.end().code is None
    assert bytes(desk.server.uploads[str(key)].data) == MANY
    offsets = [call.rpartition("=")[2] for call in desk.server.asked if call.startswith("PUT")]
    assert offsets == ["0", "100000", "100000", "400000"]


def test_one_that_does_not_get_on_ends_for_now_and_goes_on_later(desk: Desk, file: Path) -> None:
    desk.server.cuts = [100_000, 0, 0, 0]
    key = uuid4()
    desk.uploads.begin(key, file, file.name)
    assert desk.end().code is Code.UNREACHABLE
    desk.news.clear()
    desk.server.asked.clear()
    desk.uploads.begin(key, file, file.name)
    assert desk.end().code is None
    assert bytes(desk.server.uploads[str(key)].data) == MANY
    assert f"PUT /api/uploads/{key}?offset=100000" in desk.server.asked


def test_an_expired_token_is_renewed_on_the_way(desk: Desk, file: Path) -> None:
    desk.server.good = "access-2"
    desk.uploads.begin(uuid4(), file, file.name)
    assert desk.end().code is None
    assert desk.server.asked.count("POST /api/auth/refresh") == 1


@pytest.mark.parametrize(
    ("status", "code"), [(413, Code.FILE_TOO_LARGE), (413, Code.QUOTA_EXCEEDED), (503, Code.UNAVAILABLE)]
)
def test_what_the_server_refuses_ends_with_its_code(desk: Desk, file: Path, status: int, code: Code) -> None:
    desk.server.refusal = (status, code.value)
    desk.uploads.begin(uuid4(), file, file.name)
    assert desk.end() == incoming.UploadEnded(desk.end().id, None, code)


def test_a_file_that_is_gone_empty_or_no_file_is_told_as_that(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for name in ("gone", "empty", "."):
        desk.news.clear()
        desk.uploads.begin(uuid4(), tmp_path / name, name)
        assert desk.end().code is Code.UNREADABLE_FILE
    assert desk.server.uploads == {}


def test_a_file_that_becomes_shorter_on_the_way_is_told_as_unreadable(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 100_000)
    desk.server.gate = threading.Event()
    desk.uploads.begin(uuid4(), file, file.name)
    eventually(lambda: any(call.startswith("PUT") for call in desk.server.asked))
    with file.open("r+b") as open_file:
        open_file.truncate(150_000)
    desk.server.gate.set()
    assert desk.end().code is Code.UNREADABLE_FILE


def test_a_name_that_is_no_text_does_not_stop_it(desk: Desk, file: Path) -> None:
    key = uuid4()
    desk.uploads.begin(key, file, "caf\udce9.png")
    assert desk.end().code is None
    assert desk.server.uploads[str(key)].name == "caf?.png"


def test_what_is_cancelled_on_its_way_is_forgotten_by_the_server_and_told_no_more(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 100_000)
    file = tmp_path / "large"
    file.write_bytes(MANY * 4)
    desk.server.gate = threading.Event()
    key = uuid4()
    desk.uploads.begin(key, file, file.name)
    eventually(lambda: any(call.startswith("PUT") for call in desk.server.asked))
    desk.uploads.cancel(key)
    desk.server.gate.set()
    eventually(lambda: f"DELETE /api/uploads/{key}" in desk.server.asked and not desk.server.uploads)
    assert [item for item in desk.news if isinstance(item, incoming.UploadEnded)] == []


def test_what_waits_for_another_day_can_be_cancelled_too(desk: Desk, file: Path) -> None:
    desk.server.cuts = [100_000, 0, 0, 0]
    key = uuid4()
    desk.uploads.begin(key, file, file.name)
    desk.end()
    desk.uploads.cancel(key)
    eventually(lambda: not desk.server.uploads)


def test_when_the_session_is_left_nothing_more_is_told_and_nothing_is_lost(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 100_000)
    desk.server.gate = threading.Event()
    key = uuid4()
    desk.uploads.begin(key, file, file.name)
    eventually(lambda: any(call.startswith("PUT") for call in desk.server.asked))
    desk.uploads.leave()
    desk.server.gate.set()
    desk.uploads.begin(key, file, file.name)
    assert desk.end().code is None
    assert bytes(desk.server.uploads[str(key)].data) == MANY
    assert len([item for item in desk.news if isinstance(item, incoming.UploadEnded)]) == 1


def test_the_same_file_twice_is_one_upload(desk: Desk, file: Path) -> None:
    desk.server.gate = threading.Event()
    key = uuid4()
    for _ in range(3):
        desk.uploads.begin(key, file, file.name)
    desk.server.gate.set()
    desk.end()
    assert len([call for call in desk.server.asked if call == "POST /api/uploads"]) == 1


def test_without_a_session_it_ends_at_once(desk: Desk, file: Path) -> None:
    desk.tokens.end()
    desk.uploads.begin(uuid4(), file, file.name)
    assert desk.end().code is Code.TOKEN_MISSING


def test_progress_grows_and_is_told_ten_times_a_second_at_most(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large"
    file.write_bytes(bytes(40_000_000))
    desk.uploads.begin(uuid4(), file, file.name)
    eventually(lambda: isinstance(desk.news[-1] if desk.news else None, incoming.UploadEnded), within=30)
    told = [item for item in desk.news if isinstance(item, incoming.UploadMoved)]
    assert [item.sent for item in told] == sorted(item.sent for item in told)
    assert {item.total for item in told} <= {40_000_000}
