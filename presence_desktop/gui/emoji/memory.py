"""Which emoji were used last, from run to run: known before the book of all emoji is opened, which takes a while."""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct


class Recalling(Protocol):
    """The book, once it is open."""

    def recall(self, recent: Sequence[str]) -> None:
        """These were used last, the latest first."""


class Memory(Struct):
    """There is one, as there is one book."""

    recent: Sequence[str] = ()
    """The characters used last in earlier runs, the latest first."""
    tell: Callable[[tuple[str, ...]], object] = len
    """Called with the characters used last whenever they change."""
    book: Recalling | None = None


memory = Memory()


def remember(recent: Sequence[str], tell: Callable[[tuple[str, ...]], object]) -> None:
    """The characters used last in earlier runs; `tell` is called with them whenever they change."""
    memory.recent, memory.tell = recent, tell
    if memory.book is not None:
        memory.book.recall(recent)
