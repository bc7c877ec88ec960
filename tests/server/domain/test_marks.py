"""Marks only grow, never pass the last message, and stand still for others while somebody appears offline."""

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.server.domain.marks import Marks, moved, shown

STEPS = st.lists(
    st.tuples(st.integers(0, 2**53), st.integers(0, 2**53), st.booleans(), st.integers(0, 5)), max_size=20
)


@given(STEPS)
def test_whatever_is_said_in_any_order(steps: list[tuple[int, int, bool, int]]) -> None:
    marks, last = Marks(), 0
    for delivered, read, visible, more in steps:
        last += more
        before, marks = marks, moved(marks, delivered, read, last, visible=visible)
        assert before.read <= marks.read <= marks.delivered <= last
        assert before.delivered <= marks.delivered
        if visible:
            assert marks == shown(marks)
        else:
            assert (marks.shown_delivered, marks.shown_read) == (before.shown_delivered, before.shown_read)


def test_numbers_from_the_future_count_as_the_last_message() -> None:
    assert moved(Marks(), 2**53, 2**53, 3, visible=True) == Marks(3, 3, 3, 3)


def test_what_was_read_was_delivered() -> None:
    assert moved(Marks(), 0, 2, 3, visible=False) == Marks(2, 2, 0, 0)
