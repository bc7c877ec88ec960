"""What a text may hold that people write for others: which characters are refused, mended, taken out.

Decides for messages (several lines) and for titles and topics (one line). What a message is beside its text is
`domain.messages`. Every step is linear in the length of the text, whatever is in it.

Control characters, halves of characters and the overrides of the direction of writing (U+202D, U+202E) are refused:
with them a text passes for another one. The older embeddings (U+202A to U+202C), which come along unseen with what is
pasted, are taken out. The isolates that replaced them (U+2066 to U+2069) and the marks (U+200E, U+200F, U+061C) stay in
messages: Arabic and Hebrew need them, and they end with their line. From one line, which stands among other words, the
isolates are taken out too.
"""

import re
import unicodedata

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused

MARKS_IN_A_ROW = 30
"""Combining marks on one character, at most (UAX #15, stream-safe): more is no language, and slow to compose."""
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\u0085]")
_BREAKS_A_LINE = re.compile("[\n\t\u2028\u2029]")
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
_EMBEDDINGS = re.compile("[\u202a-\u202c]")
_EMBEDDINGS_AND_ISOLATES = re.compile("[\u202a-\u202c\u2066-\u2069]")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Blanks that Unicode counts as letters or signs."""


def lines(text: str) -> str:
    """A text of several lines as it is kept: composed (Hangul from a Mac too), plain line ends, no blank edges.

    Raises Refused: INVALID_TEXT, TEXT_TOO_LONG.
    """
    plain = text
    if not text.isascii() or not text.isprintable():
        plain = _composed(_EMBEDDINGS.sub("", _BREAKS.sub("\n", text)))
    plain = plain.strip("\n\t ").rstrip()
    if len(plain) > limits.MESSAGE_LENGTH:
        raise Refused(Code.TEXT_TOO_LONG)
    return plain


def line(text: str, length: int) -> str:
    """A text of one line as it is kept, `length` characters at most. Raises Refused: INVALID_TEXT, TEXT_TOO_LONG."""
    plain = _composed(_EMBEDDINGS_AND_ISOLATES.sub("", text)).strip()
    if _BREAKS_A_LINE.search(plain):
        raise Refused(Code.INVALID_TEXT)
    if len(plain) > length:
        raise Refused(Code.TEXT_TOO_LONG)
    return plain


def shows(text: str) -> bool:
    """Whether there is anything in it to be seen."""
    return any(char not in _UNSEEN and unicodedata.category(char)[0] not in "CZ" for char in text)


def _composed(text: str) -> str:
    if _REFUSED.search(text) or _heaped(text):
        raise Refused(Code.INVALID_TEXT)
    return unicodedata.normalize("NFC", text)


def _heaped(text: str) -> bool:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MARKS_IN_A_ROW:
            return True
    return False
