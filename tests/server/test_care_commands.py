"""`backup` and `restore` as people type them: what they say, and what they refuse."""

import io
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from presence_desktop.server import cli
from presence_desktop.server.commands import logged
from presence_desktop.server.domain.authority import Act
from tests.fakes.server_process import PASSWORD, ServerProcess
from tests.server.stores.backups import house


def say(*words: object) -> int:
    """Run a command in this process; its exit status."""
    return cli.main([str(word) for word in words])


def test_a_backup_of_a_running_server_is_restored_elsewhere_and_people_sign_in_as_before(
    server: ServerProcess, tmp_path: Path
) -> None:
    ann = server.add("Ann")
    done = server.command("backup", "--to", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (backup,) = tmp_path.glob("presence-*.tar")
    assert done.stdout.startswith(f"{backup}: people 1, messages 0, files 0, bytes ")
    server.add("Bob")
    refused = server.command("restore", str(backup), "--yes")
    assert refused.stderr.startswith("presence-server: folder_in_use: ")

    elsewhere = ServerProcess(tmp_path / "elsewhere")
    done = elsewhere.command("restore", str(backup))
    assert done.returncode == 0, done.stderr
    try:
        elsewhere.start()
        assert elsewhere.get("/api/conversations", ann).status_code == 200  # the token still counts
        assert elsewhere.sign_in(ann.email).user_id == ann.user_id
        missing = elsewhere.post("/api/auth/login", json={"email": "bob@example.org", "password": PASSWORD})
        assert missing.status_code == 401
    finally:
        if elsewhere.process is not None:
            elsewhere.stop()


def test_what_is_there_is_replaced_only_where_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "server"
    house.house(data)
    assert say("backup", "--data-dir", data, "--to", tmp_path / "one.tar") == 0
    assert say("backup", "--data-dir", data, "--to", tmp_path / "one.tar") == cli.FAILED
    assert "file_exists" in capsys.readouterr().err
    before = house.look(data)
    assert say("restore", tmp_path / "one.tar", "--data-dir", data) == cli.FAILED
    assert "not_confirmed" in capsys.readouterr().err
    assert house.look(data) == before
    assert say("restore", tmp_path / "one.tar", "--data-dir", data, "--yes") == 0
    (kept,) = data.glob("replaced-*")
    assert f"What was there before is kept in {kept}" in capsys.readouterr().out


def test_the_log_says_what_was_saved_and_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, backup = tmp_path / "server", tmp_path / "one.tar"
    house.house(data)
    assert say("backup", "--data-dir", data, "--to", backup) == 0
    assert say("backup", "--own", "--data-dir", data, "--to", tmp_path / "two.tar") == 0
    assert say("restore", backup, "--data-dir", tmp_path / "new") == 0
    for folder, expected in (
        (data, [("backup.made", "one.tar")]),
        (tmp_path / "new", [("backup.restored", "one.tar")]),
    ):
        with closing(sqlite3.connect(folder / "presence.db")) as database:
            lines = database.execute("SELECT actor, act, detail FROM audit_log").fetchall()
        assert [
            (act, detail) for actor, act, detail in lines if actor is None and "backup" in act
        ] == expected
    with closing(
        sqlite3.connect(data / "presence.db")
    ) as database:  # of a version to come: nothing is migrated
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    logged.write(f"sqlite:///{data / 'presence.db'}", Act.BACK_UP, "three.tar")
    assert "this is not in the audit log" in capsys.readouterr().err


def test_nothing_to_save_and_nothing_to_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert say("backup", "--data-dir", tmp_path / "none") == cli.FAILED
    assert "nothing_there" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
    (tmp_path / "x.tar").write_bytes(b"no backup" * 100)
    assert say("restore", tmp_path / "x.tar", "--data-dir", tmp_path / "none") == cli.BACKUP_INVALID
    assert "backup_invalid" in capsys.readouterr().err
    assert say("restore", tmp_path / "y.tar", "--data-dir", tmp_path / "none") == cli.FOLDER_UNUSABLE


def test_settings_that_look_elsewhere_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "server"
    source = house.house(data)
    source.settings.write_text(f'files_dir = "{tmp_path}/files"\n')
    os.rename(source.files, tmp_path / "files")
    assert say("backup", "--data-dir", data, "--to", tmp_path / "one.tar") == 0
    assert ", files 4, bytes " in capsys.readouterr().out
    assert say("restore", tmp_path / "one.tar", "--data-dir", tmp_path / "new") == 0
    assert "The settings name files_dir:" in capsys.readouterr().out
    source.settings.write_text("nonsense = 1\n")


def test_files_that_lie_nowhere_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "server"
    source = house.house(data)
    (source.files / "uploads" / "00" / house.FILE).unlink()
    assert say("backup", "--data-dir", data) == 0
    out = capsys.readouterr().out
    assert "Not in it, because they lie nowhere" in out
    assert house.FILE in out
    (made,) = (data / "backups").iterdir()
    assert made.stat().st_mode & 0o777 == 0o600


def test_a_restore_that_was_killed_is_finished_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "server"
    house.house(data)
    assert say("backup", "--data-dir", data, "--to", tmp_path / "one.tar") == 0
    house.write(data, "UPDATE users SET username = 'Bob'")

    def killed(_path: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", killed)
        assert say("restore", tmp_path / "one.tar", "--data-dir", data, "--yes") == 130
    assert (data / "restore.json").exists()
    assert say("migrate", "--data-dir", data) == 0
    assert not (data / "restore.json").exists()
    (row,) = house.rows(data, "users")
    assert "앤" in str(row)


def test_accounts_are_looked_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ("--data-dir", tmp_path)

    def told(*words: object, stdin: str = "", status: int = 0) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        assert say(*words, *here) == status
        return capsys.readouterr().out.strip()

    for name in ("ann", "bob"):
        told("user", "add", f"{name}@b.org", "--username", name, "--password-stdin", stdin=PASSWORD)
    assert told("user", "role", "bob@b.org", "admin") == "bob@b.org is admin"
    told("user", "disable", "bob@b.org")
    head, *lines = told("user", "list").splitlines()
    assert head.split("\t") == ["id", "role", "e-mail", "name", "signed in", "state"]
    assert [line.split("\t") for line in lines] == [
        ["1", "owner", "ann@b.org", "ann", "0", "enabled"], ["2", "admin", "bob@b.org", "bob", "0", "disabled"],
    ]  # fmt: skip
    made = told("user", "password", "ann@b.org")
    assert len(made) >= 16
    assert "changed" in told("user", "password", "ann@b.org", "--password-stdin", stdin="another one\n")
    assert told("user", "password", "ann@b.org", "--password-stdin", stdin="short\n", status=cli.FAILED) == ""
    told("user", "role", "nobody@b.org", "admin", status=cli.FAILED)
    told("user", "role", "ann@b.org", "member", status=cli.FAILED)  # a server has an owner
    told("user", "enable", "bob@b.org")
    assert told("user", "role", "bob@b.org", "owner") == "bob@b.org is owner"
    assert [line.split("\t")[1] for line in told("user", "list").splitlines()[1:]] == ["admin", "owner"]


def test_invites_are_listed_and_revoked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ("--data-dir", tmp_path)
    assert say("invite", *here, "--uses", 3) == 0
    code = capsys.readouterr().out.strip()
    assert say("invite", *here) == 0
    assert say("invite", "revoke", 2, *here) == 0
    capsys.readouterr()
    for words in (("invite", "list", *here), ("invite", *here, "list")):
        assert say(*words) == 0
        out = capsys.readouterr().out
        rows = [line.split("\t") for line in out.splitlines()[1:]]
        assert [(row[0], row[1], row[3]) for row in rows] == [
            ("2", "10 of 10", "revoked"),
            ("1", "3 of 3", "open"),
        ]
        assert code not in out
    assert say("invite", "revoke", 9, *here) == cli.FAILED
