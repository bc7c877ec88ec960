"""Messages acknowledged, against the reference stack doing the same with its store; `make bench-chat`.

50 people are connected and in one room; 1, 16 or 64 messages wait for their acknowledgement at any time, and everybody
gets each of them. All contenders are measured in turns, round after round; a ratio is taken within a round, and the
median of the rounds is told. `python -m tests.bench.chat [--rounds 5] [--seconds 5] [--people 50]`
"""

import argparse
import json
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

from tests.bench.chat_contenders import CONVERSATION, install, ours, reference, without_search
from tests.bench.contenders import Running, build_native
from tests.bench.load import Line, load, raise_limits
from tests.bench.server import ratio

Figures = dict[str, dict[str, list[float]]]
"""By what was measured, by contender: a figure for each round."""

CONTENDERS: dict[str, Callable[[Path, int], AbstractContextManager[Running]]] = {
    "ours": ours,
    "reference": reference,
    "without search": without_search,
}
IN_FLIGHT = (1, 16, 64)
MEASURED = {"acknowledged per second": "acks_s", "acknowledged per CPU second": "acks_per_cpu_s"}


def main() -> int:
    """Measure and tell; the exit status tells whether ours was ahead everywhere."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5, help="of each phase")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--out", type=Path, default=Path("out/bench-chat.json"))
    arguments = parser.parse_args()
    raise_limits()
    build_native()
    install()
    figures: Figures = defaultdict(lambda: defaultdict(list))
    for number in range(arguments.rounds):
        for name in CONTENDERS:
            print(f"round {number + 1}: {name}", file=sys.stderr, flush=True)
            for line in phases(name, arguments.people, arguments.seconds):
                note(figures, name, line)
    rows = report(figures)
    head = {
        "date": datetime.now(UTC).date().isoformat(),  # noqa: TID251 - a report is about the wall clock
        "machine": f"{platform.machine()}, {platform.system()} {platform.release()}",
        "command": "python -m tests.bench.chat " + " ".join(sys.argv[1:]),
        "people": arguments.people,
    }
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps({**head, "rows": rows}, indent=1) + "\n")
    print(table(rows))
    return 1 if any(row["ahead"] < 1 for row in rows if row["ahead"] is not None) else 0


def phases(name: str, people: int, seconds: float) -> list[Line]:
    """One contender, from its start to its end."""
    lines = []
    with tempfile.TemporaryDirectory() as folder, CONTENDERS[name](Path(folder), people) as running:
        for w in IN_FLIGHT:
            options = {"w": w, "k": min(w, people), "C": CONVERSATION}
            lines += load(running, Path(folder), "chat", clients=people, seconds=seconds, **options)
    return lines


def note(figures: Figures, name: str, line: Line) -> None:
    """Put one line of the load generator where it belongs. Raises AssertionError if not everything arrived."""
    assert line["refused"] == line["dead"] == 0, f"{name}: {line}"
    assert line["sent"] == line["acked"], f"{name}: not everything was acknowledged: {line}"
    assert line["told"] == line["sent"] * line["n"], f"{name}: not everybody was told: {line}"
    for what, field in MEASURED.items():
        figures[f"{line['w']} in flight, {what}"][name].append(line[field])
    figures[f"{line['w']} in flight, ms to the acknowledgement (median)"][name].append(line["p50_us"] / 1000)


def report(figures: Figures) -> list[dict[str, Any]]:
    """A row for each figure; `ahead` is None where less is better."""
    return [
        {
            "what": what,
            **{name: median(by_contender[name]) for name in by_contender},
            "ahead": None if "ms" in what else ratio(by_contender, "ours", "reference"),
            "rounds": by_contender,
        }
        for what, by_contender in figures.items()
    ]


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| messages | ours | reference | reference without search | ahead of the reference |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        digits = 2 if row["ahead"] is None else 0
        cells = [f"{row[name]:,.{digits}f}" for name in CONTENDERS]
        ahead = "" if row["ahead"] is None else f"{row['ahead']:.2f} ×"
        lines.append(f"| {row['what']} | " + " | ".join(cells) + f" | {ahead} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
