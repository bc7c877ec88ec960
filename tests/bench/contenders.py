"""What is measured: the product's server as it ships, the reference stack, the machine's floor, the transport alone.

Each is started on free loopback ports, pinned to the first core, and ended by its own process id.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.minted import REFERENCE_SECRET, mint, mint_for_reference
from tests.waiting import eventually

HERE = Path(__file__).resolve().parent
BUILT = HERE.parent.parent / "out" / "bench"
START_SECONDS = 60.0
OPEN_FILES = 20_000


@dataclass
class Running:
    """A server that runs: its processes, a port for each, and who may sign in."""

    pids: list[int]
    ports: list[int]
    tokens: list[str]
    sender_hears: bool = True
    """Whether the sender of a change hears of it too."""


def build_native() -> None:
    """Compile the load generator and the floor."""
    BUILT.mkdir(parents=True, exist_ok=True)
    for name in ("loadgen", "floor"):
        source, made = HERE / "native" / f"{name}.c", BUILT / name
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["gcc", "-O2", "-w", "-o", str(made), str(source)], check=True)


def install_reference() -> None:
    """Install the reference stack from npm."""
    folder = BUILT / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("server.js", "package.json"):
        shutil.copyfile(HERE / "reference" / name, folder / name)
    if not (folder / "node_modules").exists():
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"], cwd=folder, check=True
        )


def pinned(core: int, command: Sequence[str]) -> list[str]:
    """The command, kept on one core where that can be done."""
    if (os.cpu_count() or 1) > 1 and shutil.which("taskset"):
        return ["taskset", "-c", str(core), *command]
    return list(command)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def process(command: Sequence[str], port: int, log: Path, **environment: str) -> Iterator[int]:
    """A server process on the first core that answers at this port, ended at the end; its id."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            pinned(0, command),
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            cwd=HERE.parent.parent,
        )
    try:
        eventually(
            lambda: process.poll() is not None or _answers(port), within=START_SECONDS, what=str(command)
        )
        if process.poll() is not None:
            raise RuntimeError(f"{command[0]} ended: {log.read_text(errors='replace')[-2000:]}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def ours(folder: Path, people: int, *, processes: int = 1, redis: str | None = None) -> Iterator[Running]:
    """The product's server with everything on; only its rate limits are raised."""
    data = folder / "data"
    tokens = mint(data, people)
    environment = {"PRESENCE_STATUS_CHANGES": "1000000000", "PRESENCE_LOG_LEVEL": "warning"}
    if redis is not None:
        environment["PRESENCE_REDIS_URL"] = redis
    with ExitStack() as stack:
        running = Running([], [], tokens)
        for number in range(processes):
            port, own = free_port(), folder / f"data{number}"
            if processes > 1:
                shutil.copytree(data, own)
            command = [sys.executable, "-m", "presence_desktop", "server", "serve", "--port", str(port)]
            command += ["--data-dir", str(own if processes > 1 else data)]
            log = folder / f"ours{number}.log"
            running.pids.append(stack.enter_context(process(command, port, log, **environment)))
            running.ports.append(port)
        yield running


@contextmanager
def reference(
    folder: Path, people: int, *, processes: int = 1, redis: str | None = None
) -> Iterator[Running]:
    """Node.js with express, socket.io and ws."""
    environment = {"SECRET": REFERENCE_SECRET} | ({} if redis is None else {"REDIS": redis})
    with ExitStack() as stack:
        running = Running([], [], mint_for_reference(people))
        for number in range(processes):
            port = free_port()
            command = ["node", str(BUILT / "reference" / "server.js")]
            log = folder / f"reference{number}.log"
            running.pids.append(
                stack.enter_context(process(command, port, log, PORT=str(port), **environment))
            )
            running.ports.append(port)
        yield running


@contextmanager
def floor(folder: Path, people: int) -> Iterator[Running]:
    """A bare C loop that writes the same bytes."""
    port = free_port()
    with process([str(BUILT / "floor"), str(port)], port, folder / "floor.log") as pid:
        yield Running([pid], [port], mint_for_reference(people), sender_hears=False)


@contextmanager
def bare(folder: Path, people: int, *, stock: bool = False) -> Iterator[Running]:
    """The live link alone with the reference's handlers, on the fast transport or on the stock one."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare", "--port", str(port), *(["--stock"] if stock else [])]
    with process(command, port, folder / "bare.log") as pid:
        yield Running([pid], [port], mint_for_reference(people))
