"""Searching in the texts of messages: what each database does it with stands in a file of its own.

Decides which file is asked. Who may see what is found, and what is looked at, is `chat_finding`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select

from presence_desktop.server.stores.sql.transaction import Statements


@dataclass(frozen=True, slots=True)
class Scope:
    """Which messages are looked at: those with all these properties, with numbers from `lowest` on, below `below`.

    `few`: there are so few of them that they may be read one by one.
    """

    which: Sequence[ColumnElement[bool]]
    lowest: int
    below: int
    few: bool


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
        from presence_desktop.server.stores.sql.chat_search_sqlite import SqliteSearch

        return SqliteSearch()
    from presence_desktop.server.stores.sql.chat_search_mysql import PairSearch

    return PairSearch()
