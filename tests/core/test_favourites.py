"""Favourites and sections: nothing stands in two places, everything can be moved, and what is kept is cleaned."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core import favourites
from presence_desktop.core.favourites import (
    FAVOURITES,
    PEOPLE,
    TALKS,
    Item,
    Section,
    Sections,
    clean_name,
    person,
    talk,
)

ADA, BOB, EVE = (person(number) for number in (2, 3, 4))
ROOM = talk(2)


def everything(_anything: object) -> bool:
    return True


def work() -> Sections:
    """Favourites with Ada, then Work with Bob, Eve and a room."""
    made = Sections().put(ADA, FAVOURITES).add("Work")
    for item in (BOB, EVE, ROOM):
        made = made.put(item, 1)
    return made


def shown(sections: Sections) -> list[list[int]]:
    return [[item.id * (10 if item == talk(item.id) else 1) for item in one.items] for one in sections.all]


def test_the_favourites_are_always_there() -> None:
    assert [section.key for section in Sections().all] == [FAVOURITES]
    assert Sections().remove(FAVOURITES) == Sections()
    assert Sections().rename(FAVOURITES, "Mine") == Sections()


def test_an_item_stands_in_one_section_only_and_leaves_it_for_another() -> None:
    made = work()
    assert shown(made) == [[2], [3, 4, 20]]
    made = made.put(BOB, FAVOURITES, before=ADA)
    assert shown(made) == [[3, 2], [4, 20]]
    assert shown(made.take_out(EVE)) == [[3, 2], [20]]
    assert made.of_item(BOB) is made.all[0]
    assert made.take_out(person(99)) is made
    assert made.put(EVE, 1, before=EVE) is made.put(EVE, 77) is made
    assert shown(made.put(ADA, 1, before=BOB)) == [
        [3],
        [4, 20, 2],
    ]  # before somebody who is elsewhere: at the end


def test_sections_have_names_of_their_own() -> None:
    made = work().add("  Fam\nily ")
    assert [section.name for section in made.all] == ["", "Work", "Fam ily"]
    assert made.add("WORK") is made.add("  ") is made
    assert made.rename(2, "work") is made.rename(2, " ") is made
    assert made.rename(1, "WORK").all[1].name == "WORK"
    assert made.named("fam ily") is made.all[2]
    assert clean_name("x" * 99 + "\u200b") == "x" * 40


def test_a_removed_section_frees_what_stood_in_it_and_its_key_is_not_found() -> None:
    made = work().remove(1)
    assert shown(made) == [[2]]
    assert made.of_item(BOB) is None
    assert made.get(1) is None


def test_sections_move() -> None:
    made = work().add("Family")
    assert [one.key for one in made.shift(2, FAVOURITES).all] == [2, 0, 1]
    assert [one.key for one in made.shift(FAVOURITES, None).all] == [1, 2, 0]
    assert made.shift(1, 1) is made.shift(9, None) is made
    assert [one.key for one in made.step_section(2, -1, everything).all] == [0, 2, 1]
    assert [one.key for one in made.step_section(1, 1, everything).all] == [0, 2, 1]
    assert [one.key for one in made.step_section(0, 1, everything).all] == [1, 0, 2]
    assert made.step_section(2, 1, everything) is made.step_section(0, -1, everything) is made
    not_work = [one.key for one in made.step_section(2, -1, lambda section: section.key != 1).all]
    assert not_work == [2, 0, 1]  # what is not listed is no step


@pytest.mark.parametrize(
    ("item", "by", "after"),
    [
        (EVE, -1, [[2], [4, 3, 20]]),
        (BOB, 1, [[2], [4, 3, 20]]),
        (EVE, 1, [[2], [3, 20, 4]]),
        (BOB, -1, [[2, 3], [4, 20]]),  # past the upper end
        (ADA, 1, [[], [2, 3, 4, 20]]),  # past the lower end
        (ADA, -1, [[2], [3, 4, 20]]),  # nowhere to go
        (ROOM, 1, [[2], [3, 4]]),  # below the last one: out of all
        (person(9), -1, [[2], [3, 4, 20, 9]]),  # from outside
        (person(9), 1, [[2], [3, 4, 20]]),
    ],
)
def test_by_keyboard_an_item_goes_anywhere(item: Item, by: int, after: list[list[int]]) -> None:
    assert shown(work().step(item, by, everything)) == after


def test_what_is_not_listed_is_no_step_and_keeps_its_place() -> None:
    made = work().step(BOB, 1, lambda item: item != EVE)
    assert shown(made) == [[2], [4, 20, 3]]


def test_a_folded_section_opens_for_what_comes_into_it_by_keyboard() -> None:
    made = work().fold(1, folded=True)
    assert made.all[1].folded
    assert not made.step(ADA, 1, everything).all[1].folded
    assert made.put(ADA, 1).all[1].folded


def test_conversations_and_people_are_folded_and_nothing_else_is_done_with_them() -> None:
    made = work().fold(PEOPLE, folded=True)
    assert (made.is_folded(TALKS), made.is_folded(PEOPLE), made.is_folded(1)) == (False, True, False)
    assert made.fold(PEOPLE, folded=True) is made
    assert made.add("Next").rename(2, "Last").shut == {PEOPLE}  # kept, whatever else is done
    for same in (made.rename(TALKS, "Mine"), made.remove(TALKS), made.put(ADA, PEOPLE), made.shift(TALKS, 1)):
        assert same is made
    assert made.fold(PEOPLE, folded=False) == work()


def test_an_empty_section_is_entered_too() -> None:
    made = Sections().put(ADA, FAVOURITES).add("Work")
    assert shown(made.step(ADA, 1, everything)) == [[], [2]]


def test_there_are_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(favourites, "MOST_SECTIONS", 2)
    monkeypatch.setattr(favourites, "MOST_ITEMS", 4)
    made = work()
    assert made.full
    assert made.add("Family") is made
    assert made.put(person(9), 1) is made
    assert made.put(ADA, 1) is not made  # who is in already may still move
    kept = (Section(7, "One", (ADA, BOB)), Section(8, "Two", (EVE, ROOM, talk(9))), Section(9, "No"))
    assert shown(Sections.of(kept)) == [[], [2, 3], [4, 20]]


def test_what_was_kept_is_cleaned() -> None:
    kept = (
        Section(3, " Work ", (ADA, ADA, BOB), folded=True),
        Section(3, "Twice", (EVE,)),
        Section(4, "\n", (EVE,)),
        Section(FAVOURITES, "Mine", (BOB, EVE)),
    )
    assert Sections.of(kept).all == (
        Section(3, "Work", (ADA, BOB), folded=True),
        Section(FAVOURITES, "", (EVE,)),
    )
    assert Sections.of(()) == Sections()
    assert Sections.of((), (TALKS, FAVOURITES, 3, -9)).shut == {TALKS}
    assert Sections.of((Section(2, "Work"),)).add("Next").all[-1].key == 3


ITEMS = st.one_of(st.builds(person, st.integers(1, 4)), st.builds(talk, st.integers(1, 4)))
KEYS = st.integers(PEOPLE, 4)
WISHES: st.SearchStrategy[Callable[[Sections], Sections]] = st.one_of(
    st.builds(lambda item, key, before: lambda one: one.put(item, key, before), ITEMS, KEYS, ITEMS),
    st.builds(lambda item: lambda one: one.take_out(item), ITEMS),
    st.builds(lambda item, by: lambda one: one.step(item, by, everything), ITEMS, st.sampled_from((-1, 1))),
    st.builds(lambda name: lambda one: one.add(name), st.sampled_from("abc")),
    st.builds(lambda key: lambda one: one.remove(key), KEYS),
    st.builds(lambda key, before: lambda one: one.shift(key, before), KEYS, KEYS),
    st.builds(lambda key, on: lambda one: one.fold(key, on), KEYS, st.booleans()),
)


@given(st.lists(WISHES, max_size=40))
def test_whatever_is_wished_for_nothing_stands_twice(wishes: list[Callable[[Sections], Sections]]) -> None:
    made = Sections()
    for wish in wishes:
        made = wish(made)
        items = [item for section in made.all for item in section.items]
        assert len(items) == len(set(items))
        assert [section.key for section in made.all].count(FAVOURITES) == 1
        assert Sections.of(made.all, made.shut) == made  # kept and read again it is the same
