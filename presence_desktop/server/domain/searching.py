"""What a search looks for: its words, and the pairs of characters that an index of pairs holds.

Pure. Everything is compared composed and without regard to case.
"""

import re
import unicodedata

WORDS = 8
"""Words of one search that count; more make it no narrower in practice."""
_ASIAN = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_PAIR = re.compile(r"(?=(\S\S))")
_ASIAN_PAIR = re.compile(rf"(?=({_ASIAN}\S|\S{_ASIAN}))")
_WORD = re.compile(r'"([^"]+)"|(\S+)')


def folded(text: str) -> str:
    """The form in which texts and names are compared.

    Letters stay one letter each, as the databases' indexes have them: `casefold` would make two of a German sharp s.
    """
    return unicodedata.normalize("NFC", text).lower()


def words_of(query: str) -> list[str]:
    """The words of a search, in the form of `folded`; what stands between quotation marks is one."""
    found = (folded(quoted or plain).strip('"').strip() for quoted, plain in _WORD.findall(query))
    return [word for word in dict.fromkeys(found) if word and "\0" not in word][:WORDS]


def pairs(text: str) -> set[str]:
    """All pairs of neighbouring characters that are no blanks."""
    return set(_PAIR.findall(folded(text)))


def asian_pairs(text: str) -> set[str]:
    """The pairs with Hangul, kana or Han in them: their words are often two characters long."""
    return set() if text.isascii() else set(_ASIAN_PAIR.findall(folded(text)))
