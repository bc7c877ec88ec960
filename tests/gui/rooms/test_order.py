"""The listed conversations become what they should be in steps, and a search leaves rooms only."""

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.gui.rooms.order import TalkOrder

IDS = st.lists(st.integers(1, 12), unique=True, max_size=12)


def order_of(ids: list[int], titles: dict[int, str] | None = None) -> TalkOrder:
    return TalkOrder(lambda: ids, lambda talk_id: (titles or {}).get(talk_id))


@given(before=IDS, after=IDS)
def test_steps_lead_to_what_is_wanted(before: list[int], after: list[int]) -> None:
    order = order_of(after)
    order.settle(before)
    for _ in range(100):
        place = order.next_place(after)
        if place is None:
            break
        assert place.source is None or order[place.source] == place.talk_id
        order.take(place)
        assert place.target is None or order[place.target] == place.talk_id
    assert list(order) == after
    assert not order.stale
    assert all(order[order.index(talk_id) or 0] == talk_id for talk_id in after)


def test_one_that_speaks_comes_up_in_one_step() -> None:
    order = order_of([4, 1, 2, 3])
    order.settle([1, 2, 3, 4])
    place = order.next_place(order.wanted())
    assert place is not None
    order.take(place)
    assert order.next_place(order.wanted()) is None


def test_a_search_leaves_rooms_by_title_also_half_typed() -> None:
    order = order_of([1, 2, 3], {1: "디자인", 3: "Release 1.0"})
    order.set_filter("ㄷㅈ")
    assert order.wanted() == [1]
    order.set_filter(" RELEASE ")
    assert order.wanted() == [3]
    order.set_filter("")
    assert order.wanted() == [1, 2, 3]
    assert order.index(9) is None
