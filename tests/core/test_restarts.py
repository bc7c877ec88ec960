"""A server that ends by itself is started again, ever later, and not for ever."""

from presence_desktop.core.restarts import Restarts


def test_the_waits_double_up_to_the_longest_and_then_it_is_left() -> None:
    restarts = Restarts(first_ms=1_000, longest_ms=5_000, most=4)
    assert [restarts.ended(now) for now in range(0, 5_000, 1_000)] == [1_000, 2_000, 4_000, 5_000, None]
    assert restarts.ended(6_000) is None


def test_an_end_long_ago_counts_no_more() -> None:
    restarts = Restarts(most=1, window_ms=60_000)
    assert restarts.ended(0) == 1_000
    assert restarts.ended(60_000) == 1_000
    assert restarts.ended(60_001) is None


def test_a_start_by_hand_begins_anew() -> None:
    restarts = Restarts(most=1)
    restarts.ended(0)
    restarts.forget()
    assert restarts.ended(1) == 1_000
