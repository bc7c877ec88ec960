"""Who is measured at conversations: the product's server as it ships, and the reference stack with its store.

Each has people 1 to N in conversation 1, keeps its database in the same kind of folder, and waits for the disk before
it acknowledges (SQLite, WAL, synchronous FULL).
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import requests

from tests.bench.contenders import BUILT, HERE, Running, free_port, process
from tests.bench.minted import REFERENCE_SECRET, mint, mint_for_reference

CONVERSATION = 1
UNLIMITED = {"PRESENCE_LOG_LEVEL": "warning", "PRESENCE_MESSAGES": "1000000000"}
"""Ours as it ships; only what one person may send in ten seconds is raised."""
HEADERS = Path("/usr/include/node")
"""Node's own headers, where its package brings them: better-sqlite3 is compiled, not downloaded."""


def install() -> None:
    """Install the reference stack from npm; better-sqlite3 is built from its source (gcc, make, python3)."""
    folder, source = BUILT / "reference-chat", HERE / "reference" / "chat"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("server.js", "package.json"):
        shutil.copyfile(source / name, folder / name)
    if not (folder / "node_modules" / "better-sqlite3" / "build").exists():
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--build-from-source"]
        if HEADERS.exists():
            command.append(f"--nodedir={HEADERS.parent.parent}")
        subprocess.run(command, cwd=folder, check=True)


@contextmanager
def ours(folder: Path, people: int) -> Iterator[Running]:
    """The product's server with everything on."""
    data, port = folder / "data", free_port()
    tokens = mint(data, people)
    command = [sys.executable, "-m", "presence_desktop", "server", "serve", "--port", str(port)]
    command += ["--data-dir", str(data)]
    with process(command, port, folder / "ours.log", **UNLIMITED) as pid:
        room = {"id": str(UUID(int=1)), "title": "all", "userIds": list(range(2, people + 1))}
        made = requests.post(
            f"http://127.0.0.1:{port}/api/conversations/rooms",
            headers={"Authorization": f"Bearer {tokens[0]}"},
            json=room,
            timeout=10,
        )
        assert made.status_code == 201, made.text
        assert made.json()["conversation"]["id"] == CONVERSATION
        yield Running([pid], [port], tokens)


@contextmanager
def reference(folder: Path, people: int, *, search: bool = True) -> Iterator[Running]:
    """express, socket.io, ws, better-sqlite3; without `search` it keeps no index that search would need."""
    port = free_port()
    environment = {
        "SECRET": REFERENCE_SECRET,
        "PORT": str(port),
        "PEOPLE": str(people),
        "DATABASE": str(folder / "reference.db"),
        "SEARCH": "trigram" if search else "none",
    }
    command = ["node", str(BUILT / "reference-chat" / "server.js")]
    with process(command, port, folder / "reference.log", **environment) as pid:
        yield Running([pid], [port], mint_for_reference(people))


@contextmanager
def without_search(folder: Path, people: int) -> Iterator[Running]:
    """The reference stack as it would be if nobody could search."""
    with reference(folder, people, search=False) as running:
        yield running
