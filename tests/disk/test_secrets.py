"""Secrets are kept in a keyring or not at all: a real gnome-keyring, a locked one, none, and those that are none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import null
from keyring.backends.chainer import ChainerBackend

from presence_desktop.disk.secrets import MOST_CHARACTERS, KeyringSecrets
from presence_desktop.protocol.errors import Code, Refused

SERVER = "http://127.0.0.1:3001"
ME = "mina@example.org"


def run_on_a_bus(home: Path, mode: str, secret: str) -> list[str | None]:
    """What `keyring_run` said, with a home and a session bus of its own and no screen."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "DISPLAY")
    }
    for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        environment[name] = str(home)
    command = [
        "dbus-run-session",
        "--",
        sys.executable,
        "-m",
        "tests.disk.keyring_run",
        mode,
        SERVER,
        ME,
        secret,
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert secret not in done.stderr
    answer: list[str | None] = json.loads(done.stdout)
    return answer


def test_a_real_keyring_keeps_gives_and_forgets(tmp_path: Path) -> None:
    secret = "비밀 " + "x" * (MOST_CHARACTERS - 3)
    assert run_on_a_bus(tmp_path, "unlocked", secret) == [secret, None, "another", None, "another"]
    assert secret.encode() not in b"".join(
        file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()
    )


def test_a_keyring_that_nobody_opens_is_told_as_closed(tmp_path: Path) -> None:
    assert run_on_a_bus(tmp_path, "locked", "hunter22") == [Code.KEYRING_CLOSED]


def code_of(secrets: KeyringSecrets, secret: str = "hunter22") -> set[Code]:
    codes = set()
    for act in (
        lambda: secrets.get(SERVER, ME),
        lambda: secrets.set(SERVER, ME, secret),
        lambda: secrets.delete(SERVER, ME),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert "hunter22" not in str(refusal.value)
        codes.add(refusal.value.code)
    return codes


def test_without_a_bus_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(KeyringSecrets()) == {Code.NO_KEYRING}


class Memory(KeyringBackend):
    """A backend in memory, as a stand-in for those of other systems."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Plaintext(Memory):
    """As the `keyrings.alt` family is named."""

    __module__ = "keyrings.alt.file"


class Broken(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("hunter22 is what I was asked for")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(password)


def test_each_server_and_account_has_its_own_entry() -> None:
    backend = Memory()
    secrets = KeyringSecrets(backend)
    secrets.set(SERVER, ME, "one")
    secrets.set(SERVER, "jun@example.org", "two")
    assert backend.kept == {
        (f"presence-desktop {SERVER}", ME): "one",
        (f"presence-desktop {SERVER}", "jun@example.org"): "two",
    }
    secrets.delete(SERVER, ME)
    secrets.delete(SERVER, ME)
    assert (secrets.get(SERVER, ME), secrets.get(SERVER, "jun@example.org")) == (None, "two")


def test_a_secret_too_long_for_windows_is_refused_everywhere() -> None:
    secrets = KeyringSecrets(Memory())
    secrets.set(SERVER, ME, "x" * MOST_CHARACTERS)
    with pytest.raises(Refused) as refusal:
        secrets.set(SERVER, ME, "x" * (MOST_CHARACTERS + 1))
    assert refusal.value.code is Code.NO_KEYRING


@pytest.mark.parametrize(
    ("backend", "code"),
    [(Plaintext(), Code.NO_KEYRING), (null.Keyring(), Code.NO_KEYRING), (Broken(), Code.KEYRING_CLOSED)],
)
def test_what_writes_plain_text_or_keeps_nothing_is_none_and_one_that_fails_is_closed(
    backend: KeyringBackend, code: Code, caplog: pytest.LogCaptureFixture
) -> None:
    assert code_of(KeyringSecrets(backend)) == {code}
    assert "hunter22" not in caplog.text


def test_a_chain_is_as_good_as_its_worst_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChainerBackend, "backends", [Memory(), Plaintext()])
    monkeypatch.setattr(keyring, "get_keyring", lambda: ChainerBackend())
    assert code_of(KeyringSecrets()) == {Code.NO_KEYRING}
