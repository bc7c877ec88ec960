"""Searching on SQLite: FTS5 with trigrams finds words of three characters and more, also inside of other words.

Words of two characters are what Korean, Chinese and Japanese are made of: their pairs have an index of their own. What
is left (one character, two Latin ones) is looked for from the newest message backwards.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
    text,
)

from presence_desktop.server.domain.searching import asian_pairs
from presence_desktop.server.stores.sql.chat.search import Scope
from presence_desktop.server.stores.sql.chat.tables import message_grams as grams
from presence_desktop.server.stores.sql.chat.tables import messages
from presence_desktop.server.stores.sql.transaction import Statements, made_once

_TRIGRAM = 3
_texts = table("message_texts", column("rowid", BigInteger))
_ADD = made_once(text("INSERT INTO message_texts (rowid, text) VALUES (:number, :text)"))
_ADD_PAIRS = made_once(insert(grams))
_REMOVE = text("INSERT INTO message_texts (message_texts, rowid, text) VALUES ('delete', :number, :text)")


class SqliteSearch:
    """See `search.Search`."""

    async def add(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """See Search."""
        await connection.execute(_ADD, _rows(texts))
        pairs = [
            {"gram": pair, "number": number}
            for number, written in texts.items()
            for pair in sorted(asian_pairs(written))
        ]
        if pairs:
            await connection.execute(_ADD_PAIRS, pairs)

    async def remove(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """See Search."""
        await connection.execute(_REMOVE, _rows(texts))
        await connection.execute(delete(grams).where(grams.c.number.in_(list(texts))))

    def knows(self, words: Sequence[str]) -> bool:
        """See Search."""
        return any(len(word) >= _TRIGRAM or asian_pairs(word) for word in words)

    def numbers(self, words: Sequence[str], scope: Scope) -> Select[Any]:
        """See Search."""
        if scope.few:
            return _read(words, scope)
        long = [word for word in words if len(word) >= _TRIGRAM]
        short = [word for word in words if len(word) < _TRIGRAM]
        paired = [word for word in short if asian_pairs(word)]
        if long:
            number: ColumnElement[int] = literal_column("message_texts.rowid", BigInteger)
            joined = _texts.join(messages, messages.c.number == number)
            statement = select(number).select_from(joined).where(_match(long))
        elif paired:
            number = grams.c.number
            joined = grams.join(messages, messages.c.number == number)
            statement = select(number).select_from(joined).where(grams.c.gram == paired.pop())
        else:
            number = messages.c.number
            statement = select(number)
        for word in paired:
            statement = statement.where(_has_pair(word))
        for word in short:
            if not asian_pairs(word):
                statement = statement.where(_reads(word))
        within = number >= scope.lowest, number < scope.below
        return statement.where(*scope.conditions(indexed=False), *within).order_by(number.desc())


def _read(words: Sequence[str], scope: Scope) -> Select[Any]:
    number = messages.c.number
    within = number + 0 >= scope.lowest, number + 0 < scope.below
    statement = select(number).where(*scope.conditions(indexed=True), *within)
    for word in words:
        statement = statement.where(_reads(word))
    return statement.order_by(
        (number + 0).desc()
    )  # not in the order of the table: that would be to read all of it


def _match(words: Sequence[str]) -> ColumnElement[bool]:
    wanted = " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
    return literal_column("message_texts").op("MATCH", is_comparison=True)(wanted)


def _has_pair(word: str) -> ColumnElement[bool]:
    other = grams.alias()
    return exists().where(other.c.gram == word, other.c.number == messages.c.number)


def _reads(word: str) -> ColumnElement[bool]:
    """Whether the text itself holds this word; SQLite knows upper and lower case of ASCII only."""
    written = messages.c.text
    if not any(char.isascii() and char.isalpha() for char in word) and word.upper() == word:
        return func.instr(written, word) > 0
    cases = dict.fromkeys((word, word.upper(), word.title())) if not word.isascii() else (word,)
    return or_(*(written.contains(case, autoescape=True) for case in cases))


def _rows(texts: Mapping[int, str]) -> list[dict[str, Any]]:
    return [{"number": number, "text": written} for number, written in texts.items()]
