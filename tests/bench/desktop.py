"""The desktop's benchmark: `make bench-desktop`, or `python -m tests.bench.desktop --help`.

Start, memory and CPU of the app beside its peers from Debian, in turns, round after round, told as medians; the time
from a click on a status to its repaint on another desktop; a window with 10,000 and 100,000 people while 1,000 of them
change a second. Prints tables and writes all figures to out/bench/desktop.json. The exit status tells whether the
app keeps its bounds. Wall times are those of the machine as it was: its load is told with them.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.starts import OURS, ours
from tools.run_screenless import virtual_screen

WHAT = ("window ms", "window CPU s", "settled CPU s", "PSS MB", "left")
MOST = {"window ms": 500.0, "PSS MB": 100.0, "click p95 ms": 300.0, "% of a core": 15.0, "lag p95 ms": 20.0}
"""The product's bounds; those of start and memory are meant for the frozen build."""
QUICKER = ("psi-plus",)
"""May be sooner there than we are."""
SMALLER = ("psi-plus",)
"""May be smaller than we are."""

Starts = dict[str, dict[str, float]]


def main() -> int:
    """Measure and tell."""
    arguments = _arguments()
    report: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),  # noqa: TID251 - a report is about the wall clock
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.release()}",
        "program": " ".join(ours()),
        "load before": os.getloadavg()[0],
        "starts": _run("starts", str(arguments.rounds), environment=dict(os.environ)),
        "clicks ms": _run("two_windows", str(arguments.clicks), environment=dict(os.environ)),
    }
    with tempfile.TemporaryDirectory() as folder, virtual_screen(Path(folder)) as variables:
        environment = {**os.environ, **variables}
        report["busy"] = [
            _run("busy_window", str(people), str(arguments.seconds), environment=environment)
            for people in (10_000, 100_000)
        ]
    report["load after"] = os.getloadavg()[0]
    report["amiss"] = amiss(medians(report["starts"]), report["clicks ms"], report["busy"])
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(report, indent=1) + "\n")
    print(told(report))
    return 1 if report["amiss"] else 0


def medians(starts: dict[str, list[dict[str, float | None]]]) -> Starts:
    """By program and figure; a round without that figure (no window came) does not count."""
    found: Starts = {}
    for name, rounds in starts.items():
        values = {what: [value for one in rounds if (value := one.get(what)) is not None] for what in WHAT}
        found[name] = {what: median(some) for what, some in values.items() if some}
    return found


def p95(values: list[float]) -> float:
    """The 95th of a hundred."""
    return sorted(values)[round(0.95 * (len(values) - 1))]


def amiss(starts: Starts, clicks: list[float], busy: list[dict[str, float]]) -> list[str]:
    """What is not as the product wants it, in sentences."""
    ours = starts[OURS]
    wrong = [_above(what, ours[what]) for what in ("window ms", "PSS MB")]
    wrong.append(_above("click p95 ms", p95(clicks)))
    wrong += [
        _above(what, one[what], f" with {one['people']:,} people")
        for one in busy
        for what in ("% of a core", "lag p95 ms")
    ]
    if ours["left"]:
        wrong.append("Something of ours is left behind.")
    for name, peer in starts.items():
        for what, spared in (("window ms", QUICKER), ("PSS MB", SMALLER)):
            if name != OURS and name not in spared and what in peer and peer[what] <= ours[what]:
                wrong.append(f"{what}: {name} has {peer[what]:.0f}, we have {ours[what]:.0f}.")
    return [sentence for sentence in wrong if sentence]


def told(report: dict[str, Any]) -> str:
    """Everything for a person to read."""
    lines = [f"{report['date']} · {report['machine']}", ""]
    lines.append(f"Started: {report['program']}")
    lines.append(f"Load {report['load before']:.1f} before, {report['load after']:.1f} after.")
    lines += ["", "| program | " + " | ".join(WHAT) + " |", "| --- |" + " ---: |" * len(WHAT)]
    for name, found in medians(report["starts"]).items():
        cells = [_cell(found.get(what), what) for what in WHAT]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    clicks = report["clicks ms"]
    lines += [
        "",
        f"A click is seen on the other desktop after {median(clicks):.0f} ms, p95 {p95(clicks):.0f} ms.",
    ]
    for one in report["busy"]:
        lines.append(", ".join(f"{what} {value:,.1f}" for what, value in one.items()))
    return "\n".join([*lines, "", *report["amiss"]])


def _above(what: str, value: float, more: str = "") -> str:
    return f"{what}{more}: {value:.0f}, at most {MOST[what]:.0f} are wanted." if value > MOST[what] else ""


def _cell(value: float | None, what: str) -> str:
    if value is None:
        return "no window"
    return f"{value:.2f}" if "CPU" in what else f"{value:.0f}"


def _run(part: str, *words: str, environment: dict[str, str]) -> Any:
    """A part of the benchmark in a process of its own; what it tells."""
    command = [sys.executable, "-m", f"tests.bench.{part}", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="starts of each program")
    parser.add_argument("--clicks", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=20, help="of 1,000 changes a second")
    parser.add_argument("--out", type=Path, default=Path("out", "bench", "desktop.json"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
