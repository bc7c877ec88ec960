"""Searching in the texts of messages: what each database does it with stands in a file of its own.

Decides which file is asked. Who may see what is found, and what is looked at, is `finding`'s.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, literal_column

from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.server.stores.sql.chat.tables import messages
from presence_desktop.server.stores.sql.transaction import Statements


class Scope(Struct, frozen=True):
    """Which messages are looked at: those of the conversations `mine`, with numbers from `lowest` on, below `below`.

    `few`: there are so few of them that they may be read one by one.
    """

    mine: Select[Any]
    query: SearchQuery
    lowest: int
    below: int
    few: bool

    def conditions(self, *, indexed: bool) -> list[ColumnElement[bool]]:
        """What else a message must be. Not `indexed`: the database is not to go by an index of these columns."""

        def of(column: ColumnElement[Any]) -> ColumnElement[Any]:
            return column if indexed else column + literal_column("0")

        query = self.query
        which: list[ColumnElement[bool]] = [of(messages.c.conversation_id).in_(self.mine)]
        which.append(messages.c.deleted_at.is_(None))
        if query.from_id is not None:
            which.append(of(messages.c.sender_id) == query.from_id)
        if query.before is not None:
            which.append(of(messages.c.sent_at) < query.before)
        if query.after is not None:
            which.append(of(messages.c.sent_at) >= query.after)
        return which


class Search(Protocol):
    """The index of one dialect, by the numbers of messages."""

    async def add(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """These messages can be found from now on."""

    async def remove(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """These messages, whose texts were such, are found no longer."""

    def knows(self, words: Sequence[str]) -> bool:
        """Whether the index has any of these words; if not, messages are read from the newest backwards."""
        ...

    def numbers(self, words: Sequence[str], scope: Scope) -> Select[Any]:
        """The numbers of messages of the scope that hold all these words, newest first."""
        ...


def search_for(backend: str) -> Search:
    """The index of this database."""
    if backend == "sqlite":
        from presence_desktop.server.stores.sql.chat.search_sqlite import SqliteSearch

        return SqliteSearch()
    from presence_desktop.server.stores.sql.chat.search_mysql import PairSearch

    return PairSearch()
