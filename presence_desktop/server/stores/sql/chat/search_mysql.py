"""Searching on MySQL and MariaDB: an index of pairs of characters, the same on both, in any language.

MySQL's own n-gram index is not to be had on MariaDB. The pairs of a word narrow the messages down, the text itself
decides. A single character is looked for from the newest message backwards.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, delete, insert, select

from presence_desktop.server.domain.searching import pairs
from presence_desktop.server.stores.sql.chat.letter_rows import chunks
from presence_desktop.server.stores.sql.chat.search import Scope
from presence_desktop.server.stores.sql.chat.tables import message_grams as grams
from presence_desktop.server.stores.sql.chat.tables import messages
from presence_desktop.server.stores.sql.transaction import Statements

_PAIRS_A_WORD = 6
"""Pairs of a long word that are looked up; more narrow it down no further."""


class PairSearch:
    """See `search.Search`."""

    async def add(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """See Search."""
        rows = [
            {"gram": pair, "number": number}
            for number, written in texts.items()
            for pair in sorted(pairs(written))
        ]
        for part in chunks(rows):
            await connection.execute(insert(grams), list(part))

    async def remove(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """See Search."""
        await connection.execute(delete(grams).where(grams.c.number.in_(list(texts))))

    def knows(self, words: Sequence[str]) -> bool:
        """See Search."""
        return any(map(pairs, words))

    def numbers(self, words: Sequence[str], scope: Scope) -> Select[Any]:
        """See Search."""
        number = messages.c.number
        statement = select(number).where(
            *scope.conditions(indexed=True), number >= scope.lowest, number < scope.below
        )
        statement = statement.order_by(number.desc())
        for word in words:
            statement = statement.where(messages.c.text.contains(word, autoescape=True))
            for pair in sorted(pairs(word))[:_PAIRS_A_WORD]:
                holds = select(grams.c.number).where(grams.c.gram == pair)
                statement = statement.where(messages.c.number.in_(holds))
        return statement
