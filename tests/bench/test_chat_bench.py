"""The arithmetic of the benchmarks of conversations: what counts as measured, and what as ahead."""

from collections import defaultdict

import pytest

from tests.bench.chat import CONTENDERS, Figures, note, report, table
from tests.bench.load import Line

WELL: Line = {
    "mode": "chat", "n": 50, "w": 16, "acks_s": 900.0, "acks_per_cpu_s": 1000.0, "p50_us": 12_000,
    "sent": 10, "acked": 10, "told": 500, "refused": 0, "dead": 0,
}  # fmt: skip


def _figures() -> Figures:
    return defaultdict(lambda: defaultdict(list))


def test_what_is_measured_is_put_where_it_belongs() -> None:
    figures = _figures()
    note(figures, "ours", WELL)
    assert {what: by["ours"] for what, by in figures.items()} == {
        "16 in flight, acknowledged per second": [900.0],
        "16 in flight, acknowledged per CPU second": [1000.0],
        "16 in flight, ms to the acknowledgement (median)": [12.0],
    }


@pytest.mark.parametrize("amiss", [{"refused": 1}, {"dead": 1}, {"acked": 9}, {"told": 499}])
def test_a_run_that_lost_something_is_no_figure(amiss: Line) -> None:
    with pytest.raises(AssertionError):
        note(_figures(), "ours", WELL | amiss)


def test_ahead_is_the_median_of_the_rounds() -> None:
    figures = _figures()
    for name in CONTENDERS:
        for factor in (1, 2, 4):
            rate = 900.0 * (factor if name == "ours" else 1)
            note(figures, name, WELL | {"acks_s": rate})
    rows = report(figures)
    assert [row["ahead"] for row in rows] == [2.0, 1.0, None]
    assert "| 16 in flight, acknowledged per second | 1,800 | 900 | 900 | 2.00 × |" in table(rows)
