"""What is typed into the search becomes a query."""

from datetime import datetime

import pytest

from presence_desktop.core.chat.search_words import read_search
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.errors import Code, Refused

PEOPLE = {"mina": 2, "Mina Kim": 3}
TALKS = {"방": 7, "the room": 8}


def read(text: str) -> SearchQuery:
    return read_search(text, PEOPLE.get, TALKS.get)


def begins(year: int, month: int, day: int) -> int:
    return round(datetime(year, month, day).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("고양이  밥", SearchQuery(q="고양이 밥")),
        ('"a b" c', SearchQuery(q='"a b" c')),
        ("from:mina cat", SearchQuery(q="cat", from_id=2)),
        ('cat FROM:"Mina Kim"', SearchQuery(q="cat", from_id=3)),
        ("in:방 밥", SearchQuery(q="밥", conversation_id=7)),
        ('a in:"the room" b', SearchQuery(q="a b", conversation_id=8)),
        ("a before:2026-11-23", SearchQuery(q="a", before=begins(2026, 11, 23))),
        ("a after:2026-12-31", SearchQuery(q="a", after=begins(2027, 1, 1))),
        ("https://a.org/from:x", SearchQuery(q="https://a.org/from:x")),
    ],
)
def test_filters_and_words(text: str, query: SearchQuery) -> None:
    assert read(text) == query


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.INVALID_TEXT),
        ("  from:mina ", Code.INVALID_TEXT),
        ("a" * 201, Code.INVALID_TEXT),
        ("a from:nobody", Code.UNKNOWN_USER),
        ("a in:nowhere", Code.UNKNOWN_CONVERSATION),
        ("a before:yesterday", Code.INVALID_PAYLOAD),
        ("a before:2026-02-30", Code.INVALID_PAYLOAD),
        ("a after:9999-12-31", Code.INVALID_PAYLOAD),
        ("a before:0001-01-01", Code.INVALID_PAYLOAD),
    ],
)
def test_what_is_no_query(text: str, code: Code) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.code is code
