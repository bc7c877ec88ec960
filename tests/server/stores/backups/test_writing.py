"""A backup holds the database of one moment and the files that its rows name, wholly or not at all."""

import os
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores import folder
from presence_desktop.server.stores.backups import archive, snapshot, writing
from presence_desktop.server.stores.backups.writing import Source, write
from tests.server.stores.backups import house

WHOLE = {
    "presence.db", "server.toml", "secret.key", "tls/key.pem", f"files/uploads/00/{house.FILE}",
    f"files/uploads/00/{house.PICTURE}", f"files/uploads/00/{house.PICTURE}.thumb", f"files/avatars/{house.AVATAR}",
}  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Source:
    return house.house(tmp_path / "server")


def test_a_backup_holds_what_the_rows_name_and_nothing_else(made: Source, tmp_path: Path) -> None:
    target = tmp_path / "backups" / "one.tar"
    manifest = write(made, target, made_at=1_700_000_000_000)
    assert manifest.names == WHOLE
    assert (manifest.rows["users"], manifest.rows["files"], manifest.missing) == (1, 3, ())
    assert target.stat().st_mode & 0o777 == 0o600
    with archive.opened(target) as found:
        found.verify()
        assert found.manifest == manifest
        (part,) = [part for part in manifest.parts if part.name.endswith("key.pem")]
        assert b"".join(found.read(part)) == b"private"
    with tarfile.open(target) as plain:  # anybody's tar reads it
        assert [info.name for info in plain][-2:] == ["manifest.json", "manifest.json.sha256"]
    assert sorted(path.name for path in made.files.iterdir()) == [".backup.lock", "avatars", "uploads"]
    assert [path.name for path in target.parent.iterdir()] == ["one.tar"]


def test_what_is_written_and_removed_meanwhile_is_as_it_was_at_that_moment(
    made: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = writing._hold

    def busy(source: Source, work: Path) -> object:
        found = held(source, work)
        data = tmp_path / "server"
        house.write(data, "DELETE FROM files")
        house.write(data, "INSERT INTO message_grams (gram, number) VALUES ('가나', 1)")
        (made.files / "uploads" / "00" / house.FILE).unlink()
        return found

    monkeypatch.setattr(writing, "_hold", busy)
    manifest = write(made, tmp_path / "one.tar", made_at=1)
    assert (manifest.rows["files"], manifest.rows["message_grams"]) == (3, 0)
    with archive.opened(tmp_path / "one.tar") as found:
        found.verify()


def test_a_file_removed_before_it_could_be_held_belongs_to_another_moment(
    made: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, moments = snapshot.look, []

    def removing(path: Path) -> snapshot.Wanted:
        if not moments:
            house.write(tmp_path / "server", "DELETE FROM files WHERE id = ?", house.FILE)
            (made.files / "uploads" / "00" / house.FILE).unlink()
        moments.append(look(path))
        return moments[-1]

    monkeypatch.setattr(snapshot, "look", removing)
    manifest = write(made, tmp_path / "one.tar", made_at=1)
    assert [moment.rows["files"] for moment in moments] == [3, 2]
    assert (manifest.rows["files"], manifest.missing) == (2, ())


def test_a_file_that_lies_nowhere_is_named(made: Source, tmp_path: Path) -> None:
    (made.files / "uploads" / "00" / house.FILE).unlink()
    manifest = write(made, tmp_path / "one.tar", made_at=1)
    assert manifest.missing == (f"uploads/00/{house.FILE}",)
    assert manifest.names == WHOLE - {f"files/uploads/00/{house.FILE}"}


def test_where_nothing_can_be_linked_the_files_themselves_are_read(
    made: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert write(made, tmp_path / "one.tar", made_at=1).names == WHOLE


def test_without_rows_all_whole_files_are_saved(made: Source, tmp_path: Path) -> None:
    manifest = write(replace(made, database=None), tmp_path / "one.tar", made_at=1)
    assert (manifest.schema_, manifest.rows) == (None, {})
    assert len([name for name in manifest.names if name.startswith("files/")]) == 5
    assert "presence.db" not in manifest.names


def test_one_backup_at_a_time(made: Source, tmp_path: Path) -> None:
    with folder.locked(made.files, ".backup.lock"), pytest.raises(folder.FolderInUse, match="another backup"):
        write(made, tmp_path / "one.tar", made_at=1)


def test_what_a_killed_one_left_is_removed(made: Source, tmp_path: Path) -> None:
    house.put(made.files / ".backup" / "left", b"x")
    for name in (".one.tar.part", ".before.tar.part"):
        house.put(made.own / name, b"x")
    house.put(tmp_path / ".another.tar.part", b"x")
    write(made, made.own / "one.tar", made_at=1)
    write(made, tmp_path / "two.tar", made_at=1)
    assert not (made.files / ".backup").exists()
    assert [path.name for path in made.own.iterdir()] == ["one.tar"]
    assert (tmp_path / ".another.tar.part").exists()


def test_a_database_that_is_none_and_a_folder_that_is_none(made: Source, tmp_path: Path) -> None:
    with pytest.raises(folder.FolderUnusable):
        write(made, tmp_path / "server" / "secret.key" / "one.tar", made_at=1)
    (tmp_path / "server" / "presence.db").write_bytes(b"this is no database" * 1000)
    with pytest.raises(StoreUnavailable, match="not a database"):
        write(made, tmp_path / "one.tar", made_at=1)
    assert not list(tmp_path.glob("*.tar*"))


def test_a_full_disk_leaves_nothing(made: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(folder.FolderUnusable, match="No space left"):
        write(made, tmp_path / "one.tar", made_at=1)
    assert [path.name for path in tmp_path.iterdir()] == ["server"]


def test_what_would_fill_the_disk_is_not_begun(
    made: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "RESERVE", 1 << 60)
    with pytest.raises(folder.FolderUnusable, match="does not fit"):
        write(made, tmp_path / "one.tar", made_at=1)
    assert [path.name for path in tmp_path.iterdir()] == ["server"]
    assert not (made.files / ".backup").exists()


def test_a_damaged_database_is_not_saved_as_if_it_were_well(made: Source, tmp_path: Path) -> None:
    path = tmp_path / "server" / "presence.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable):
        write(made, tmp_path / "one.tar", made_at=1)
