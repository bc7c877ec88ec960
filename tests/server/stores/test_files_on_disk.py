"""The folders of uploads and avatars: what the disk refuses leaves everything as it was."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.avatars import AvatarsOnDisk
from presence_desktop.server.stores.files import RESERVE, FilesOnDisk


@pytest.fixture
def folder(tmp_path: Path) -> FilesOnDisk:
    return FilesOnDisk(tmp_path / "uploads")


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system refuses to let a file grow beyond this, in the middle of a write, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def contents(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def test_bytes_are_appended_and_settle(folder: FilesOnDisk, tmp_path: Path) -> None:
    file_id = UUID("12345678-1234-1234-1234-123456789abc")
    assert (folder.received(file_id), folder.ids()) == (0, [])
    folder.append(file_id, 0, b"0123")
    folder.append(file_id, 4, b"4567")
    assert (folder.received(file_id), folder.source(file_id).read_bytes()) == (8, b"01234567")
    folder.settle(file_id, b"small")
    folder.settle(file_id, b"small")
    assert contents(tmp_path) == {
        f"uploads/12/{file_id}": b"01234567",
        f"uploads/12/{file_id}.thumb": b"small",
    }
    assert folder.source(file_id) == folder.whole(file_id)
    assert (folder.received(file_id), folder.ids()) == (8, [file_id])
    for offset in (0, 8):
        with pytest.raises(Refused) as caught:
            folder.append(file_id, offset, b"x")
        assert caught.value.code is Code.WRONG_OFFSET
    folder.remove(file_id)
    folder.remove(file_id)
    assert (contents(tmp_path), folder.ids()) == ({}, [])


def test_a_write_that_fails_half_way_is_taken_back(folder: FilesOnDisk, tmp_path: Path) -> None:
    file_id = uuid4()
    folder.append(file_id, 0, b"x" * 1000)
    with files_of_at_most(1500), pytest.raises(StoreUnavailable):
        folder.append(file_id, 1000, b"y" * 1000)
    assert folder.received(file_id) == 1000
    folder.append(file_id, 1000, b"y" * 1000)
    with files_of_at_most(100), pytest.raises(StoreUnavailable):
        folder.settle(file_id, b"t" * 200)
    assert list(contents(tmp_path).values()) == [b"x" * 1000 + b"y" * 1000]
    folder.settle(file_id, b"t" * 200)
    assert folder.thumbnail(file_id).read_bytes() == b"t" * 200


def test_uploads_leave_some_of_the_disk_free(folder: FilesOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=RESERVE + 100))
    folder.make_sure_of(100)
    with pytest.raises(StoreUnavailable):
        folder.make_sure_of(101)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("a file")
    folder = FilesOnDisk(tmp_path / "uploads")
    with pytest.raises(StoreUnavailable):
        folder.make_sure_of(1)
    with pytest.raises(StoreUnavailable):
        folder.append(uuid4(), 0, b"x")


def test_what_is_no_upload_is_left_alone(folder: FilesOnDisk, tmp_path: Path) -> None:
    file_id = uuid4()
    folder.append(file_id, 0, b"x")
    near = folder.whole(file_id).parent
    (near / "readme.txt").write_text("x")
    (near / file_id.hex).write_text("x")
    (tmp_path / "uploads" / "note").write_text("x")
    assert folder.ids() == [file_id]


def test_avatars_are_kept_wholly_or_not_at_all(tmp_path: Path) -> None:
    avatars = AvatarsOnDisk(tmp_path / "avatars")
    assert (avatars.find("a.png"), avatars.names(before=10**15)) == (None, [])
    with files_of_at_most(10), pytest.raises(StoreUnavailable):
        avatars.put("a.png", b"x" * 100)
    assert contents(tmp_path) == {}
    avatars.put("a.png", b"x" * 100)
    assert avatars.find("a.png") == tmp_path / "avatars" / "a.png"
    assert avatars.names(before=10**15) == ["a.png"]
    assert avatars.names(before=0) == []
    avatars.remove("a.png")
    avatars.remove("a.png")
    assert contents(tmp_path) == {}
