"""What cannot be done is refused in one line, with a code and a status of its own, and changes nothing."""

import os
import signal
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

from presence_desktop.server import cli
from tests.fakes.server_process import COMMAND, PASSWORD, ServerProcess
from tests.waiting import eventually

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def run(
    *words: str, stdin: str = "", before: tuple[str, ...] = (), **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (*before, *COMMAND, *words),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **variables},
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str], status: int, code: str) -> None:
    assert done.returncode == status, done
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"presence-server: {code}: ")


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--data-dir", str(tmp_path), "--port", port)
    refused(done, cli.ADDRESS_UNUSABLE, "address_unusable")
    assert port in done.stderr


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "x" * 300])
def test_a_host_that_is_not_this_one(tmp_path: Path, host: str) -> None:
    refused(
        run("serve", "--data-dir", str(tmp_path), "--host", host), cli.ADDRESS_UNUSABLE, "address_unusable"
    )


def test_a_data_folder_in_use(server: ServerProcess) -> None:
    done = run("serve", "--data-dir", str(server.data_dir), "--port", "0")
    refused(done, cli.FOLDER_IN_USE, "folder_in_use")
    assert server.get("/healthz").status_code == 200


def test_a_data_folder_that_cannot_be_written() -> None:
    before = NOBODY if os.geteuid() == 0 else ()
    done = run("serve", "--data-dir", "/usr/share", "--port", "0", before=before)
    refused(done, cli.FOLDER_UNUSABLE, "folder_unusable")
    done = run("user", "add", "a@b", "--username", "Ann", "--password-stdin", "--data-dir", "/usr/x", before=before,
               stdin=PASSWORD)  # fmt: skip
    refused(done, cli.FOLDER_UNUSABLE, "folder_unusable")


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    refused(run("serve", "--data-dir", str(file)), cli.FOLDER_UNUSABLE, "folder_unusable")


def test_a_key_that_somebody_cut_short(server: ServerProcess) -> None:
    server.stop()
    key = server.data_dir / "secret.key"
    key.write_text("short")
    refused(
        run("serve", "--data-dir", str(server.data_dir), "--port", "0"),
        cli.FOLDER_UNUSABLE,
        "folder_unusable",
    )
    assert key.read_text() == "short"


def test_a_database_from_a_newer_version(server: ServerProcess) -> None:
    server.add("Ann")
    server.stop()
    path = server.data_dir / "presence.db"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    content = path.read_bytes()
    for words in (("serve", "--port", "0"), ("migrate",), ("invite",)):
        done = run(*words, "--data-dir", str(server.data_dir))
        refused(done, cli.DATABASE_TOO_NEW, "database_too_new")
        assert "9999" in done.stderr
    assert path.read_bytes() == content


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "presence.db").write_bytes(b"this is no database" * 1000)
    refused(
        run("serve", "--data-dir", str(tmp_path), "--port", "0"),
        cli.DATABASE_UNAVAILABLE,
        "database_unavailable",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRESENCE_GRACE_SECONDS", "soon"), ("PRESENCE_GRACE_SECONDS", "-1"), ("PRESENCE_REGISTRATION", "perhaps"),
        ("PRESENCE_TRUSTED_PROXIES", "everybody"), ("PRESENCE_REALTIME", "slow"), ("PRESENCE_PORT", "70000"),
        ("PRESENCE_DATABASE_URL", "oracle://scott:tiger@db/x"), ("PRESENCE_DATABASE_URL", "tiger"),
    ],
)  # fmt: skip
def test_a_setting_that_makes_no_sense(tmp_path: Path, name: str, value: str) -> None:
    done = run("serve", "--data-dir", str(tmp_path), **{"PRESENCE_PORT": "0", name: value})
    refused(done, cli.BAD_SETTING, "bad_setting")
    assert "tiger" not in done.stderr


def test_a_settings_file_with_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    for content in ("grace_seconds = ", 'graze_seconds = "2"', b"\xff"):
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        refused(run("migrate", "--data-dir", str(tmp_path)), cli.BAD_SETTING, "bad_setting")


def test_accounts_by_the_command_line(tmp_path: Path) -> None:
    def add(email: str, name: str, password: str) -> subprocess.CompletedProcess[str]:
        words = ("user", "add", email, "--username", name, "--password-stdin", "--data-dir", str(tmp_path))
        return run(*words, stdin=password)

    assert add("Ann@Example.org", "Ann", PASSWORD + "\n").stdout.startswith("owner ann@example.org ")
    assert add("bob@example.org", "Bob", PASSWORD).stdout.startswith("member bob@example.org ")
    refused(add("ANN@example.org", "Ann", PASSWORD), cli.FAILED, "email_taken")
    done = add("cho@example.org", "Cho", "sh0rt")
    refused(done, cli.FAILED, "invalid_payload")
    assert "sh0rt" not in done.stderr
    refused(add("no address", "Cho", PASSWORD), cli.FAILED, "invalid_payload")
    refused(run("user", "disable", "x@y", "--data-dir", str(tmp_path)), cli.FAILED, "unknown_user")
    assert (
        run("user", "disable", "bob@example.org", "--data-dir", str(tmp_path)).stdout
        == "bob@example.org is disabled\n"
    )
    assert (
        run("user", "enable", "bob@example.org", "--data-dir", str(tmp_path)).stdout
        == "bob@example.org is enabled\n"
    )
    assert run("migrate", "--data-dir", str(tmp_path)).returncode == 0


@pytest.mark.parametrize(
    "words", [(), ("serve", "--port", "x"), ("user",), ("user", "add", "a@b"), ("invite", "--uses", "0")]
)
def test_words_that_are_no_command(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (cli.USAGE, "")
    assert "usage: presence-server" in done.stderr


def test_accounts_and_invites_from_the_command_line_let_people_in_while_it_runs(
    server: ServerProcess,
) -> None:
    words = ("user", "add", "ann@example.org", "--username", "Ann", "--password-stdin")
    assert server.command(*words, stdin=PASSWORD + "\n").returncode == 0
    assert server.sign_in("ann@example.org").username == "Ann"
    code = server.command("invite", "--uses", "1", "--hours", "1").stdout.strip()
    body = {"email": "bob@example.org", "username": "Bob", "password": PASSWORD, "invite": code.lower()}
    answer = server.post("/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["user"]["role"] == "member"
    again = server.post("/api/auth/register", json={**body, "email": "cho@example.org"})
    assert again.json()["error"]["code"] == "invite_invalid"
    assert code not in server.log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_it_comes_up_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    server = ServerProcess(tmp_path / "server")
    server._begin()
    eventually(lambda: "socketio.initialized" in server.log or "server.listening" in server.log, within=30)
    assert server._end(number) == 0
