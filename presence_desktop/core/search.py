"""Whether a name answers a search, as people type it: any part of the name, Korean also half typed.

A word of the search is found anywhere in the name, whatever its case; all words must be found. Lone initial consonants
stand for any syllable that begins with them (`ㄱㅈ` finds 가장), and the last syllable may still be in the making
(`가` finds 갈, `박` finds 바구니, as the syllable on the keyboard still takes the next consonant for its own).
"""

import re
import unicodedata

_BASE = 0xAC00
_LAST = 0xD7A3
_PER_INITIAL = 588
_PER_VOWEL = 28
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_CLUSTERS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}
"""Consonants that a keyboard joins though two were meant."""
_GROWING_VOWELS = {8: 3, 13: 3, 18: 1}
"""Vowels (by index) that the next key may turn into one of so many behind them: ㅗ ㅘㅙㅚ, ㅜ ㅝㅞㅟ, ㅡ ㅢ."""


class Search:
    """A search text, made ready once for many names."""

    __slots__ = ("_parts", "loose", "text")

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        words = unicodedata.normalize("NFC", self.text).casefold().split()
        self._parts = tuple(re.compile(_pattern(word)) for word in words)
        self.loose = re.compile(r"(?<!\w)" + ".*?".join(map(_letter, "".join(words))))
        """All letters in their order with anything between them, from the beginning of a word on."""

    def matches(self, name: str) -> bool:
        """Whether a folded name (`roster.folded`) has all words of the search in it."""
        return all(part.search(name) for part in self._parts)

    def starts(self, name: str) -> tuple[int, ...] | None:
        """Where each word of the search is first found in a folded name; None unless all are."""
        found = [part.search(name) for part in self._parts]
        return tuple(match.start() for match in found if match) if all(found) else None


def _pattern(word: str) -> str:
    letters = "".join(_CLUSTERS.get(letter, letter) for letter in word)
    half_typed = "".join(_letter(letter) for letter in letters[:-1]) + _last_letter(letters[-1])
    return f"{re.escape(word)}|{half_typed}"


def _letter(letter: str) -> str:
    """A letter in the midst of the word: itself, or any syllable with this initial consonant."""
    initial = _INITIALS.find(letter)
    return re.escape(letter) if initial < 0 else f"(?:{letter}|{_starting_with(initial)})"


def _last_letter(letter: str) -> str:
    """The letter at the end, which may still be in the making."""
    if not _BASE <= ord(letter) <= _LAST:
        return _letter(letter)
    syllable = ord(letter) - _BASE
    final = syllable % _PER_VOWEL
    return (
        _open_syllable(syllable) if final == 0 else _closed_syllable(letter, syllable - final, _FINALS[final])
    )


def _open_syllable(syllable: int) -> str:
    """가: any final consonant may follow, and some vowels may grow."""
    vowel = syllable % _PER_INITIAL // _PER_VOWEL
    last = syllable + _PER_VOWEL * (1 + _GROWING_VOWELS.get(vowel, 0)) - 1
    return f"[{chr(_BASE + syllable)}-{chr(_BASE + last)}]"


def _closed_syllable(letter: str, opened: int, final: str) -> str:
    """박: itself; 밗, were the final to grow; 바 and a syllable that begins with ㄱ."""
    grown = "".join(
        chr(_BASE + opened + index)
        for index, cluster in enumerate(_FINALS)
        if _CLUSTERS.get(cluster, "").startswith(final)
    )
    kept, moved = _split(opened, final)
    return f"(?:[{letter}{grown}]|{kept}{_starting_with(_INITIALS.index(moved))})"


def _split(opened: int, final: str) -> tuple[str, str]:
    """The syllable that stays when the final consonant (or its second half) moves on to the next one."""
    parts = _CLUSTERS.get(final, final)
    left = _FINALS.index(parts[0]) if len(parts) > 1 else 0
    return chr(_BASE + opened + left), parts[-1]


def _starting_with(initial: int) -> str:
    first = _BASE + initial * _PER_INITIAL
    return f"[{chr(first)}-{chr(first + _PER_INITIAL - 1)}]"
