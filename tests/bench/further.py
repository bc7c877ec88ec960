"""What one table does not show: how cost grows with the number of clients, what readers that stopped cost the others,
and two processes with Redis between them. `python -m tests.bench.further [growth] [lazy] [cluster]`
"""

import argparse
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.contenders import (
    Running,
    build_native,
    floor,
    free_port,
    install_reference,
    ours,
    pinned,
    reference,
)
from tests.bench.load import load, raise_limits
from tests.waiting import eventually

GROWTH = (100, 300, 1000, 3000, 5000)
LAZY = 20


def growth(rounds: int) -> list[dict[str, Any]]:
    """CPU per delivery and per heartbeat, by the number of clients, of ours and of the floor."""
    rows = []
    for clients in GROWTH:
        found: dict[str, list[float]] = {}
        for _ in range(rounds):
            for name, contender in (("ours", ours), ("floor", floor)):
                with tempfile.TemporaryDirectory() as folder, contender(Path(folder), clients) as running:
                    for mode, figure in (("fan", "us_per_del"), ("hb", "us_per_ack")):
                        (line,) = load(running, Path(folder), mode, clients=clients, seconds=2)
                        found.setdefault(f"{name} {figure}", []).append(line[figure])
        rows.append({"clients": clients, **{key: median(values) for key, values in found.items()}})
    return rows


def resident(pids: list[int]) -> int:
    """Resident memory in kB."""
    status = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return sum(
        int(line.split()[1]) for text in status for line in text.splitlines() if line.startswith("VmRSS")
    )


@contextmanager
def _lazy_readers(running: Running, tokens: list[str]) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.bench.lazy", str(running.ports[0]), *tokens]
    readers = subprocess.Popen(pinned(1, command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert readers.stdin is not None
    assert readers.stdout is not None
    try:
        assert "read nothing" in readers.stdout.readline()
        yield
    finally:
        readers.stdin.close()
        readers.wait(10)
        readers.stdout.close()


def lazy(rounds: int) -> list[dict[str, Any]]:
    """Fan-out to 300 clients with none, and with 20 that stopped reading: CPU per delivery, memory afterwards."""
    found: dict[int, dict[str, list[float]]] = {0: {}, LAZY: {}}
    for _ in range(rounds):
        for count, figures in found.items():
            with tempfile.TemporaryDirectory() as folder, ours(Path(folder), 300 + LAZY) as running:
                readers = running.tokens[300 : 300 + count]
                with _lazy_readers(running, readers):
                    for w, seconds in ((1, 3), (64, 15)):
                        (line,) = load(running, Path(folder), "fan", clients=300, seconds=seconds, w=w)
                        figures.setdefault(f"{w} in flight, us", []).append(line["us_per_del"])
                    figures.setdefault("rss, MB", []).append(resident(running.pids) / 1000)
                log = (Path(folder) / "ours0.log").read_text()
                figures.setdefault("cut", []).append(log.count("slow reader"))
    return [
        {"stopped reading": count, **{key: median(values) for key, values in figures.items()}}
        for count, figures in found.items()
    ]


@contextmanager
def redis() -> Iterator[str]:
    """A Redis of our own; its URL."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        server = subprocess.Popen(pinned(1, command), stdout=subprocess.DEVNULL)
        try:
            eventually(lambda: _listens(port), what="redis-server")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def cluster(rounds: int) -> list[dict[str, Any]]:
    """Two processes with Redis between them, 500 clients each: CPU of both per delivery, and times ahead."""
    found: dict[int, dict[str, list[float]]] = {1: {}, 16: {}}
    for _ in range(rounds):
        for name, contender in (("ours", ours), ("reference", reference)):
            with (
                redis() as url,
                tempfile.TemporaryDirectory() as folder,
                contender(Path(folder), 1000, processes=2, redis=url) as running,
            ):
                for w, figures in found.items():
                    (line,) = load(running, Path(folder), "fan", clients=1000, w=w)
                    figures.setdefault(name, []).append(line["us_per_del"])
    return [
        {
            "in flight": w,
            **{name: median(values) for name, values in figures.items()},
            "ahead": median(
                theirs / own for theirs, own in zip(figures["reference"], figures["ours"], strict=True)
            ),
        }
        for w, figures in found.items()
    ]


PARTS = {"growth": growth, "lazy": lazy, "cluster": cluster}


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as a Markdown table."""
    heads = list(rows[0])
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    lines += [
        "| "
        + " | ".join(f"{row[head]:.2f}" if isinstance(row[head], float) else str(row[head]) for head in heads)
        + " |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure what is asked for, or all of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("out/bench-further.json"))
    arguments = parser.parse_args()
    raise_limits()
    build_native()
    install_reference()
    report = {}
    for part in arguments.parts or list(PARTS):
        report[part] = PARTS[part](arguments.rounds)
        print(f"\n{part}\n\n{table(report[part])}", flush=True)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
