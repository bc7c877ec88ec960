"""The server's benchmark: `make bench`, or `python -m tests.bench.server --help`.

Ours as it ships, the reference stack and the machine's floor are measured in turns, round after round, because the
machine's speed drifts: a ratio is taken within a round, and the median of the rounds is told. Prints a table; writes
everything as JSON. The exit status tells whether nothing fell below the bounds of `BOUNDS`.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.contenders import Running, build_native, floor, install_reference, ours, reference
from tests.bench.load import Line, load, raise_limits

Contender = Callable[[Path, int], AbstractContextManager[Running]]
Figures = dict[str, dict[str, list[float]]]
"""By what was measured, by contender: a figure for each round."""

CONTENDERS: dict[str, Contender] = {"ours": ours, "reference": reference, "floor": floor}

FAN, FAN16, FAN16X, BEAT = "fan-out, 1 in flight", "fan-out, 16 in flight", "fan-out, 16 senders", "heartbeat"
STORM, STORM2, MEMORY = "1,000 sign-ins", "2,000 sign-ins", "memory per idle socket"
P50, P99 = "latency p50 at 20/s", "latency p99 at 20/s"
UNITS = {FAN: "us CPU", FAN16: "us CPU", FAN16X: "us CPU", BEAT: "us CPU", STORM: "s", STORM2: "s"}
UNITS |= {MEMORY: "kB", P50: "ms", P99: "ms"}
WANTED = {FAN: (1.8, 1.45), FAN16: (15, None), BEAT: (2, 2.4), STORM: (7, None), STORM2: (15, None)}
"""What is aimed at: times ahead of the reference at least, times the floor at most."""
BOUNDS = {
    FAN: (1.5, 1.7),
    FAN16: (1, None),
    BEAT: (1, None),
    STORM: (1, None),
    STORM2: (1, None),
    P99: (1, None),
    MEMORY: (1, None),
}
"""What must hold, likewise."""
MEMORY_MOST = 16.0
"""kB per idle socket, at most."""


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument(
        "--large-rounds", type=int, default=1, help="of 2,000 sign-ins and 5,000 idle sockets"
    )
    parser.add_argument("--seconds", type=float, default=3, help="of each phase")
    parser.add_argument(
        "--quick", action="store_true", help="one round, no storm of 2,000, no 5,000 idle sockets"
    )
    parser.add_argument("--out", type=Path, default=Path("out/bench-server.json"))
    arguments = parser.parse_args()
    raise_limits()
    build_native()
    install_reference()
    figures: Figures = defaultdict(lambda: defaultdict(list))
    for number in range(1 if arguments.quick else arguments.rounds):
        for name in CONTENDERS:
            print(f"round {number + 1}: {name}", file=sys.stderr, flush=True)
            _everything(name, figures, arguments.clients, arguments.seconds)
        _tell(figures, arguments)
    for number in range(0 if arguments.quick else arguments.large_rounds):
        print(f"large, round {number + 1}", file=sys.stderr, flush=True)
        _large(figures)
    report = _tell(figures, arguments)
    print(_table(report))
    return 1 if any(row["below"] for row in report["rows"]) else 0


def _tell(figures: Figures, arguments: argparse.Namespace) -> dict[str, Any]:
    """Write what is known so far."""
    report = _report(figures, arguments)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(report, indent=1) + "\n")
    return report


def _key(line: Line) -> tuple[str, Any]:
    """What tells the phases of the load generator apart."""
    if line["mode"] == "fan":
        return "fan", (line["w"], min(line["k"], 2))
    return line["mode"], line["n"] > 1000 if line["mode"] == "storm" else None


MEASURED: dict[tuple[str, Any], list[tuple[str, str, float]]] = {
    ("fan", (1, 1)): [(FAN, "us_per_del", 1)],
    ("fan", (16, 1)): [(FAN16, "us_per_del", 1)],
    ("fan", (16, 2)): [(FAN16X, "us_per_del", 1)],
    ("hb", None): [(BEAT, "us_per_ack", 1)],
    ("storm", False): [(STORM, "converge_s", 1)],
    ("storm", True): [(STORM2, "converge_s", 1)],
    ("rate", None): [(P50, "p50_us", 1e-3), (P99, "p99_us", 1e-3)],
    ("idle", None): [(MEMORY, "per_conn_b", 1e-3)],
}
"""By phase: what it measures, in which field, and times what."""


def note(figures: Figures, name: str, line: Line) -> None:
    """Put one line of the load generator where it belongs."""
    if line.get("dead"):
        print(f"  {name}: {line['dead']} connections died in {line['mode']}", file=sys.stderr)
    for what, field, factor in MEASURED[_key(line)]:
        figures[what][name].append(line[field] * factor)


def _everything(name: str, figures: Figures, clients: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder, CONTENDERS[name](Path(folder), clients) as running:
        for line in load(running, Path(folder), "all", clients=clients, seconds=seconds):
            if name != "floor" or line["mode"] != "storm":  # the floor sends nobody a list
                note(figures, name, line)


def _large(figures: Figures) -> None:
    for name in ("ours", "reference"):
        for mode, clients in (("storm", 2000), ("idle", 5000)):
            with tempfile.TemporaryDirectory() as folder, CONTENDERS[name](Path(folder), clients) as running:
                for line in load(running, Path(folder), mode, clients=clients):
                    if line["up"] == clients:
                        note(figures, name, line)
                    else:
                        print(f"  {name}: only {line['up']} of {clients} came up", file=sys.stderr)


def _report(figures: Figures, arguments: argparse.Namespace) -> dict[str, Any]:
    rows = []
    for what, by_contender in figures.items():
        ahead, above = ratio(by_contender, "reference", "ours"), ratio(by_contender, "ours", "floor")
        rows.append(
            {
                "what": what,
                "unit": UNITS[what],
                **{name: _median(by_contender[name]) for name in CONTENDERS},
                "ahead": ahead,
                "above": above,
                "short": misses(WANTED.get(what), ahead, above)
                or (what == MEMORY and median(by_contender["ours"]) > MEMORY_MOST),
                "below": misses(BOUNDS.get(what), ahead, above),
                "rounds": by_contender,
            }
        )
    return {
        "date": datetime.now(UTC).date().isoformat(),  # noqa: TID251 - a report is about the wall clock
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "command": "python -m tests.bench.server " + " ".join(sys.argv[1:]),
        "clients": arguments.clients,
        "rows": rows,
    }


def ratio(by_contender: dict[str, list[float]], above: str, below: str) -> float | None:
    """The median of the ratios within the rounds."""
    pairs = list(zip(by_contender.get(above, ()), by_contender.get(below, ()), strict=False))
    return median(one / other for one, other in pairs if other) if pairs else None


def _median(values: list[float]) -> float | None:
    return median(values) if values else None


def misses(wanted: tuple[float, float | None] | None, ahead: float | None, above: float | None) -> bool:
    if wanted is None:
        return False
    least, most = wanted
    return (ahead is not None and ahead < least) or (most is not None and above is not None and above > most)


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _table(report: dict[str, Any]) -> str:
    lines = [
        f"{report['date']} · {report['machine']} · Python {report['python']} · {report['clients']} clients",
        "",
        "| work | unit | ours | reference | floor | ahead of the reference | of the floor | |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in report["rows"]:
        verdict = "below its bound" if row["below"] else "short of its target" if row["short"] else ""
        cells = [_number(row[name]) for name in CONTENDERS]
        cells += [_number(row[name], " ×") for name in ("ahead", "above")]
        lines.append(f"| {row['what']} | {row['unit']} | " + " | ".join(cells) + f" | {verdict} |")
    return "\n".join(lines)


def _number(value: float | None, after: str = "") -> str:
    return "" if value is None else f"{value:.2f}{after}"


if __name__ == "__main__":
    sys.exit(main())
