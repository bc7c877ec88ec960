"""The demo: real colleagues on a real, temporary server; everything is gone at the end."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from presence_desktop.app.demo import story
from presence_desktop.app.demo.cast import COLLEAGUES, ME, PASSWORD, next_status, next_wait
from presence_desktop.app.demo.stage import Stage
from presence_desktop.protocol.status import Status
from tests.waiting import eventually

READY_SECONDS = 60


def test_nobody_turns_to_what_they_are() -> None:
    chance = Random(3)
    for status in Status:
        assert all(next_status(status, chance) is not status for _ in range(50))


def test_changes_come_neither_all_at_once_nor_at_a_beat() -> None:
    waits = [next_wait(person, Random(seed)) for seed in range(5) for person in COLLEAGUES]
    assert min(waits) >= 2
    assert len(set(waits)) > len(COLLEAGUES)


def test_the_same_seed_gives_the_same_story() -> None:
    stories = [[next_wait(COLLEAGUES[0], chance) for _ in range(5)] for chance in (Random(7), Random(7))]
    assert stories[0] == stories[1]


def call(url: str, token: str = "", body: object = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
        loaded = json.load(answer)
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.timeout(180)
def test_a_lively_team_on_a_temporary_server(qtbot: QtBot) -> None:
    stage = Stage()
    with qtbot.waitSignal(stage.ready, timeout=READY_SECONDS * 1000):
        stage.open()
    token = str(call(f"{stage.url}/api/auth/login", body={"email": ME.email, "password": PASSWORD})["token"])
    here = {str(user["username"]): user["status"] for user in people(stage.url, token)}
    begun_offline = {person.username for person in COLLEAGUES if person.first is Status.OFFLINE}
    assert len(here) >= len(COLLEAGUES) - len(begun_offline) - 2  # one or two may have left already
    assert len(set(here.values())) > 1
    talks = call(f"{stage.url}/api/conversations", token)["conversations"]
    assert isinstance(talks, list)
    rooms = {talk["title"]: talk for talk in talks if talk["kind"] == "room"}
    assert set(rooms) == {room.title for room in story.ROOMS.values() if story.SKY in room.people}
    assert len(talks) - len(rooms) == len(story.DIRECT)
    launch = rooms[story.ROOMS[story.LAUNCH].title]
    said = messages(stage.url, token, launch["id"])
    assert [message["text"] for message in said] == [
        cue.text for cue in story.PAST if isinstance(cue, story.Say) and cue.where == story.LAUNCH
    ]
    (picture,) = [message for message in said if message["attachments"]]
    assert picture["attachments"][0]["mediaType"] == "image/png"
    assert picture["reactions"]
    assert (launch["unread"], launch["mentions"]) == (
        3,
        1,
    )  # there is something to read when the curtain rises
    users = call(f"{stage.url}/api/users?limit=100", token)["users"]
    assert isinstance(users, list)
    assert {user["username"] for user in users if user["avatar"]} == set(story.FACES)

    # somebody answers what oneself writes
    (grace,) = (user["userId"] for user in users if user["username"] == story.GRACE)
    said = call(f"{stage.url}/api/conversations/direct", token, {"userId": grace})["conversation"]
    assert isinstance(said, dict)
    mine = {"id": str(uuid4()), "text": "안녕하세요!"}
    call(f"{stage.url}/api/conversations/{said['id']}/messages", token, mine)

    def answered() -> bool:
        found = messages(stage.url, token, said["id"])
        at = [message["id"] for message in found].index(mine["id"])
        return bool(found[at]["reactions"] or found[at + 1 :])

    eventually(answered, within=20)
    folder = Path(stage._folder.name)
    assert folder.exists()
    stage.close()
    assert not folder.exists()
    stage.deleteLater()


def messages(url: str, token: str, place: int) -> list[dict[str, Any]]:
    found = call(f"{url}/api/conversations/{place}/messages?limit=200", token)["messages"]
    assert isinstance(found, list)
    return found


def people(url: str, token: str) -> list[dict[str, object]]:
    users = call(f"{url}/api/online-status", token)["users"]
    assert isinstance(users, list)
    return users


@pytest.mark.timeout(180)
def test_the_app_shows_itself_with_colleagues_and_ctrl_c_ends_all(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    app = subprocess.Popen(
        [sys.executable, "-m", "presence_desktop", "--demo", "--screenshot", str(picture)],
        env={**os.environ, "PRESENCE_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert app.stdout is not None
    lines = [app.stdout.readline().strip() for _ in range(3)]
    assert lines[0] == f"Screenshot: {picture}"
    assert lines[1].startswith("Server: http://127.0.0.1:")
    assert picture.read_bytes().startswith(b"\x89PNG")
    app.send_signal(signal.SIGINT)
    assert app.wait(timeout=20) == 0
    app.stdout.close()
    assert list(tmp_path.glob("presence-demo-*")) == []
    settings = json.loads((tmp_path / "home" / "config" / "settings.json").read_text())
    assert settings["servers"] == []  # nothing of the demo is remembered
    eventually(lambda: not descendants(str(tmp_path)), what="no process of the demo is left")


def descendants(mark: str) -> list[str]:
    """Processes whose command line names the test's folder."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_text().split("\0")
        except OSError:
            continue
        if any(mark in word for word in words):
            found.append(" ".join(words))
    return found
