"""The shelf of pictures: what is whole lies there, what was used longest ago goes first, only its owner may look."""

import os
import stat
from pathlib import Path

import pytest

from presence_desktop.disk.own_shelf import OwnShelf
from presence_desktop.disk.shelf import PictureShelf


def put(shelf: PictureShelf, name: str, size: int, used: int = 0) -> Path:
    arriving = shelf.arriving(name)
    arriving.write(bytes(size))
    path = arriving.finish()
    if used:
        os.utime(path, (used, used))
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_seen_when_it_is_whole_and_not_before(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path / "pictures")
    assert shelf.find("one") is None
    arriving = shelf.arriving("one")
    arriving.write(b"ha")
    arriving.restart()
    arriving.write(b"half")
    assert (arriving.size, shelf.find("one")) == (4, None)
    path = arriving.finish()
    arriving.drop()
    assert shelf.find("one") == path
    assert path.read_bytes() == b"half"
    assert names(tmp_path / "pictures") == {"one"}


def test_what_is_dropped_leaves_no_trace_and_no_harm(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path)
    put(shelf, "one", 3)
    arriving = shelf.arriving("one")
    arriving.write(b"other")
    arriving.drop()
    arriving.drop()
    assert (tmp_path / "one").read_bytes() == bytes(3)
    assert names(tmp_path) == {"one"}


def test_only_its_owner_looks_inside_but_what_a_person_saves_is_an_ordinary_file(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path / "pictures")
    kept = put(shelf, "one", 3)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    saved = shelf.arriving_at(tmp_path / "saved")
    saved.finish()
    (tmp_path / "ordinary").touch()
    assert (tmp_path / "saved").stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_the_ones_used_longest_ago_make_room(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path, limit=1_000)
    for number in range(1, 4):
        put(shelf, f"old {number}", 300, used=number)
    assert shelf.find("old 1") is not None  # used now
    put(shelf, "new", 300)
    assert names(tmp_path) == {"old 1", "old 3", "new"}


def test_even_one_that_is_too_large_stays_while_it_is_looked_at(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path, limit=1_000)
    put(shelf, "small", 10, used=1)
    put(shelf, "huge", 5_000)
    assert names(tmp_path) == {"huge"}


def test_what_a_killed_run_left_is_tidied_up(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path / "pictures", limit=1_000)
    shelf.tidy()
    for number in range(1, 4):
        put(PictureShelf(tmp_path / "pictures"), str(number), 500, used=number)
    (tmp_path / "pictures" / ".half.part").write_bytes(b"x")
    PictureShelf(tmp_path / "pictures", limit=1_000).tidy()
    assert names(tmp_path / "pictures") == {"3"}


def test_it_can_move(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path / "one")
    put(shelf, "a", 3)
    shelf.move(tmp_path / "two")
    assert shelf.find("a") is None
    put(shelf, "b", 3)
    assert (names(tmp_path / "one"), names(tmp_path / "two")) == ({"a"}, {"b"})


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        PictureShelf(tmp_path / "file" / "pictures").arriving("one")


def test_what_is_wanted_no_more_goes(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path, limit=100)
    put(shelf, "one", 60)
    shelf.remove("one")
    shelf.remove("never here")
    assert names(tmp_path) == set()
    put(shelf, "two", 60)  # room was made by what went
    assert names(tmp_path) == {"two"}


def test_a_server_that_is_forgotten_leaves_nothing_on_the_shelf(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path / "shelf")
    one, other = OwnShelf(shelf, lambda: "http://a"), OwnShelf(shelf, lambda: "http://b")
    for own in (one, other):
        for name in ("x", "avatar-x"):
            arriving = own.arriving(name)
            arriving.write(b"x")
            arriving.finish()
    one.remove("x")
    assert (one.find("x"), one.find("avatar-x") is None) == (None, False)
    one.forget("http://a")
    assert one.find("avatar-x") is None
    assert other.find("x") is not None


def test_only_what_the_app_made_goes_after_it_was_sent(tmp_path: Path) -> None:
    outgoing = tmp_path / "outgoing"
    outgoing.mkdir()
    own = OwnShelf(PictureShelf(tmp_path), lambda: "http://a", outgoing)
    pasted, photo = outgoing / "1.png", tmp_path / "photo.png"
    for path in (pasted, photo):
        path.write_bytes(b"x")
        own.remove_sent(str(path))
    own.remove_sent(str(outgoing / "gone.png"))
    assert (pasted.exists(), photo.exists()) == (False, True)
