"""Bad days of the whole app, each a process of its own: it says what is wrong and goes on, without a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
import requests

from presence_desktop.core.chat_ports import Unsent
from presence_desktop.disk.history import FileHistory
from presence_desktop.disk.settings import KnownServer, Settings, SettingsFile
from presence_desktop.gui.words import error_sentence
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code
from tests.disk.test_history import talk
from tests.disk.test_history_trouble import file_in, spoil
from tests.fakes.server_process import ServerProcess
from tests.gui.scene import SERVER
from tests.waiting import eventually

NOBODY = [
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
    "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",  # Python may lie where only root can look
]  # fmt: skip
NO_KEYRING = "keyring.backends.fail.Keyring"


def looked(
    home: Path, words: str, *how: str, keyring: str = NO_KEYRING, before: tuple[str, ...] = ()
) -> dict:
    """What the window says, once these words are in it."""
    command = [*before, sys.executable, "-m", "tests.fakes.troubled_home", str(home), words, *how]
    variables = {
        **os.environ, "PYTHON_KEYRING_BACKEND": keyring, "OWN_KEYRING": str(home.parent / "keyring.json"),
        "PYTHONDONTWRITEBYTECODE": "1", "LANGUAGE": "en",
    }  # fmt: skip
    done = subprocess.run(
        command,
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert words in done.stdout, told
    assert not told["crashed"]
    return dict(told)


def remember(home: Path, server: str = SERVER, account: str = "mina@example.org") -> SettingsFile:
    """Somebody was signed in at the last run."""
    file = SettingsFile(home / "config" / "settings.json")
    file.save(Settings(servers=(KnownServer(server=server, account=account),), language="en"))
    return file


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home where English is chosen."""
    place = tmp_path / "home"
    SettingsFile(place / "config" / "settings.json").save(Settings(language="en"))
    return place


def test_in_a_home_that_cannot_be_written_with_a_locked_keyring_one_is_told_of_both(home: Path) -> None:
    remember(home)
    (home / "data").mkdir()
    for folder in (home, home / "config", home / "data"):
        folder.chmod(0o555)
    for parent in home.parents[: len(home.parents) - 2]:
        parent.chmod(parent.stat().st_mode | 0o055)
    (home / "config" / "settings.json").chmod(0o444)
    before = tuple(NOBODY) if os.geteuid() == 0 else ()
    locked = "tests.fakes.own_keyring.Locked"
    told = looked(home, error_sentence(Code.KEYRING_WAITS), keyring=locked, before=before)
    assert told["banner"] == error_sentence(Code.KEYRING_WAITS)
    assert told["notices"] == [error_sentence(Code.NOT_KEPT)]
    assert told["page"] == "PeoplePage"
    assert SettingsFile(home / "config" / "settings.json").load().stay_signed_in


def test_a_full_disk_is_told_on_the_first_page(home: Path) -> None:
    told = looked(home, error_sentence(Code.NOT_KEPT), "full")
    assert (told["page"], told["first"]) == ("WelcomePage", error_sentence(Code.NOT_KEPT))


def test_a_broken_cache_is_filled_again_from_the_server_and_the_outbox_is_sent(
    home: Path, tmp_path: Path
) -> None:
    server = ServerProcess(tmp_path / "server").start()
    try:
        mina = server.add("Mina")
        made = {"id": str(UUID(int=5)), "title": "Everybody", "visibility": "private", "userIds": []}
        answer = requests.post(
            f"{server.url}/api/conversations/rooms", json=made, headers=mina.headers, timeout=10
        )
        room = int(answer.json()["conversation"]["id"])
        remember(home, server.url, mina.email)
        keep = {f"presence-desktop {server.url}\n{mina.email}": mina.refresh_token}
        (tmp_path / "keyring.json").write_text(json.dumps(keep))
        history = FileHistory(home / "data" / "conversations")
        history.open(server.url, mina.email)
        history.put_account(rest.Account(user_id=mina.user_id, username="Mina", email=mina.email))
        history.put_talk(talk(room))
        history.put_unsent(
            Unsent(UUID(int=9), room, 1, "Written before the disk went bad", 1, None, (), None)
        )
        history.close()
        spoil(file_in(home / "data" / "conversations"), "talks")
        told = looked(home, "Everybody", keyring="tests.fakes.own_keyring.InFile")
        assert told["notices"] == [error_sentence(Code.HISTORY_BROKEN)]
        url = f"{server.url}/api/conversations/{room}/messages"

        def arrived() -> list[str]:
            got = requests.get(url, headers=mina.headers, timeout=10).json()["messages"]
            return [message["text"] for message in got]

        assert eventually(arrived) == ["Written before the disk went bad"]
    finally:
        server.kill()
