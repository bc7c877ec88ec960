"""Found as people type: any part, any case, Korean half typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.contact import folded
from presence_desktop.core.search import Search

FOUND = [
    ("", "anybody"),
    ("min", "Mina Kim"),
    ("INA", "Mina Kim"),
    ("kim mi", "Mina Kim"),
    ("straße", "STRASSE"),
    ("a.c", "a.c"),
    ("ㄱㅈ", "가장"),
    ("ㄱㅈ", "김가장"),
    ("가ㅈ", "가장"),
    ("ㄱ", "ㄱ"),
    ("가", "갈비"),
    ("박", "박민아"),
    ("박", "바구니"),
    ("갈", "갉다"),
    ("갈", "가락"),
    ("갉", "갈가"),
    ("고", "과일"),
    ("고", "곽"),
    ("그", "긔"),
    ("구", "권"),
    ("ㄳ", "가수"),
    ("ㄲ", "까치"),
    ("갔", "가싸"),
    ("김 ㅁㅇ", "김민아"),
    (unicodedata.normalize("NFD", "민아"), "김민아"),
]
MISSED = [
    ("x", "Mina"),
    ("a.c", "abc"),
    ("ㄱㅈ", "장가"),
    ("가장", "가자"),
    ("박", "바다"),
    ("가나", "각나"),
    ("고", "거"),
    ("ㄱ", "까"),
    ("mina lee", "Mina Kim"),
    ("ㅏ", "가"),
]


@pytest.mark.parametrize(("text", "name"), FOUND)
def test_found(text: str, name: str) -> None:
    assert Search(text).matches(folded(name))


@pytest.mark.parametrize(("text", "name"), MISSED)
def test_missed(text: str, name: str) -> None:
    assert not Search(text).matches(folded(name))


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=5), st.data())
def test_every_beginning_of_a_korean_name_finds_it(name: str, data: st.DataObject) -> None:
    typed = unicodedata.normalize("NFD", name)
    so_far = unicodedata.normalize("NFC", typed[: data.draw(st.integers(0, len(typed)))])
    lone = "".join(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[ord(c) - 0x1100] if 0x1100 <= ord(c) <= 0x1112 else c
        for c in so_far
    )
    assert Search(lone).matches(folded(name))


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_can_be_searched_for(text: str, name: str) -> None:
    Search(text).matches(folded(name))
    assert Search(name).matches(folded(name))
