"""The arithmetic of the desktop's benchmark: medians, and what counts as amiss."""

from tests.bench.desktop import amiss, medians, p95
from tests.bench.starts import OURS

GOOD = {"window ms": 400.0, "PSS MB": 90.0, "left": 0.0}
CALM = {"people": 10_000.0, "% of a core": 9.0, "lag p95 ms": 4.0}


def test_a_round_without_a_window_does_not_count() -> None:
    rounds: list[dict[str, float | None]] = [{"window ms": None}, {"window ms": 3.0}, {"window ms": 5.0}]
    assert medians({"gajim": rounds}) == {"gajim": {"window ms": 4.0}}


def test_the_95th_of_a_hundred() -> None:
    assert p95([float(number) for number in range(101)]) == 95


def test_nothing_is_amiss_within_the_bounds_and_ahead_of_the_peers() -> None:
    psi = {"window ms": 300.0, "PSS MB": 70.0, "left": 1.0}
    dino = {"window ms": 700.0, "PSS MB": 170.0, "left": 0.0}
    assert amiss({OURS: GOOD, "psi-plus": psi, "dino": dino, "gajim": {}}, [250.0], [CALM]) == []


def test_each_bound_and_each_peer_that_is_ahead_is_told() -> None:
    ours = {"window ms": 600.0, "PSS MB": 120.0, "left": 1.0}
    peers = {"nheko": {"window ms": 500.0, "PSS MB": 100.0, "left": 0.0}}
    busy = [CALM | {"% of a core": 16.0, "lag p95 ms": 21.0}]
    assert len(amiss({OURS: ours} | peers, [301.0], busy)) == 8
