"""Colours for code in messages: which word of which language has which colour, light and dark.

Decides the colours only; words are told apart by pygments, which is loaded with the first block that names a language.
"""

from collections.abc import Iterator
from functools import lru_cache

LONGEST = 8_000
"""Longer code is shown in one colour."""

LIGHT = {
    "keyword": "#8a1fb0", "string": "#1c6b34", "number": "#9a4a00", "comment": "#5f6775", "name": "#2f4fd0",
    "tag": "#a3312a",
}  # fmt: skip
DARK = {
    "keyword": "#d3a4ff", "string": "#8fd8a0", "number": "#f2b873", "comment": "#98a1af", "name": "#9db2ff",
    "tag": "#ff9a90",
}  # fmt: skip
_KINDS = (
    ("Token.Keyword", "keyword"),
    ("Token.Operator.Word", "keyword"),
    ("Token.Literal.String", "string"),
    ("Token.Literal.Number", "number"),
    ("Token.Comment", "comment"),
    ("Token.Name.Tag", "tag"),
    ("Token.Name.Attribute", "name"),
    ("Token.Name.Function", "name"),
    ("Token.Name.Class", "name"),
    ("Token.Name.Decorator", "name"),
    ("Token.Name.Builtin", "name"),
    ("Token.Generic.Deleted", "tag"),
    ("Token.Generic.Inserted", "string"),
)


@lru_cache(maxsize=64)
def colored(code: str, language: str) -> tuple[tuple[str, str | None], ...]:
    """The code in pieces, each with the name of its colour (None: plain). Joined they are the code."""
    name = language.split()[0] if language else ""
    if not name or len(code) > LONGEST:
        return ((code, None),)
    return tuple(_pieces(code, name))


def _pieces(code: str, name: str) -> Iterator[tuple[str, str | None]]:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        yield code, None
        return
    last, gathered = None, ""
    for token, text in lexer.get_tokens(code):
        kind = _kind(str(token))
        if kind != last and gathered:
            yield gathered, last
            gathered = ""
        last, gathered = kind, gathered + text
    if gathered:
        yield gathered, last


@lru_cache(maxsize=256)
def _kind(token: str) -> str | None:
    return next((kind for start, kind in _KINDS if token.startswith(start)), None)
