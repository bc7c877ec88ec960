"""Nothing is touched before all of a backup is verified, what is replaced is kept, and a kill leaves nothing half."""

import os
import random
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from presence_desktop.server.stores import folder
from presence_desktop.server.stores.backups import archive, restoring, swap, writing
from presence_desktop.server.stores.backups.manifest import BackupInvalid, Manifest
from tests.server.stores.backups import house


def restore(path: Path, data: Path, confirm: Callable[..., None] = lambda *_: None) -> Path | None:
    return restoring.restore(path, data, moment="now", migrate=lambda _path: None, confirm=confirm).kept


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup; the folder `server` beside it is what it was made from."""
    place = tmp_path_factory.mktemp("made")
    writing.write(house.house(place / "server"), place / "one.tar", made_at=1)
    return place / "one.tar"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A data folder with something else in it."""
    data = tmp_path / "other"
    house.house(data)
    house.write(data, "UPDATE users SET username = 'Bob'")
    house.put(data / "files" / "avatars" / "own.png", b"own")
    return data


def expected(backup: Path) -> dict[str, str]:
    """What lies in a folder that it was restored into, the database aside."""
    names = house.look(backup.parent / "server")
    lost = (".part", "000000000009", "presence.db")
    return {name: content for name, content in names.items() if not any(word in name for word in lost)}


def restored(data: Path) -> dict[str, str]:
    return {
        name: content
        for name, content in house.look(data).items()
        if not name.startswith(("presence.db", "replaced-"))
    }


def test_into_an_empty_folder(backup: Path, tmp_path: Path) -> None:
    data = tmp_path / "new" / "server"
    assert restore(backup, data) is None
    assert restored(data) == expected(backup)
    for table in ("users", "files"):
        assert house.rows(data, table) == house.rows(backup.parent / "server", table)
    modes = {path.stat().st_mode & 0o077 for path in data.rglob("*")}
    assert modes == {0}
    assert not (data / swap.STAGE).exists()


def test_conversations_count_on_from_far_ahead(tmp_path: Path) -> None:
    source = house.house(tmp_path / "server")
    room = "INSERT INTO conversations (id, kind, visibility, version, created_at, last_seq, last_change, made_as) "
    house.write(tmp_path / "server", room + "VALUES (1, 'room', 'public', 3, 1, 5, 7, 'x')")
    writing.write(source, tmp_path / "one.tar", made_at=1)
    restore(tmp_path / "one.tar", tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / "presence.db")) as database:
        (row,) = database.execute("SELECT version, last_seq, last_change FROM conversations")
    assert row == (10**9 + 3, 5, 10**9 + 7)


def test_what_it_replaces_is_kept(backup: Path, other: Path) -> None:
    before = house.look(other)
    kept = restore(backup, other)
    assert kept == other / "replaced-now"
    assert {name: before[name] for name in house.look(kept)} == house.look(kept)
    assert set(before) <= set(house.look(kept))
    assert restored(other) == expected(backup)
    assert restore(backup, other) == other / "replaced-now-2"


def test_what_the_backup_does_not_have_is_put_away_too(backup: Path, tmp_path: Path) -> None:
    data = tmp_path / "server"
    source = house.house(data)
    source.settings.unlink()
    house.put(data / "presence.db-wal", b"")
    writing.write(source, tmp_path / "two.tar", made_at=1)
    house.put(data / "server.toml", b"idle_seconds = 1\n")
    kept = restore(tmp_path / "two.tar", data)
    assert kept is not None
    assert not (data / "server.toml").exists()
    assert (kept / "server.toml").exists()


def test_nothing_happens_where_it_is_not_confirmed(backup: Path, other: Path) -> None:
    before, told = house.look(other), []

    def refuse(manifest: Manifest, replaced: list[str]) -> None:
        told.append((manifest.rows["users"], replaced[0]))
        raise KeyError

    with pytest.raises(KeyError):
        restore(backup, other, refuse)
    assert (told, house.look(other)) == ([(1, "presence.db")], before)


def test_a_folder_in_use_is_left_alone(backup: Path, other: Path) -> None:
    before = house.look(other)
    with folder.locked(other), pytest.raises(folder.FolderInUse):
        restore(backup, other)
    assert house.look(other) == before


