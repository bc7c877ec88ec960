"""Packets between servers: what goes out comes back, and nothing else is taken in."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.server.domain.places import NOWHERE, Seen
from presence_desktop.server.services.cluster.chat_peers import (
    Asked,
    Changed,
    Gone,
    Packet,
    Placed,
    Stale,
    Told,
    Whole,
)
from presence_desktop.server.stores.redis import chat_codec
from presence_desktop.server.stores.redis.reading import Unreadable

IDS = st.integers(1, 2**31 - 1)
SEENS = st.just(NOWHERE) | st.builds(
    Seen,
    st.dictionaries(IDS, st.none() | st.text(max_size=5), min_size=1, max_size=3),
    st.none() | IDS,
    st.frozensets(IDS, max_size=3),
)
ITEMS = st.one_of(
    st.builds(Told, st.lists(IDS).map(tuple), st.text(), st.dictionaries(st.text(), st.integers(0, 9))),
    st.builds(Changed, IDS),
    st.builds(Gone, IDS, IDS),
    st.builds(Placed, IDS, SEENS),
    st.builds(Asked, st.text(max_size=5)),
    st.just(Whole()),
    st.just(Stale()),
)
PACKETS = st.builds(
    Packet,
    st.text(max_size=5),
    st.integers(0, 2**53),
    st.lists(ITEMS).map(tuple),
    st.booleans(),
    st.booleans(),
)


@given(PACKETS)
def test_what_goes_out_comes_back(packet: Packet) -> None:
    assert chat_codec.read_packet(chat_codec.packet(packet)) == packet


@pytest.mark.parametrize(
    "item",
    [
        [],
        ["x"],
        ["t", [1], "event"],
        ["t", [0], "event", {}],
        ["t", [1], 5, {}],
        ["t", [1], "event", []],
        ["c", "7"],
        ["c", True],
        ["g", 1],
        ["p", 1, [], None],
        ["p", 1, [[1]], None, []],
        ["p", 1, [[1, 2]], None, []],
        ["p", -1, [], None, []],
        ["a", None],
    ],
)
def test_what_is_none_of_ours_is_taken_in_nowhere(item: object) -> None:
    whole = {"node": "n", "seq": 1, "items": [item], "fresh": False, "leaving": False}
    with pytest.raises(Unreadable):
        chat_codec.read_packet(orjson.dumps(whole))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"1", b"\xff", b'{"node": 1, "seq": 1, "items": []}'])
def test_nor_is_anything_else(data: bytes) -> None:
    with pytest.raises(Unreadable):
        chat_codec.read_packet(data)


def test_a_field_more_is_passed_over() -> None:
    whole = {"node": "n", "seq": 1, "items": [["c", 7, "more"]], "fresh": False, "leaving": False, "new": 1}
    assert chat_codec.read_packet(orjson.dumps(whole)).items == (Changed(7),)
