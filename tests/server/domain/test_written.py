"""What a text may hold: refused, mended, taken out; and that nothing in it makes that slow."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain import written

REFUSED = [
    pytest.param(char, id=f"U+{ord(char):04X}")
    for char in "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x9f\u202d\u202e\ud800\udbff\udc00\udfff"
]


def refusal(text: str) -> Code:
    with pytest.raises(Refused) as caught:
        written.lines(text)
    return caught.value.code


@pytest.mark.parametrize("char", REFUSED)
def test_controls_overrides_and_halves_of_characters_are_refused_everywhere(char: str) -> None:
    assert refusal(f"a{char}b") is Code.INVALID_TEXT
    with pytest.raises(Refused):
        written.line(f"a{char}b", 80)


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_kind_of_line_end_becomes_the_plain_one_and_none_stands_in_a_title(breaks: str) -> None:
    assert written.lines(f"a{breaks}b") == "a\nb"
    with pytest.raises(Refused):
        written.line(f"a{breaks}b", 80)


def test_tabs_stay_in_messages_and_stand_in_no_title() -> None:
    assert written.lines("a\tb") == "a\tb"
    with pytest.raises(Refused):
        written.line("a\tb", 80)


def test_embeddings_are_taken_out_isolates_and_marks_stay_in_messages() -> None:
    assert written.lines("call \u202a+49 30\u202c!") == "call +49 30!"
    assert written.lines("\u2067שלום\u2069 \u200f\u061c") == "\u2067שלום\u2069 \u200f\u061c"
    assert written.line("\u2067שלום\u2069 \u202aok\u202c", 80) == "שלום ok"


def test_hangul_from_a_mac_is_the_same_as_from_anywhere_else() -> None:
    apart = unicodedata.normalize("NFD", "한글")
    assert written.lines(apart) == written.line(apart, 80) == "한글"


def test_blank_edges_go_and_length_counts_what_is_left() -> None:
    assert written.lines("\n  a  b \n\t") == "a  b"
    assert written.line("  a ", 1) == "a"
    assert written.lines(" " * 9_000 + "a") == "a"
    assert len(written.lines("a" * limits.MESSAGE_LENGTH)) == limits.MESSAGE_LENGTH
    assert refusal("a" * (limits.MESSAGE_LENGTH + 1)) is Code.TEXT_TOO_LONG
    assert refusal("\ufb2c" * limits.MESSAGE_LENGTH) is Code.TEXT_TOO_LONG  # one becomes three
    with pytest.raises(Refused) as caught:
        written.line("ab", 1)
    assert caught.value.code is Code.TEXT_TOO_LONG


def test_whether_there_is_anything_to_be_seen() -> None:
    for nothing in ("", " \n", "\u200b\u2060\ufeff", "\u3164\u115f\u2800", "\u2066\u2069", "\u00a0\u3000"):
        assert not written.shows(nothing)
    for something in (".", "ㅋ", "👍", "\u200b.\u200b", "𓂀"):
        assert written.shows(something)


def test_heaps_of_marks_are_refused_what_languages_need_is_not() -> None:
    heap = "a" + "\u0301" * (written.MARKS_IN_A_ROW + 1)
    assert refusal(heap) is Code.INVALID_TEXT
    assert written.lines("นี่ קָמָץ ạ̃́") == unicodedata.normalize("NFC", "นี่ קָמָץ ạ̃́")
    assert refusal(("a" + "\u0323\u0301" * 3_999)[:8_000]) is Code.INVALID_TEXT


@given(st.text(alphabet=st.characters(), max_size=200))
def test_what_is_kept_is_kept_unchanged_when_it_comes_again(text: str) -> None:
    try:
        once = written.lines(text)
    except Refused:
        return
    assert written.lines(once) == once
    assert "\r" not in once
    assert once == once.strip("\n\t ").rstrip()
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 8_000,
        "[" * 4_000 + "](" * 2_000,
        "> " * 4_000,
        "<b>" * 2_600,
        "\r\n" * 4_000,
        "a\u0301" * 4_000,
        "\u202a" * 8_000,
        "\ufb2c" * 8_000,
        "각" * 8_000,
    ],
)
def test_bombs_cost_no_more_than_any_text_of_their_length(text: str) -> None:
    began = time.process_time()
    for _ in range(5):
        try:
            written.shows(written.lines(text))
        except Refused:
            continue
    assert (time.process_time() - began) / 5 < 0.02
