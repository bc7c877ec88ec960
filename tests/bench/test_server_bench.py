"""The benchmark's own arithmetic, and that the tokens it mints are good."""

from collections import defaultdict
from pathlib import Path

import pytest

from presence_desktop.server.clock import SystemClock
from presence_desktop.server.config import Config
from presence_desktop.server.services.accounts.tokens import Lifetimes, Tokens
from presence_desktop.server.stores import folder
from tests.bench.load import Line
from tests.bench.minted import DAY, mint
from tests.bench.server import BEAT, FAN, MEMORY, P99, STORM2, Figures, misses, note, ratio


def test_minted_tokens_are_good(tmp_path: Path) -> None:
    minted = mint(tmp_path / "data", 3)
    key = folder.key(Config(data_dir=tmp_path / "data").key_path)
    tokens = Tokens(key, clock=SystemClock(), lifetimes=Lifetimes(DAY, DAY), account=lambda user_id: False)
    assert [tokens.authenticate(token).user_id for token in minted] == [1, 2, 3]


@pytest.mark.parametrize(
    ("line", "what", "figure"),
    [
        ({"mode": "fan", "w": 1, "k": 1, "us_per_del": 7.0}, FAN, 7.0),
        ({"mode": "hb", "us_per_ack": 15.0, "dead": 0}, BEAT, 15.0),
        ({"mode": "storm", "n": 2000, "converge_s": 3.0}, STORM2, 3.0),
        ({"mode": "rate", "p50_us": 1000, "p99_us": 4000}, P99, 4.0),
        ({"mode": "idle", "per_conn_b": 15_700}, MEMORY, 15.7),
    ],
)
def test_each_phase_is_put_where_it_belongs(line: Line, what: str, figure: float) -> None:
    figures: Figures = defaultdict(lambda: defaultdict(list))
    note(figures, "ours", line)
    assert figures[what]["ours"] == pytest.approx([figure])


def test_ratios_are_taken_within_a_round() -> None:
    figures = {"ours": [1.0, 2.0, 10.0], "reference": [2.0, 6.0, 40.0]}
    assert ratio(figures, "reference", "ours") == 3.0
    assert ratio(figures, "ours", "floor") is None


def test_what_misses_its_mark() -> None:
    assert not misses(None, 0.1, 9.0)
    assert not misses((1.5, 1.7), 1.5, 1.7)
    assert misses((1.5, 1.7), 1.4, 1.0)
    assert misses((1.5, 1.7), 2.0, 1.8)
    assert not misses((15, None), None, 2.0)
