"""What a few typed letters lead to, and in which order."""

from presence_desktop.core.contact import folded
from presence_desktop.core.switching import Place, rank


def places(*names: str) -> list[Place]:
    return [Place(name, folded(name)) for name in names]


def names(found: list[Place]) -> list[object]:
    return [place.what for place in found]


def test_the_beginning_goes_before_the_middle_and_the_whole_before_all() -> None:
    there = places("Adam Mina", "Terminal", "Mina Kim", "Mina")
    assert names(rank(there, "mina", 9)) == ["Mina", "Mina Kim", "Adam Mina", "Terminal"]


def test_every_word_counts() -> None:
    there = places("Release 1.0", "Release notes", "Noah Release")
    assert names(rank(there, "rel no", 9)) == ["Release notes", "Noah Release"]


def test_korean_is_found_by_initial_consonants_and_half_typed() -> None:
    there = places("김민서", "강하은", "박지후", "민서기")
    assert names(rank(there, "ㅁㅅ", 9)) == ["민서기", "김민서"]
    assert names(rank(there, "ㄱㅎㅇ", 9)) == ["강하은"]
    assert names(rank(there, "박ㅈ", 9)) == ["박지후"]
    assert names(rank(there, "ㄱㅅ", 9)) == ["김민서"]  # letters in this order, others between them


def test_letters_in_their_order_come_last_the_closest_together_first() -> None:
    there = places("General lobby stand", "Release", "rls notes", "Alarms")
    assert names(rank(there, "rls", 9)) == ["rls notes", "Release"]
    assert names(rank(there, "gls", 9)) == ["General lobby stand"]


def test_what_nobody_meant_is_not_offered() -> None:
    assert rank(places("Release", "Random"), "x", 9) == []


def test_what_lies_near_goes_first_among_equals_only() -> None:
    near, far = Place(1, "mina", pull=5), Place(2, "mint", pull=1)
    inside = Place(3, "admin", pull=99)
    assert names(rank([inside, far, near], "mi", 9)) == [1, 2, 3]


def test_it_is_found_by_what_stands_beside_its_name() -> None:
    dark = Place("dark", folded("Dark theme"), beside=folded("어두운 테마"))
    assert names(rank([dark, *places("Random")], "어두", 9)) == ["dark"]
    assert names(rank([dark], "dark 테마", 9)) == ["dark"]


def test_nothing_typed_offers_what_pulls() -> None:
    there = [Place("far", "a"), Place("near", "b", pull=2), Place("nearest", "c", pull=3)]
    assert names(rank(there, "  ", 9)) == ["nearest", "near"]


def test_no_more_than_asked_for() -> None:
    assert len(rank(places(*(f"name {number}" for number in range(100))), "name", 12)) == 12
