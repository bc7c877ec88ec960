"""The keyring is asked in a process that is gone afterwards, holds out for nobody, and is told of by no list."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from presence_desktop.disk.asked_secrets import GRACE_SECONDS, AskedSecrets
from presence_desktop.protocol.errors import Code, Refused
from tests.leftovers import child_processes
from tests.waiting import eventually

SERVER, ME, SECRET = "http://127.0.0.1:3001", "mina@example.org", "비밀 hunter22"
ASK = [sys.executable, "-m", "presence_desktop", "keyring"]


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AskedSecrets:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.own_keyring.InFile")
    monkeypatch.setenv("OWN_KEYRING", str(tmp_path / "keyring.json"))
    return AskedSecrets(ASK)


def asked() -> list[str]:
    """Those of our children that are asked for a secret now."""
    return [name for name in child_processes() if "python" in name]


def code_of(secrets: AskedSecrets) -> Code:
    with pytest.raises(Refused) as refusal:
        secrets.get(SERVER, ME)
    return refusal.value.code


def test_what_is_kept_is_given_and_forgotten_and_nothing_runs_on(secrets: AskedSecrets) -> None:
    assert secrets.get(SERVER, ME) is None
    secrets.set(SERVER, ME, SECRET)
    assert secrets.get(SERVER, ME) == SECRET
    assert secrets.get(SERVER, "jun@example.org") is None
    secrets.delete(SERVER, ME)
    assert secrets.get(SERVER, ME) is None
    assert not asked()


def test_what_the_keyring_refuses_is_refused_with_its_code(
    secrets: AskedSecrets, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    assert code_of(secrets) is Code.NO_KEYRING
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.own_keyring.Broken")
    assert code_of(secrets) is Code.KEYRING_CLOSED
    with pytest.raises(Refused):
        secrets.set(SERVER, ME, SECRET)
    assert "hunter22" not in caplog.text


@pytest.mark.parametrize("command", [["/nonexistent/program"], ["false"], ["echo", "Segmentation fault"]])
def test_a_process_that_gives_no_answer_is_a_keyring_that_cannot_be_used(command: list[str]) -> None:
    assert code_of(AskedSecrets(command)) is Code.KEYRING_CLOSED


def test_who_waits_for_an_owner_who_never_comes_is_let_go_at_the_end(
    secrets: AskedSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.own_keyring.Locked")
    got: list[Code] = []
    waiting = threading.Thread(target=lambda: got.append(code_of(secrets)))
    waiting.start()
    eventually(lambda: len(asked()) == 1)
    secrets.end()
    waiting.join(10)
    assert got == [Code.KEYRING_CLOSED]
    assert not asked()
    assert code_of(secrets) is Code.KEYRING_CLOSED


def test_the_asked_process_ends_soon_after_an_app_that_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {**os.environ, "PYTHON_KEYRING_BACKEND": "tests.fakes.own_keyring.Locked"}
    process = subprocess.Popen(ASK, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=variables)
    assert process.stdin is not None
    process.stdin.write(b'["get", "http://127.0.0.1:3001", "mina@example.org"]\n')
    process.stdin.flush()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)
    process.stdin.close()
    assert process.wait(GRACE_SECONDS + 10) == 1
    assert process.stdout is not None
    assert process.stdout.read() == b""
    process.stdout.close()


def test_a_process_that_is_gone_before_it_is_asked_is_a_keyring_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = subprocess.Popen.__init__

    def begin_and_end(process: subprocess.Popen[bytes], *words: Any, **options: Any) -> None:
        begun(process, *words, **options)
        process.wait()

    monkeypatch.setattr(subprocess.Popen, "__init__", begin_and_end)
    assert code_of(AskedSecrets(["true"])) is Code.KEYRING_CLOSED
