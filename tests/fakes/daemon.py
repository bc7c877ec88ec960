"""A program of the operating system (redis-server, mariadbd) that a test starts, kills and starts again."""

import os
import pwd
import socket
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.waiting import eventually

FIRST_STATEMENTS = b"""
CREATE DATABASE presence CHARACTER SET utf8mb4;
CREATE USER presence@'127.0.0.1' IDENTIFIED BY 'presence';
GRANT ALL ON presence.* TO presence@'127.0.0.1';
DROP USER IF EXISTS ''@'localhost';
"""


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def accepts(port: int) -> bool:
    """Whether somebody listens on this loopback port."""
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


class Daemon:
    """Runs `command` and waits until `ready`; ended by its own process id, its output in `log`."""

    def __init__(self, command: Sequence[str], ready: Callable[[], bool], log: Path) -> None:
        self.command = command
        self.ready = ready
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it serves."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)
        eventually(self._serves, within=30, what=f"{self.command[0]} serves (log: {self.log})")

    def _serves(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()
        return self.ready()

    def kill(self) -> None:
        """`kill -9`."""
        self._end(9)

    def stop(self) -> None:
        """SIGTERM, and wait."""
        self._end(15)

    def _end(self, signal: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal)
            self.process.wait(30)
        self.process = None


def redis(folder: Path) -> tuple[Daemon, str]:
    """A redis-server that keeps nothing on disk, and its URL."""
    port = free_port()
    options = f"--port {port} --bind 127.0.0.1 --save --appendonly no --dir {folder}".split()
    options[options.index("--save") + 1 : options.index("--save") + 1] = [""]
    daemon = Daemon(["redis-server", *options], lambda: accepts(port), folder / "redis.log")
    return daemon, f"redis://127.0.0.1:{port}/0"


def mariadb(folder: Path, *options: str) -> tuple[Daemon, str]:
    """A MariaDB in `folder` with small buffers and an empty database, and its `PRESENCE_DATABASE_URL`.

    `options` come last, and so take the place of the same ones here.
    """
    port, data, spare = free_port(), folder / "mariadb", folder / "mariadb-tmp"
    owner = pwd.getpwuid(os.geteuid()).pw_name  # pytest closes its folders to anybody else
    for own in (data, spare):  # in the common /tmp, one that starts would delete what others are using
        own.mkdir()
    where = ("--no-defaults", f"--user={owner}", f"--datadir={data}", f"--tmpdir={spare}")
    install = ["mariadb-install-db", *where]
    subprocess.run([*install, "--auth-root-authentication-method=normal"], check=True, capture_output=True)
    command = [
        "mariadbd", *where, f"--port={port}", "--bind-address=127.0.0.1",
        f"--socket={data}/s", f"--pid-file={data}/pid", "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M",
        "--character-set-server=utf8mb4", "--default-time-zone=+09:00", *options,
    ]  # fmt: skip
    daemon = Daemon(command, lambda: accepts(port), folder / "mariadb.log")
    daemon.start()
    client = ["mariadb", "--no-defaults", "-uroot", f"--socket={data}/s"]
    subprocess.run(client, input=FIRST_STATEMENTS, check=True, capture_output=True)
    return daemon, f"mysql+asyncmy://presence:presence@127.0.0.1:{port}/presence"
