"""Which bytes a `Range` header asks for, and how a browser is told what to do with a file."""

import pytest

from presence_desktop.server.transport.rest.ranges import Unsatisfiable, asked_for, disposition


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (None, None),
        ("bytes=0-0", range(1)),
        ("bytes=0-", range(100)),
        ("bytes=10-19", range(10, 20)),
        (" BYTES=90-", range(90, 100)),
        ("bytes=90-5000", range(90, 100)),
        ("bytes=-5", range(95, 100)),
        ("bytes=-5000", range(100)),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("bytes=a-b", None),
        ("lines=0-1", None),
        ("bytes=0", None),
        ("bytes=" + "9" * 30 + "-", None),
        ("", None),
    ],
)
def test_which_bytes_are_asked_for(header: str | None, found: range | None) -> None:
    assert asked_for(header, 100) == found


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"])
def test_a_part_that_there_is_not(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        asked_for(header, 100)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.png", "attachment; filename=\"a.png\"; filename*=UTF-8''a.png"),
        ("그.png", "attachment; filename=\"_.png\"; filename*=UTF-8''%EA%B7%B8.png"),
        ('a"b\\c;%41', "attachment; filename=\"a_b_c;_41\"; filename*=UTF-8''a%22b%5Cc%3B%2541"),
    ],
)
def test_the_name_in_both_spellings(name: str, told: str) -> None:
    assert disposition(name, inline=False) == told


def test_what_may_be_shown_in_place() -> None:
    assert disposition("a.png", inline=True).startswith("inline; ")
