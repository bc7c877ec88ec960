"""Backups that somebody made on purpose: all their checksums hold, and they are refused before anything is touched."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from presence_desktop.server.stores import folder
from presence_desktop.server.stores.backups import restoring
from presence_desktop.server.stores.backups.manifest import BackupInvalid
from presence_desktop.server.stores.sql.schema import SchemaTooNew

Entry = tuple[tarfile.TarInfo, bytes]
AVATAR = "files/avatars/a.png"


def entry(name: str, content: bytes = b"x", kind: bytes = tarfile.REGTYPE, link: str = "") -> Entry:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, len(content) if kind == tarfile.REGTYPE else 0
    return info, content


def told(name: str, content: bytes, size: int | None = None) -> dict[str, object]:
    return {
        "name": name,
        "size": len(content) if size is None else size,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def sealed(path: Path, entries: list[Entry], parts: list[dict[str, object]], **more: object) -> Path:
    """A backup that holds these entries, and whose manifest names these parts."""
    manifest = {
        "format": 1,
        "version": "9",
        "made_at": 1,
        "schema": None,
        "rows": {},
        "missing": [],
        "parts": parts,
    }
    content = json.dumps({**manifest, **more}).encode()
    seal = hashlib.sha256(content).hexdigest().encode()
    last = [entry("manifest.json", content), entry("manifest.json.sha256", seal)]
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for info, inside in entries + last:
            tar.addfile(info, io.BytesIO(inside))
    return path


def refused(path: Path, kind: type[Exception] = BackupInvalid) -> str:
    data = path.parent / "data"
    with pytest.raises(kind) as raised:
        restoring.restore(path, data, moment="now", migrate=lambda _path: None, confirm=lambda *_: None)
    assert not data.exists() or {item.name for item in data.iterdir()} <= {"server.lock"}
    return str(raised.value)


@pytest.mark.parametrize(
    "name",
    [
        "../escaped", "/etc/passwd", "files/avatars/../../x", "files/avatars/..", "files/avatars/.hidden", "files",
        "files/uploads/00/x", "presence.db", "restore.json", "server.lock", "tls/a/b", "C:\\x", "files/avatars/a\\b",
        "a" * 300, "backups/x.tar", "tls/" + "a" * 90,
    ],
)  # fmt: skip
def test_a_name_that_belongs_in_no_backup(tmp_path: Path, name: str) -> None:
    refused(sealed(tmp_path / "x.tar", [entry(name)], [told(name, b"x")]))
    refused(sealed(tmp_path / "x.tar", [entry(name)], []))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_a_link_a_folder_or_a_device(tmp_path: Path, kind: bytes) -> None:
    strange = entry(AVATAR, b"", kind, "/etc/passwd")
    assert "plain files" in refused(sealed(tmp_path / "x.tar", [strange], [told(AVATAR, b"")]))


def test_parts_that_are_not_those_of_the_manifest(tmp_path: Path) -> None:
    one = entry(AVATAR)
    assert "parts" in refused(sealed(tmp_path / "x.tar", [one], []))
    assert "parts" in refused(sealed(tmp_path / "x.tar", [], [told(AVATAR, b"x")]))
    assert "altered" in refused(sealed(tmp_path / "x.tar", [one, one], [told(AVATAR, b"x")]))
    assert "twice" in refused(sealed(tmp_path / "x.tar", [one], [told(AVATAR, b"x")] * 2))
    assert "checksum" in refused(sealed(tmp_path / "x.tar", [one], [told(AVATAR, b"y")]))
    assert "another size" in refused(sealed(tmp_path / "x.tar", [one], [told(AVATAR, b"x", 2)]))


def test_what_unpacks_to_more_than_is_said(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    parts = [told("presence.db", b"", 4096)]
    assert "larger than" in refused(sealed(tmp_path / "x.tar", [entry("presence.db.gz", bomb)], parts))
    whole = bytes(1000)
    for packed, word in ((gzip.compress(whole)[:-12], "cut short"), (b"no gzip", "altered")):
        text = refused(
            sealed(tmp_path / "x.tar", [entry("presence.db.gz", packed)], [told("presence.db", whole)])
        )
        assert word in text


def test_a_manifest_that_is_none(tmp_path: Path) -> None:
    assert "newer version" in refused(sealed(tmp_path / "x.tar", [], [], format=2))
    assert "newer version" in refused(sealed(tmp_path / "x.tar", [], [], surprise=1))
    assert "cannot be read" in refused(sealed(tmp_path / "x.tar", [], [], rows="many"))
    for content in (b"", b"\xff" * 5000, b"PK\x03\x04" + bytes(9000), bytes(5000)):
        (tmp_path / "x.tar").write_bytes(content)
        refused(tmp_path / "x.tar")
    with tarfile.open(tmp_path / "x.tar", "w") as tar:
        info, inside = entry("manifest.json.sha256")
        tar.addfile(info, io.BytesIO(inside))
    assert "no manifest" in refused(tmp_path / "x.tar")


def test_a_newer_schema_and_a_database_that_is_another_one(tmp_path: Path) -> None:
    assert "9999" in refused(sealed(tmp_path / "x.tar", [], [], schema="9999"), SchemaTooNew)
    with closing(sqlite3.connect(tmp_path / "some.db")) as database:
        database.execute("CREATE TABLE users (id INTEGER, avatar TEXT)")
        database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        database.execute("INSERT INTO alembic_version VALUES ('0001')")
        database.commit()
    content = (tmp_path / "some.db").read_bytes()
    for inside, more, word in (
        (content, {"rows": {"users": 1}}, "does not hold"),
        (content, {"rows": {"users": 0}, "schema": "0002"}, "does not hold"),
        (b"no database" * 1000, {}, "cannot be used"),
    ):
        packed = [entry("presence.db.gz", gzip.compress(inside))]
        path = sealed(tmp_path / "x.tar", packed, [told("presence.db", inside)], **more)
        assert word in refused(path)


def test_a_backup_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere.tar", folder.FolderUnusable)
