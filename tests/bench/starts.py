"""Starts of the app and of its peers on one seat, in turns: `python -m tests.bench.starts [rounds]`.

Each program starts in a home of its own: ours with a cached account (200 people, 20 rooms), the peers without any,
which spares them work. Told per program and round, as one JSON object: ms from the start until a window with something
in it is on the screen, CPU seconds spent until then and until ten seconds later, PSS in MB then (all its processes),
and what is left of it after it was asked to end. A peer that is not installed is left out, with a word; one that does
not run as root is started as nobody where root measures, on the same screen and the same bus.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from tests.bench.cached_account import fill, keep_secret
from tests.bench.eyes import Eyes
from tests.e2e.seat import Seat, seat
from tests.waiting import eventually

OURS = "presence-desktop"
FROZEN = Path("build", "frozen", OURS, OURS).resolve()
"""What is installed, as `make package` leaves it."""
PEERS = {
    "psi-plus": ["psi-plus"],
    "dino": ["dino-im"],
    "gajim": ["gajim"],
    "nheko": ["nheko"],
    "telegram": ["telegram-desktop"],
}
"""What a Debian package of the peer installs."""
NOT_AS_ROOT = ("gajim",)
NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
SETTLE_SECONDS = 10
_START_SECONDS = 60
_END_SECONDS = 8
_TICKS = os.sysconf("SC_CLK_TCK")

Figures = dict[str, float | None]


def main() -> None:
    """Measure, and tell."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    told: dict[str, list[Figures]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, seat() as taken:
        Path(folder).chmod(0o711)  # whoever is started as nobody finds the bus, and the way to its home
        prepare(Path(folder), taken)
        eyes = Eyes(taken.variables)
        commands = {OURS: ours(), **{name: words for name, words in PEERS.items() if _there(name, words)}}
        measure(
            OURS, commands[OURS], Path(folder), taken, eyes
        )  # its bytecode is written, as an installer does
        for _ in range(rounds):
            for name, words in commands.items():
                told[name].append(measure(name, words, Path(folder), taken, eyes))
    print(json.dumps(told))


def ours() -> list[str]:
    """How the app is started: as `PRESENCE_DESKTOP` says, else what `make package` froze, else from source."""
    named = os.environ.get("PRESENCE_DESKTOP")
    if named:
        return [named]
    return [str(FROZEN)] if FROZEN.exists() else [sys.executable, "-m", "presence_desktop"]


def prepare(folder: Path, taken: Seat) -> None:
    """The home of the account; its secret in the keyring; a place for bytecode."""
    fill(folder / OURS)
    keep_secret(taken.variables)
    taken.variables["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    taken.variables.pop("PYTHONDONTWRITEBYTECODE", None)


def measure(name: str, words: list[str], folder: Path, taken: Seat, eyes: Eyes) -> Figures:
    """One start, ten seconds of rest, one end."""
    home = folder / OURS if name == OURS else Path(tempfile.mkdtemp(dir=folder))
    variables = {**taken.variables, "PRESENCE_HOME": str(home), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": ""}
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        variables[variable] = str(home)
    if name in NOT_AS_ROOT and os.geteuid() == 0:
        words = [*NOBODY, *words]
        shutil.chown(home, "nobody", "nogroup")
        variables["XDG_RUNTIME_DIR"] = str(home)
        variables.pop("PYTHONPYCACHEPREFIX")  # nobody may write there: the bytecode that is installed serves
    eyes.wait(lambda: not eyes.painted(), 10)
    with (folder / f"{name}.log").open("ab") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(words, env=variables, stdout=log, stderr=log, start_new_session=True)
    try:
        seen = eyes.wait(eyes.painted, _START_SECONDS)
        figures: Figures = {"window ms": None if seen is None else 1000 * (seen - begun)}
        figures["window CPU s"] = processor(process.pid)
        with suppress(subprocess.TimeoutExpired):
            process.wait(SETTLE_SECONDS)
        figures |= {"settled CPU s": processor(process.pid), "PSS MB": resident(process.pid)}
    finally:
        left = end(process)
    return figures | {"left": left}


def members(session: int) -> list[Path]:
    """The processes of a session, in /proc."""
    return [place for place in Path("/proc").glob("[0-9]*") if _stat(place)[3:4] == [str(session)]]


def processor(session: int) -> float:
    """CPU seconds of all processes of a session, those that have ended too."""
    return sum(sum(map(int, _stat(place)[11:15])) for place in members(session)) / _TICKS


def resident(session: int) -> float:
    """PSS of all its processes, in MB."""
    total = 0
    for place in members(session):
        with suppress(OSError):
            lines = (place / "smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def end(process: subprocess.Popen[bytes]) -> int:
    """Ask it to end; how many of its processes are there some seconds later (they are ended then)."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    with suppress(AssertionError):
        eventually(lambda: process.poll() is not None and not members(process.pid), within=_END_SECONDS)
    left = len(members(process.pid))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return left


def _stat(place: Path) -> list[str]:
    """The fields of a process from its state on; empty when it is gone."""
    try:
        return (place / "stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return []


def _there(name: str, words: list[str]) -> bool:
    there = shutil.which(words[0]) is not None
    if not there:
        print(f"{name} is not installed (Debian: {words[0]}): left out", file=sys.stderr)
    return there


if __name__ == "__main__":
    main()
