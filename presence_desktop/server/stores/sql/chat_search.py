"""Searching in the texts of messages: what each database does it with stands in a file of its own.

Decides which file is asked. Who may see what is found is the statement's in `chat_reads`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Select

from presence_desktop.server.stores.sql.transaction import Statements


class Search(Protocol):
    """The index of one dialect, by the numbers of messages."""

    async def add(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """These messages can be found from now on."""

    async def remove(self, connection: Statements, texts: Mapping[int, str]) -> None:
        """These messages, whose texts were such, are found no longer."""

    def numbers(self, words: Sequence[str]) -> Select[Any]:
        """The numbers of messages that hold all these words, newest first; may be narrowed by columns of `messages`."""


def search_for(backend: str) -> Search:
    """The index of this database."""
    if backend == "sqlite":
        from presence_desktop.server.stores.sql.chat_search_sqlite import SqliteSearch

        return SqliteSearch()
    from presence_desktop.server.stores.sql.chat_search_mysql import PairSearch

    return PairSearch()
