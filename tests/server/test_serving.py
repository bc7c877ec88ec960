"""The server as a process: it comes up, says so, ends cleanly, and comes back with what it knew."""

import re
import stat
from pathlib import Path

from tests.fakes.server_process import ServerProcess

HEAD = r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+\] INFO "


def test_it_says_part_by_part_that_it_comes_up_and_then_where_it_listens(server: ServerProcess) -> None:
    names = [
        "socketio.initialized",
        "notification-socket.initialized",
        "dm-socket.initialized",
        "group-chat-socket.initialized",
        "online-status-manager.initialized",
        "online-status-socket.initialized",
    ]
    lines = server.log.splitlines()
    assert all(re.match(HEAD, line) for line in lines), server.log
    told = [line.split(" INFO ")[1] for line in lines]
    assert [line for line in told if line in names] == names
    assert told[-1].startswith("server.listening url=http://127.0.0.1:")


def test_it_ends_with_status_0_and_comes_back_on_the_same_port_with_its_people(server: ServerProcess) -> None:
    owner = server.add("Ann")
    url = server.url
    assert server.stop() == 0
    server.start()
    assert server.url == url
    assert server.get("/api/users", owner).json()["users"][0]["username"] == "Ann"


def test_its_files_are_nobody_elses(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "server").start()
    server.stop()
    assert stat.S_IMODE(server.data_dir.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in server.data_dir.iterdir()} == {0o600}
