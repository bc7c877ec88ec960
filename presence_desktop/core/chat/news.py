"""Gathers what one step changes in conversations, until it is told."""

from uuid import UUID

from presence_desktop.core.changes import Changes, Lost, Notice, Outcome
from presence_desktop.core.chat.window_news import Replaced, Step


class News:
    """What differs so far; the fields are those of `Changes`."""

    __slots__ = ("asked", "chat", "files", "lost", "moved", "notices", "outcomes", "talks", "window")

    def __init__(self) -> None:
        self.chat: list[Step] = []
        self.window = False
        self.talks: set[int] = set()
        self.moved = False
        self.files: set[UUID] = set()
        self.asked: int | None = None
        self.outcomes: list[Outcome] = []
        self.notices: list[Notice] = []
        self.lost: list[Lost] = []

    def talk(self, conversation_id: int, *, moved: bool = False) -> None:
        """This conversation's entry changed, and its place perhaps."""
        self.talks.add(conversation_id)
        self.moved |= moved

    def changes(self) -> Changes:
        """All of it."""
        return Changes(
            notices=tuple(self.notices),
            chat=self._steps(),
            window=self.window,
            talks=frozenset(self.talks),
            talks_moved=self.moved,
            files=frozenset(self.files),
            asked=self.asked,
            outcomes=tuple(self.outcomes),
            lost=tuple(self.lost),
        )

    def _steps(self) -> tuple[Step, ...]:
        """After `Replaced` there is nothing to follow: all rows are read anew."""
        replaced = next((step for step in self.chat if isinstance(step, Replaced)), None)
        return tuple(self.chat) if replaced is None else (replaced,)
