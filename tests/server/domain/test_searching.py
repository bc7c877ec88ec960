"""What a search looks for."""

import time

from presence_desktop.server.domain.searching import WORDS, asian_pairs, folded, pairs, words_of


def test_words_phrases_and_nothing() -> None:
    assert words_of('  Hello "Big  World" hello x') == ["hello", "big  world", "x"]
    assert words_of('"" " " "') == []
    assert words_of('un"even" "open') == ['un"even', "open"]
    assert words_of("a\0b 김치") == ["김치"]
    assert words_of("김치") == ["김치"]
    assert len(words_of(" ".join(map(str, range(50))))) == WORDS


def test_letters_stay_one_letter_each() -> None:
    assert folded("STRASSE Straße Ünï") == "strasse straße ünï"


def test_pairs_hold_no_blanks_and_asian_ones_are_told_apart() -> None:
    assert pairs("Ab c") == {"ab"}
    assert pairs("x") == set()
    assert asian_pairs("plain words") == set()
    assert asian_pairs("가나 a나 ab ひら 漢字") == {"가나", "a나", "ひら", "漢字"}


def test_the_cost_follows_the_length() -> None:
    began = time.process_time()
    for text in ('"' * 8_000, "가나" * 4_000, " " * 8_000):
        words_of(text)
        pairs(text)
    assert time.process_time() - began < 0.2
