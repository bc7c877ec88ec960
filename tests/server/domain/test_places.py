"""Where a device is after its word, and what is published of a person with several."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol.events import DeviceState
from presence_desktop.server.domain.places import NOWHERE, Place, Places, Seen, place_of, seen

NOW = 1_000_000
SIDS = st.sampled_from("abc")
ROOMS = st.integers(1, 3)


def said(before: Place | None, **word: object) -> Place | None:
    return place_of(before, msgspec.convert(word, DeviceState), NOW)


def test_what_is_not_named_is_as_it_was() -> None:
    there = Place(7, "p", NOW - 5)
    assert said(None) is None
    assert said(there) is there
    assert said(there, locked=True) is there
    assert said(there, idleSeconds=3) == Place(7, "p", NOW - 3000)


@pytest.mark.parametrize("word", [{"roomId": None}, {"page": None}, {"page": "alone"}])
def test_none_is_none_and_a_page_without_a_room_is_nowhere(word: dict[str, object]) -> None:
    assert said(Place(7, "p", NOW), **word) is None


def test_moving_is_being_active_unless_the_device_knows_better() -> None:
    assert said(None, roomId=7) == Place(7, None, NOW)
    assert said(Place(7, None, 1), roomId=7, page="p") == Place(7, "p", NOW)
    assert said(Place(7, "p", 1), roomId=7, page="p") == Place(7, "p", 1)
    assert said(Place(7, "p", 1), roomId=8, idleSeconds=60) == Place(8, None, NOW - 60_000)


def test_the_device_that_was_active_last_says_the_current_room_and_its_page() -> None:
    places = [Place(7, "new", 30), Place(8, None, 40), Place(7, "old", 20)]
    assert seen(places, frozenset({9})) == Seen({7: "new", 8: None}, 8, frozenset({9}))


def test_who_has_nothing_open_may_type_and_else_is_nowhere() -> None:
    assert seen([], frozenset()) is NOWHERE
    assert seen([], frozenset({9})) == Seen({}, None, frozenset({9}))


@given(st.lists(st.tuples(st.integers(1, 3), SIDS, ROOMS | st.none())))
def test_both_indexes_say_the_same_whatever_happened(moves: list[tuple[int, str, int | None]]) -> None:
    places, plain = Places(), dict[tuple[int, str], int]()
    for user_id, letter, room_id in moves:
        sid = f"{user_id}{letter}"
        places.put(user_id, sid, None if room_id is None else Place(room_id, None, NOW))
        plain.pop((user_id, sid), None)
        if room_id is not None:
            plain[user_id, sid] = room_id
    for user_id in range(1, 4):
        mine = {sid: place.room_id for sid, place in places.of(user_id).items()}
        assert mine == {sid: room_id for (whose, sid), room_id in plain.items() if whose == user_id}
    for room in range(1, 4):
        there = {sid: whose for (whose, sid), room_id in plain.items() if room_id == room}
        assert dict(places.devices(room)) == there
    assert bool(places._by_user) == bool(places._by_room) == bool(plain)


def test_a_clock_that_was_set_changes_no_order() -> None:
    places = Places()
    places.put(1, "a", Place(7, None, NOW))
    places.shift(-60)
    assert places.of(1)["a"] == Place(7, None, NOW - 60_000)
