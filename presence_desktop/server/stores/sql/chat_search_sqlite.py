"""Searching on SQLite: FTS5 with trigrams finds words of three characters and more, also inside of other words.

Words of two characters are what Korean, Chinese and Japanese are made of: their pairs have an index of their own. What
is left (one character, two Latin ones) is looked for from the newest message backwards.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Select, column, delete, insert, literal_column, select, table, text

from presence_desktop.server.domain.searching import asian_pairs
from presence_desktop.server.stores.sql.chat_tables import message_grams as grams
from presence_desktop.server.stores.sql.chat_tables import messages
from presence_desktop.server.stores.sql.transaction import Statements, made_once

_TRIGRAM = 3
_texts = table("message_texts", column("rowid", BigInteger))
_ADD = made_once(text("INSERT INTO message_texts (rowid, text) VALUES (:number, :text)"))
_ADD_PAIRS = made_once(insert(grams))
_REMOVE = text("INSERT INTO message_texts (message_texts, rowid, text) VALUES ('delete', :number, :text)")


class SqliteSearch:
    """See `chat_search.Search`."""

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

    def numbers(self, words: Sequence[str]) -> Select[Any]:
        """See Search."""
        long = [word for word in words if len(word) >= _TRIGRAM]
        short = [word for word in words if len(word) < _TRIGRAM]
        if long:
            wanted = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
            found = literal_column("message_texts").op("MATCH")(wanted)
            joined = _texts.join(messages, messages.c.number == literal_column("message_texts.rowid"))
            statement = select(messages.c.number).select_from(joined).where(found)
            statement = statement.order_by(literal_column("message_texts.rowid").desc())
        else:
            statement = select(messages.c.number).order_by(messages.c.number.desc())
        for word in short:
            if asian_pairs(word):
                statement = statement.where(
                    messages.c.number.in_(select(grams.c.number).where(grams.c.gram == word))
                )
            else:
                statement = statement.where(messages.c.text.contains(word, autoescape=True))
        return statement


def _rows(texts: Mapping[int, str]) -> list[dict[str, Any]]:
    return [{"number": number, "text": written} for number, written in texts.items()]
