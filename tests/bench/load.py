"""Runs the load generator against a contender and reads what it measured."""

import json
import re
import resource
import subprocess
from pathlib import Path
from typing import Any

from tests.bench.contenders import BUILT, OPEN_FILES, Running, pinned

Line = dict[str, Any]

_NO_NUMBER = re.compile(r"-?\b(?:nan|inf)\b")
"""How C prints a division by nothing: a phase in which nothing arrived."""


def raise_limits() -> None:
    """Let this process and its children open as many files as there will be sockets."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def load(
    running: Running, folder: Path, mode: str, *, clients: int, seconds: float = 3, **options: int
) -> list[Line]:
    """One run of the load generator: a line for each phase. `options` are its letters: `w=16`, `k=16`, `r=20`."""
    tokens = folder / "tokens"
    tokens.write_text("\n".join(running.tokens[:clients]) + "\n")
    command = [str(BUILT / "loadgen"), "-p", str(running.ports[0]), "-n", str(clients), "-m", mode]
    command += ["-d", str(seconds), "-t", str(tokens), "-P", ",".join(map(str, running.pids))]
    if len(running.ports) > 1:
        command += ["-q", str(running.ports[1])]
    if running.sender_hears:
        command.append("-e")
    for letter, value in options.items():
        command += [f"-{letter}", str(value)]
    done = subprocess.run(pinned(1, command), capture_output=True, text=True, timeout=600, check=False)
    lines = [json.loads(_NO_NUMBER.sub("NaN", line)) for line in done.stdout.splitlines() if line[:1] == "{"]
    if not lines:
        raise RuntimeError(f"{mode}: {done.stderr[-500:]}")
    return lines
