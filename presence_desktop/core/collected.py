"""Gathers what the items of one batch change, until it is told."""

from msgspec.structs import replace

from presence_desktop.core.changes import Changes, Notice
from presence_desktop.core.chat.news import News


class Collected:
    """What differs so far; the fields are those of `Changes`, `chat` holds what differs in conversations."""

    __slots__ = ("chat", "connection", "everyone", "notices", "own", "people")

    def __init__(self, chat: News) -> None:
        self.chat = chat
        self.people: set[int] = set()
        self.everyone = False
        self.own = False
        self.connection = False
        self.notices: list[Notice] = []

    def changes(self, *, reordered: bool, connection: bool) -> Changes:
        """All of it."""
        told = self.chat.changes()
        return replace(
            told,
            people=frozenset() if self.everyone else frozenset(self.people),
            everyone=self.everyone,
            reordered=reordered,
            own=self.own,
            connection=self.connection or connection,
            notices=(*self.notices, *told.notices),
        )
