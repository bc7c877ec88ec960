"""What one answer carries of messages that are long."""

from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol.chat import Window
from presence_desktop.server.domain.messages import File, Letter, Quoted
from presence_desktop.server.services.chat.pages import BESIDE, SIZE, fitting, forward
from presence_desktop.server.services.chat.ports import Stretch


def letters(*sizes: int) -> list[Letter]:
    """Messages 1, 2, 3, ... with texts of these lengths."""
    return [
        Letter(UUID(int=seq), 7, seq, seq, 1, "x" * size, sent_at=seq)
        for seq, size in enumerate(sizes, start=1)
    ]


def seqs(stretch: Stretch) -> tuple[list[int], bool]:
    return [letter.seq for letter in stretch.letters], stretch.more


LONG = SIZE // 2 - BESIDE
FOUR = Stretch(letters(LONG, LONG, LONG, LONG), False, 4, 4)


def test_short_messages_all_fit() -> None:
    short = Stretch(letters(*[8] * 200), False, 200, 200)
    assert forward(short) == short
    for window in (Window(), Window(before=201), Window(after=0), Window(around=100)):
        assert fitting(short, window) == short


def test_long_ones_fit_as_far_as_they_do_from_the_place_that_was_asked_for() -> None:
    assert seqs(forward(FOUR)) == ([1, 2], True)
    assert seqs(fitting(FOUR, Window(after=0))) == ([1, 2], True)
    assert seqs(fitting(FOUR, Window())) == ([3, 4], True)
    assert seqs(fitting(FOUR, Window(before=5))) == ([3, 4], True)
    assert seqs(fitting(FOUR, Window(around=2))) == ([2, 3], True)
    assert seqs(fitting(FOUR, Window(around=9))) == ([3, 4], False)


def test_one_is_always_there_and_of_none_there_is_none() -> None:
    huge = Stretch(letters(2 * SIZE, 2 * SIZE), False, 2, 2)
    assert seqs(forward(huge)) == ([1], True)
    assert seqs(fitting(huge, Window())) == ([2], True)
    none = Stretch([], False, 0, 0)
    for window in (Window(), Window(after=0), Window(around=3)):
        assert fitting(none, window) == none


def test_quotes_files_and_reactions_count() -> None:
    file = File(UUID(int=9), 1, "cat.png", "image/png", 7)
    (plain,) = letters(0)
    heavy = Letter(
        plain.id, 7, 1, 1, 1, "", 1, reply_to=Quoted(plain.id, 1, 1, "x" * 200), files=(file,) * 10,
        reactions=tuple((str(number), tuple(range(1_000))) for number in range(20)),
    )  # fmt: skip
    assert seqs(forward(Stretch([plain, heavy, plain], False, 3, 3))) == ([1], True)


@given(
    st.lists(st.integers(0, 8_000), min_size=1, max_size=60),
    st.sampled_from(["newest", "before", "after", "around"]),
    st.integers(1, 60),
)
def test_a_page_is_whole_and_says_what_is_missing(sizes: list[int], way: str, seq: int) -> None:
    whole = Stretch(letters(*[size * 8 for size in sizes]), False, len(sizes), len(sizes))
    window = Window() if way == "newest" else msgspec.convert({way: seq}, Window)
    page, more = seqs(fitting(whole, window))
    assert page == list(range(page[0], page[0] + len(page)))
    if way == "after":
        assert (page[0], more) == (1, len(page) < len(sizes))
    elif way == "around":
        assert min(seq, len(sizes)) in page
        assert more == (page[-1] < len(sizes))
    else:
        assert (page[-1], more) == (len(sizes), len(page) < len(sizes))
