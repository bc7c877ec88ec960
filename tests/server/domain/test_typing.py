"""The typing lease: 6 s from the last word, ended by everything that ends it, against the plainest model."""

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.server.domain.typing import LEASE, Typing

NOW = 1_000_000
USERS, ROOMS, SIDS = st.integers(1, 2), st.integers(1, 3), st.sampled_from("abc")
STEPS = st.one_of(
    st.tuples(st.just("begin"), USERS, SIDS, ROOMS),
    st.tuples(st.just("end"), USERS, SIDS | st.none(), ROOMS),
    st.tuples(st.just("settle"), USERS, st.sets(SIDS), st.none()),
    st.tuples(st.just("shift"), st.integers(-100, 100), st.none(), st.none()),
    st.tuples(st.just("wait"), st.integers(0, 2 * LEASE), st.none(), st.none()),
)
ALL = set("abc")


def test_a_lease_holds_for_six_seconds_from_the_last_word() -> None:
    typing = Typing()
    typing.begin(1, "a", 7, NOW)
    assert LEASE == 6000
    assert typing.next_end(1) == NOW + 6000
    typing.begin(1, "a", 7, NOW + 3000)
    assert typing.settle(1, ALL, NOW + 8999) == {7}
    assert typing.settle(1, ALL, NOW + 9000) == frozenset()
    assert typing.next_end(1) is None


def test_a_device_types_in_one_room_and_two_devices_in_two() -> None:
    typing = Typing()
    typing.begin(1, "a", 7, NOW)
    typing.begin(1, "a", 8, NOW)
    typing.begin(1, "b", 7, NOW)
    assert typing.settle(1, ALL, NOW) == {7, 8}
    typing.end(1, 7, "a")  # it types elsewhere
    assert typing.settle(1, ALL, NOW) == {7, 8}
    typing.end(1, 7)
    assert typing.settle(1, ALL, NOW) == {8}
    assert typing.settle(1, {"b"}, NOW) == frozenset()


@given(st.lists(STEPS, max_size=40))
def test_it_is_what_a_list_of_leases_says(steps: list[tuple[str, int, object, object]]) -> None:
    typing, now = Typing(), NOW
    plain: dict[tuple[int, str], tuple[int, int]] = {}
    for kind, number, one, room in steps:
        if kind == "begin":
            assert isinstance(one, str)
            assert isinstance(room, int)
            typing.begin(number, one, room, now)
            plain[number, one] = (room, now + LEASE)
        elif kind == "end":
            assert isinstance(room, int)
            assert one is None or isinstance(one, str)
            typing.end(number, room, one)
            plain = {
                key: lease
                for key, lease in plain.items()
                if key[0] != number or lease[0] != room or one not in (None, key[1])
            }
        elif kind == "settle":
            assert isinstance(one, set)
            plain = {
                key: lease
                for key, lease in plain.items()
                if key[0] != number or (lease[1] > now and key[1] in one)
            }
            left = {lease[0] for key, lease in plain.items() if key[0] == number}
            assert typing.settle(number, one, now) == left
        elif kind == "shift":
            now += number * 1000
            typing.shift(number)
            plain = {key: (lease[0], lease[1] + number * 1000) for key, lease in plain.items()}
        else:
            now += number
        for user_id in (1, 2):
            ends = [lease[1] for key, lease in plain.items() if key[0] == user_id]
            assert typing.next_end(user_id) == min(ends, default=None)
