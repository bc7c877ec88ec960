"""All emoji with their names, and what a search finds among them, in English and Korean alike.

Decides the order of what is found. The rows were made by `tools/emoji.py`; they are read when first asked for.
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QLocale

from presence_desktop.core.contact import folded
from presence_desktop.core.search import Search
from presence_desktop.gui.emoji.memory import memory

_FILE = files("presence_desktop") / "resources" / "emoji" / "emoji.json"
GROUPS = (0, 1, 3, 4, 5, 6, 7, 8, 9)
"""Smileys, people, animals, food, travel, activities, objects, symbols, flags."""
_USUAL = ("👍", "❤️", "😂", "🎉", "🙏", "👀", "😮", "😢", "✅")
_RECENT = 18


class Emoji(Struct, frozen=True):
    """One emoji."""

    char: str
    group: int
    english: str
    korean: str
    codes: tuple[str, ...]
    """What people type between colons, the usual one first."""
    spoken: str
    """Names and codes as they are searched: folded, each after a blank."""
    words: str
    """What it is found by besides, folded."""

    @property
    def name(self) -> str:
        """What it is called, in the language in force."""
        return self.korean if QLocale().language() is QLocale.Language.Korean else self.english


class EmojiBook:
    """All of them, and those used last."""

    def __init__(self, emoji: tuple[Emoji, ...], recent: Sequence[str] = ()) -> None:
        """`recent` are the characters used last, in earlier runs."""
        self.all = emoji
        self._by_char = {_bare(one.char): one for one in emoji}
        self._recent: list[Emoji] = []
        self.tell: Callable[[tuple[str, ...]], object] = len
        """Called with the characters used last whenever they change."""
        self.recall(recent)

    @property
    def recent(self) -> tuple[Emoji, ...]:
        """Those used last, the latest first; in the beginning those that everybody uses."""
        return tuple(self._recent)

    def recall(self, recent: Sequence[str]) -> None:
        """These were used last, the latest first; behind them those that everybody uses."""
        known = [self._by_char.get(_bare(char)) for char in (*recent, *_USUAL)]
        self._recent = list(dict.fromkeys(one for one in known if one is not None))[:_RECENT]

    def used(self, char: str) -> None:
        """Somebody used this one."""
        one = self.get(char)
        if one is not None and self._recent[:1] != [one]:
            self._recent = [one, *(other for other in self._recent if other is not one)][:_RECENT]
            self.tell(tuple(recent.char for recent in self._recent))

    def get(self, char: str) -> Emoji | None:
        """The emoji of this character; None for what is not in the book."""
        return self._by_char.get(_bare(char))

    def named(self, code: str) -> Emoji | None:
        """The emoji of a short code, without its colons."""
        return next((one for one in self.all if code in one.codes), None)

    def find(self, text: str, limit: int = 8) -> list[Emoji]:
        """What a search finds, the best first. Korean may be half typed; an empty text finds those used last."""
        wanted = folded(text.strip().strip(":").replace("_", " "))
        if not wanted:
            return self._recent[:limit]
        ranked = [
            (rank, place) for place, one in enumerate(self.all) if (rank := _rank(one, wanted)) is not None
        ]
        found = [self.all[place] for _, place in sorted(ranked)[:limit]]
        if len(found) < limit:  # half typed, or its words apart
            known, search = {one.char for one in found}, Search(wanted)
            found += [
                one for one in self.all if one.char not in known and search.matches(one.spoken + one.words)
            ]
        return found[:limit]


@lru_cache(maxsize=1)
def book() -> EmojiBook:
    """The one book; read at the first call (about 10 ms)."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    memory.book = made = EmojiBook(tuple(map(_emoji, rows)), memory.recent)
    made.tell = lambda recent: memory.tell(recent)
    return made


def _emoji(row: list[Any]) -> Emoji:
    char, group, english, korean, codes, tags, korean_tags = row
    spoken = "".join(f" {word.replace('_', ' ')}" for word in (*codes, english, korean))
    return Emoji(
        char, group, english, korean, tuple(codes), folded(spoken), folded(f" {tags} {korean_tags} ")
    )


def _bare(char: str) -> str:
    """Without the sign that asks for colours: people write the heart both ways."""
    return char.replace("\ufe0f", "")


def _rank(one: Emoji, wanted: str) -> int | None:
    """How well it answers, 0 best; None: not as it stands."""
    begun = f" {wanted}"
    if begun in one.spoken:
        codes = [code.replace("_", " ") for code in one.codes]
        if wanted in codes:
            return 0
        return 1 if any(code.startswith(wanted) for code in codes) else 2
    if begun in one.words:
        return 3 if f"{begun} " in one.words else 4
    return 5 if wanted in one.spoken else None
