"""Rows stay sorted and filtered, whatever comes, and move only when they are told to."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.contact import Contact
from presence_desktop.core.contact_order import RANK, ContactOrder, Step, Waiting
from presence_desktop.core.roster import Roster
from presence_desktop.core.search import Search
from presence_desktop.protocol.events import PresenceChanges
from presence_desktop.protocol.status import Status
from tests.core.world import change, entry, picture, user

NAMES = st.sampled_from(["Ada", "ada", "Bob", "가람", "가온", "zoë", "Élan", ""])


def expected(roster: Roster, text: str) -> list[int]:
    """The plain way: everybody who fits, sorted."""
    search = Search(text)
    listed = [contact for contact in roster if not contact.is_me and search.matches(contact.sort_name)]

    def key(contact: Contact) -> tuple[int, str, int]:
        return RANK[contact.status], contact.sort_name, contact.user_id

    return [contact.user_id for contact in sorted(listed, key=key)]


def settle(order: ContactOrder) -> None:
    order.settle()


def step_by_step(order: ContactOrder) -> None:
    waiting, done = order.waiting(), 0
    rows = list(order)
    while (step := order.next_step()) is not None:
        replay(rows, step)
        order.take(step)
        assert list(order) == rows
        done += 1
    assert done == waiting.steps


def replay(rows: list[int], step: Step) -> None:
    """What a view does with a step."""
    if step.source is not None:
        assert rows.pop(step.source) == step.user_id
    if step.target is not None:
        rows.insert(step.target, step.user_id)


WAYS: list[Callable[[ContactOrder], None]] = [settle, step_by_step]
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("status"), st.integers(2, 30), st.sampled_from(Status)),
        st.tuples(st.just("name"), st.integers(2, 30), NAMES),
        st.tuples(st.just("filter"), st.sampled_from(["", "a", "ㄱ", "o"]), st.none()),
        st.tuples(st.just("settle"), st.sampled_from(WAYS), st.none()),
    ),
    max_size=60,
)


@given(
    st.lists(st.tuples(st.integers(2, 30), NAMES, st.sampled_from(Status)), max_size=30),
    EVENTS,
    st.sampled_from(WAYS),
)
def test_rows_are_what_sorting_all_would_give(
    people: list[tuple[int, str, Status]],
    happenings: list[tuple[str, object, object]],
    way: Callable[[ContactOrder], None],
) -> None:
    roster = Roster()
    order = ContactOrder(roster)
    roster.set_me(5)
    order.note(roster.replace(picture(*(user(who, name, status) for who, name, status in people))))
    version, text = 100, ""
    for kind, first, second in happenings:
        version += 1
        if kind == "status":
            assert isinstance(first, int)
            assert isinstance(second, Status)
            entry_ = change(first, second, version, name=f"user{first}")
            order.note(roster.apply(PresenceChanges(epoch="e1", version=version, changes=[entry_])))
        elif kind == "name":
            assert isinstance(first, int)
            order.note(roster.enlist([entry(first, str(second))], pictured=True))
        elif kind == "filter":
            text = str(first)
            order.set_filter(text)
        else:
            first(order)  # type: ignore[operator]
            assert list(order) == expected(roster, text)
            assert not order.stale
    before = list(order)
    assert [order.index(who) for who in before] == list(range(len(before)))
    way(order)
    assert list(order) == expected(roster, text)
    assert [order[row] for row in range(len(order))] == list(order)
    assert [order.index(who) for who in order] == list(range(len(order)))
    assert order.filter == text


def many(count: int) -> tuple[Roster, ContactOrder]:
    roster = Roster()
    order = ContactOrder(roster)
    order.note(roster.replace(picture(*(user(who, f"name{who:05}") for who in range(2, count + 2)))))
    order.settle()
    return roster, order


def apply(roster: Roster, order: ContactOrder, who: int, status: Status, version: int) -> None:
    order.note(
        roster.apply(
            PresenceChanges(
                epoch="e1", version=version, changes=[change(who, status, version, f"name{who:05}")]
            )
        )
    )


def test_nothing_moves_before_it_is_told_to() -> None:
    roster, order = many(100)
    apply(roster, order, 2, Status.OFFLINE, 50)
    assert order.stale
    assert order[0] == 2
    assert order.waiting() == Waiting(coming=0, going=0, moving=1)
    step = order.next_step()
    assert step == Step(2, source=0, target=99)
    order.take(step)
    assert order[99] == 2
    assert order.next_step() is None


def test_a_few_changes_among_many_are_placed_by_themselves() -> None:
    roster, order = many(100)
    apply(roster, order, 2, Status.OFFLINE, 50)
    order.settle()
    assert (order[0], order[99], order.stale) == (3, 2, False)


def test_what_comes_back_before_it_moved_does_not_wait_any_more() -> None:
    roster, order = many(100)
    apply(roster, order, 2, Status.OFFLINE, 50)
    apply(roster, order, 2, Status.ONLINE, 51)
    assert not order.stale


def test_a_change_that_keeps_the_place_is_not_noted() -> None:
    roster, order = many(100)
    apply(roster, order, 2, Status.ONLINE, 50)
    assert not order.stale


def test_forgetting_everybody_empties_the_rows_when_told_to() -> None:
    roster, order = many(3)
    roster.clear()
    order.note_all()
    assert order.waiting() == Waiting(coming=0, going=3, moving=0)
    step = order.next_step()
    assert step is not None
    assert step.target is None
    order.settle()
    assert len(order) == 0
    assert order.index(2) is None


def test_a_search_brings_rows_and_takes_them_away() -> None:
    _, order = many(20)
    order.set_filter("name0001")
    assert order.waiting() == Waiting(coming=0, going=10, moving=0)
    order.settle()
    assert [order[row] for row in range(len(order))] == list(range(10, 20))
    order.set_filter("")
    assert order.waiting().coming == 10
    order.settle()
    assert len(order) == 20


def test_who_stands_elsewhere_is_not_listed_except_while_one_searches() -> None:
    _, order = many(20)
    order.keep_out(frozenset({3, 5, 99}))
    assert order.waiting() == Waiting(coming=0, going=2, moving=0)
    order.settle()
    assert list(order)[:3] == [2, 4, 6]
    order.keep_out(frozenset({3}))
    order.settle()
    assert list(order)[:3] == [2, 4, 5]
    order.set_filter("name00003")
    order.settle()
    assert list(order) == [3]
