"""The window that slides: never more than its limit within any span."""

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.server.domain.limits import Window

SPAN = 1_000


@given(st.lists(st.integers(0, 400), max_size=60), st.integers(1, 5))
def test_no_span_ever_holds_more_than_the_limit(pauses: list[int], limit: int) -> None:
    window, now, taken = Window(limit, SPAN), 0, []
    for pause in pauses:
        now += pause
        wait = window.take("ann", now)
        if wait == 0:
            taken.append(now)
        else:
            assert window.take("ann", now + wait - 1) > 0
    assert all(sum(start <= moment < start + SPAN for moment in taken) <= limit for start in taken)


def test_after_the_time_it_says_one_more_goes() -> None:
    window = Window(2, SPAN)
    assert [window.take("ann", moment) for moment in (0, 100, 200)] == [0, 0, 800]
    assert window.take("ann", 1_000) == 0
    assert window.take("bob", 200) == 0


def test_a_clock_that_was_set_back_shuts_nobody_out() -> None:
    window = Window(1, SPAN)
    assert window.take("ann", 10**9) == 0
    assert window.take("ann", 5) == 0


def test_who_is_silent_is_forgotten() -> None:
    window = Window(1, SPAN)
    for number in range(100):
        window.take(f"user{number}", 0)
    window.take("ann", 500)
    assert len(window) == 101
    window.take("ann", 1_400)
    assert len(window) == 1
