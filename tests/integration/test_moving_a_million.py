"""A million messages move from SQLite to MariaDB: counts and hashes equal, everybody signed in, memory bounded."""

import re
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.bench import chat_corpus
from tests.fakes.daemon import mariadb
from tests.fakes.server_process import COMMAND, PASSWORD, Person, ServerProcess

MEGABYTES = 300
BUFFERS = ("--innodb-buffer-pool-size=128M", "--innodb-log-file-size=96M")
"""As MariaDB has them when nobody says."""


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_million_messages_move_and_everybody_stays_signed_in(tmp_path: Path) -> None:
    corpus, _ = chat_corpus.built()
    server = ServerProcess(tmp_path / "data")
    server.data_dir.mkdir()
    for name in ("presence.db", "secret.key"):
        shutil.copy(corpus / name, server.data_dir)
    email = "user1@example.org"
    assert server.command("user", "password", email, "--password-stdin", stdin=PASSWORD).returncode == 0
    server.start()
    token = server.sign_in(email)
    server.stop()
    database, url = mariadb(tmp_path, *BUFFERS)
    try:
        bare = re.sub(r"^mysql\+asyncmy://presence:presence@", "mysql://presence@", url)
        moved(server.data_dir, bare, killed_after=15)
        status, told, seconds, megabytes = moved(server.data_dir, bare)
        print(f"{told}\n{seconds:.0f} s, {megabytes} MB at most")
        assert status == 0
        assert "  messages: 1000000  " in told
        assert megabytes < MEGABYTES
        (server.data_dir / "presence.db").unlink()
        server.settings["PRESENCE_DATABASE_URL"] = url
        server.start()
        assert len(ask(server, token, "/api/conversations")["conversations"]) == chat_corpus.CONVERSATIONS
        for word in ("quokka", "오로라"):
            found = ask(server, token, f"/api/search?q={word}&limit=50")["messages"]
            assert len(found) == chat_corpus.STREWN[word]
    finally:
        if server.process is not None:
            server.stop()
        database.stop()


def ask(server: ServerProcess, who: Person, path: str) -> Any:
    """The answer, on a busy machine too."""
    return requests.get(server.url + path, headers=who.headers, timeout=120).json()


def moved(data: Path, url: str, *, killed_after: float | None = None) -> tuple[int, str, float, int]:
    """Run `move-to`, or kill it after so many seconds; status, what it said, seconds, and its largest memory in MB."""
    began = time.monotonic()
    told = data.with_name("told")
    with told.open("w") as out:
        process = subprocess.Popen(
            (*COMMAND, "move-to", url, "--data-dir", str(data)), stdin=subprocess.PIPE, stdout=out, stderr=out
        )
        assert process.stdin is not None
        process.stdin.write(b"presence\n")
        process.stdin.close()
        if killed_after is not None:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(killed_after)
            process.send_signal(signal.SIGKILL)
        megabytes = 0
        while (status := process.poll()) is None:
            megabytes = max(megabytes, largest(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
    return status, told.read_text(), time.monotonic() - began, megabytes


def largest(process: int) -> int:
    """The most memory (MB) that a process has had so far; what it was forked from does not count."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0
