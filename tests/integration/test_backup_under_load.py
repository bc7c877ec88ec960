"""A backup that is made while fifty people write holds every message acknowledged before it, and is whole.

What is restored from it is compared with what the writers were told: places without gaps, texts as sent, files as they
were. Backups and restores that are killed leave nothing half.
"""

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from presence_desktop.server import cli
from tests.bench.minted import mint
from tests.fakes.server_process import COMMAND, GENEROUS, ServerProcess
from tests.waiting import eventually

pytestmark = pytest.mark.alone

WRITERS = 50


@dataclass
class Writer:
    """Somebody who writes as fast as the server answers; `acknowledged` are ids in the order of the answers."""

    token: str
    room: int
    acknowledged: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of the files that are on an acknowledged message, by id."""
    wrong: list[str] = field(default_factory=list)

    def write(self, url: str, stop: threading.Event) -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.token}"
            while not stop.is_set() and not self.wrong:
                attached = [self._upload(session, url)] if len(self.acknowledged) % 10 == 0 else []
                message = str(uuid4())
                body = {"id": message, "text": f"text of {message}", "attachments": attached}
                self._say(session, "POST", f"{url}/api/conversations/{self.room}/messages", json=body)
                self.acknowledged.append(message)
                if len(self.acknowledged) % 15 == 0:
                    self._take_back(session, url)

    def _upload(self, session: requests.Session, url: str) -> str:
        data = os.urandom(random.randrange(1, 20_000))
        file = str(uuid4())
        begun = {"id": file, "name": "x.bin", "size": len(data)}
        self._say(session, "POST", f"{url}/api/uploads", json=begun)
        offset = 0
        while (
            put := session.put(f"{url}/api/uploads/{file}?offset={offset}", data=data[offset:], timeout=60)
        ).status_code in (409, 503):
            offset = session.get(f"{url}/api/uploads/{file}", timeout=60).json().get("received", offset)
        if not put.ok:
            self.wrong.append(f"PUT {file}: {put.text}")
        self.files[file] = hashlib.sha256(data).hexdigest()
        return file

    def _take_back(self, session: requests.Session, url: str) -> None:
        """Delete an own message, so that files go while a backup is made."""
        victim = self.acknowledged[-15]
        self._say(session, "DELETE", f"{url}/api/conversations/{self.room}/messages/{victim}")

    def _say(self, session: requests.Session, method: str, url: str, **more: Any) -> None:
        """Say it until it is taken: a server that is too busy says so, and the same is said again."""
        answer = session.request(method, url, timeout=60, **more)
        while answer.status_code == 503:
            answer = session.request(method, url, timeout=60, **more)
        if not answer.ok:
            self.wrong.append(f"{method} {url}: {answer.text}")


@contextmanager
def fifty(folder: Path) -> Iterator[tuple[ServerProcess, list[Writer]]]:
    """A server, and fifty who write at it until the block ends."""
    tokens = mint(folder / "server", WRITERS)
    server = ServerProcess(folder / "server", file_sweep_seconds=0.2)
    server.start()
    stop = threading.Event()
    threads: list[threading.Thread] = []
    try:
        writers = list(_in_rooms(server, tokens))
        threads = [
            threading.Thread(target=writer.write, args=(server.url, stop), daemon=True) for writer in writers
        ]
        for thread in threads:
            thread.start()
        yield server, writers
        assert [writer.wrong for writer in writers if writer.wrong] == []
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
        if server.process is not None:
            server.stop()


def _in_rooms(server: ServerProcess, tokens: Sequence[str]) -> Iterator[Writer]:
    """Five rooms of ten people."""
    for first in range(0, len(tokens), 10):
        people = range(first + 1, first + 11)
        body = {"id": str(uuid4()), "title": f"room {first}", "userIds": list(people)[1:]}
        headers = {"Authorization": f"Bearer {tokens[first]}"}
        made = server.post("/api/conversations/rooms", headers=headers, json=body)
        assert made.status_code == 201, made.text
        for number in people:
            yield Writer(tokens[number - 1], made.json()["conversation"]["id"])


def backup(server: ServerProcess, target: Path, writers: Sequence[Writer]) -> set[str]:
    """Make a backup; what had been acknowledged when it began."""
    before = {message for writer in writers for message in list(writer.acknowledged)}
    done = server.command("backup", "--to", str(target), within=120)
    assert done.returncode == 0, done.stderr
    assert "lie nowhere" not in done.stdout, done.stdout
    return before


def restored(target: Path, data: Path, before: set[str], writers: Sequence[Writer]) -> int:
    """Restore it and compare; how many messages came after the last acknowledged one."""
    assert cli.main(["restore", str(target), "--data-dir", str(data), "--yes"]) == 0
    files = {file: digest for writer in writers for file, digest in list(writer.files.items())}
    with closing(sqlite3.connect(data / "presence.db")) as database:
        rows = database.execute("SELECT id, conversation_id, seq, text, deleted_at FROM messages").fetchall()
        kept = database.execute("SELECT id FROM files WHERE complete_at IS NOT NULL").fetchall()
        last = dict(database.execute("SELECT id, last_seq FROM conversations").fetchall())
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    found = {row[0] for row in rows}
    assert before - found == set()
    assert [row for row in rows if row[4] is None and row[3] != f"text of {row[0]}"] == []
    for room, count in last.items():
        assert sorted(row[2] for row in rows if row[1] == room) == list(range(1, count + 1))
    for (file,) in kept:
        content = (data / "files" / "uploads" / file[:2] / file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == files[file]
    return len(found - before)


def busy(writers: Sequence[Writer], count: int) -> None:
    """Wait until so many messages more have been acknowledged."""
    start = sum(len(writer.acknowledged) for writer in writers)
    eventually(lambda: sum(len(writer.acknowledged) for writer in writers) >= start + count, within=60)


def test_every_acknowledged_message_is_in_it_and_everything_in_it_is_whole(tmp_path: Path) -> None:
    with fifty(tmp_path) as (server, writers):
        busy(writers, 300)
        before = backup(server, tmp_path / "one.tar", writers)
        busy(writers, 50)
    assert len(before) >= 300
    restored(tmp_path / "one.tar", tmp_path / "elsewhere", before, writers)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_for_a_minute_with_backups_that_are_killed(tmp_path: Path) -> None:
    chance, taken, killed = random.Random(), [], 0
    with fifty(tmp_path) as (server, writers):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            target = tmp_path / f"{len(taken)}.tar"
            killed += kill_midway(
                [*COMMAND, "backup", "--data-dir", str(server.data_dir), "--to", str(target)], chance
            )
            target.unlink(missing_ok=True)
            taken.append((target, backup(server, target, writers)))
    print(
        f"{sum(len(writer.acknowledged) for writer in writers)} messages, {len(taken)} backups, {killed} killed"
    )
    assert taken
    data = tmp_path / "elsewhere"
    for target, before in taken:
        for _ in range(3):
            kill_midway([*COMMAND, "restore", str(target), "--data-dir", str(data), "--yes"], chance)
        restored(target, data, before, writers)


def kill_midway(command: Sequence[str], chance: random.Random) -> bool:
    """Start it and kill it somewhere; whether it was killed in time."""
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **GENEROUS}
    ) as process:
        try:
            process.wait(chance.uniform(0.2, 3.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
    return False