def test_a_file_cut_short_anywhere_is_refused(backup: Path, other: Path, tmp_path: Path) -> None:
    content, before = backup.read_bytes(), house.look(other)
    sealed = content.rindex(b"manifest.json.sha256") + tarfile.BLOCKSIZE + 64
    for length in [0, 1, 511, 512, 513, *range(1024, sealed, 4099), sealed - 1]:
        (tmp_path / "cut.tar").write_bytes(content[:length])
        with pytest.raises(BackupInvalid):
            restore(tmp_path / "cut.tar", other)
    assert house.look(other) == before


def test_an_altered_byte_is_refused_or_means_nothing(backup: Path, other: Path, tmp_path: Path) -> None:
    chance, refused = random.Random(7), 0
    content, before = backup.read_bytes(), house.look(other)
    for _ in range(150):
        altered = bytearray(content)
        altered[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (tmp_path / "altered.tar").write_bytes(altered)
        try:
            with archive.opened(tmp_path / "altered.tar") as found:
                found.verify()
                assert found.manifest.made_at == 1
        except BackupInvalid:
            refused += 1
    assert refused > 100  # the rest fell on what fills up blocks, and on times and owners that nobody reads
    assert house.look(other) == before


@pytest.mark.parametrize("steps", range(13))
def test_one_that_was_killed_is_finished_by_the_next_command(
    backup: Path, other: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    before = house.look(other)
    (house_database := other / "presence.db-wal").write_bytes(b"")
    left = steps

    def counted(path: Path, target: Path) -> Path:
        nonlocal left
        if left == 0:
            raise KeyboardInterrupt
        left -= 1
        os.rename(path, target)
        return target

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", counted)
        try:
            restore(backup, other)
        except KeyboardInterrupt:
            assert (other / "restore.json").exists()
    swap.settle(other)
    assert restored(other) == expected(backup)
    assert not (other / "restore.json").exists()
    assert not house_database.exists()
    kept = house.look(other / "replaced-now")
    assert {name: kept[name] for name in before} == before
    assert house.rows(other, "users") == house.rows(backup.parent / "server", "users")


def test_a_disk_that_gets_full_leaves_everything_as_it_was(
    backup: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.look(other)

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_on_disk", full)
    with pytest.raises(folder.FolderUnusable, match="No space left"):
        restore(backup, other)
    monkeypatch.setattr(restoring, "_SPARE", 1 << 60)
    with pytest.raises(folder.FolderUnusable, match="are free"):
        restore(backup, other)
    assert house.look(other) == before


@pytest.mark.parametrize("name", ["files", "server.toml"])
@pytest.mark.parametrize("killed", [False, True])
def test_what_cannot_be_replaced_leaves_everything_as_it_was(
    backup: Path, other: Path, monkeypatch: pytest.MonkeyPatch, name: str, killed: bool
) -> None:
    """A folder that is a disk of its own, as those of containers may be; a file that another program holds."""
    before, kill = house.look(other), killed

    def busy(path: Path, target: Path) -> Path:
        if path == other / name:
            if kill:
                raise KeyboardInterrupt
            raise OSError(16, "Device or resource busy", str(path))
        os.rename(path, target)
        return target

    monkeypatch.setattr(Path, "rename", busy)
    if killed:
        with pytest.raises(KeyboardInterrupt):
            restore(backup, other)
        kill = False
        with pytest.raises(folder.FolderUnusable, match="busy"):
            swap.settle(other)
    else:
        with pytest.raises(folder.FolderUnusable, match="busy"):
            restore(backup, other)
    swap.settle(other)
    assert house.look(other) == before


def test_what_one_left_that_was_killed_early_is_removed_unless_it_still_works(
    backup: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = house.look(other)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_args, **_words: None)  # killed: nobody cleans up
        patch.setattr(restoring, "_SPARE", 1 << 60)
        with pytest.raises(folder.FolderUnusable, match="are free"):
            restore(backup, other)
    with folder.locked(other):
        swap.settle(other)
        assert (other / swap.STAGE).exists()
    swap.settle(other)
    assert not (other / swap.STAGE).exists()
    assert house.look(other) == before


def test_it_does_not_begin_while_another_one_works(backup: Path, other: Path) -> None:
    house.put(other / "restore.json", b"{}")
    with folder.locked(other), pytest.raises(folder.FolderInUse, match="being restored"):
        swap.settle(other)
