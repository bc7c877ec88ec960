"""The asks that wait for an answer: who is told what came of each.

Decides the numbers, which are never used twice, and that each ask ends once. What is asked is others' business.
"""

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from presence_desktop.core.changes import Notice
from presence_desktop.core.chat.news import News
from presence_desktop.core.incoming import Answered, Refusal
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.wire import Wire

FIRST_NUMBER = 2**32
"""Far above the numbers of asks about one's own status, which take the same way."""

Answer = TypeVar("Answer", bound=Wire)
OnRefusal = Callable[[Refusal, News], None]


class _Waiting(Struct, frozen=True):
    answered: Callable[[Wire, News], None]
    refused: OnRefusal


class Asks:
    """The open asks by number."""

    def __init__(self) -> None:
        self._next = FIRST_NUMBER
        self._waiting: dict[int, _Waiting] = {}

    def begin(
        self, about: str, kind: type[Answer], answered: Callable[[Answer, News], None], refused: OnRefusal
    ) -> int:
        """A number for a new ask, and what is to be done when it ends. An answer of another kind is as good as none."""
        number = self._next
        self._next += 1

        def of_its_kind(answer: Wire, news: News) -> None:
            if isinstance(answer, kind):
                answered(answer, news)
            else:
                refused(Refusal(about, Code.BAD_ANSWER, "", number), news)

        self._waiting[number] = _Waiting(of_its_kind, refused)
        return number

    def answered(self, item: Answered, news: News) -> None:
        """An answer came; one that nobody waits for any more says nothing."""
        waiting = self._waiting.pop(item.ask, None)
        if waiting is not None:
            waiting.answered(item.answer, news)

    def refused(self, item: Refusal, news: News) -> None:
        """A refusal came. That an answer could not be read is told: one of the two sides is too old for the other."""
        waiting = None if item.ask is None else self._waiting.pop(item.ask, None)
        if waiting is None:
            return
        if item.code is Code.BAD_ANSWER:
            news.notices.append(Notice(Code.MALFORMED))
        waiting.refused(item, news)

    def clear(self) -> None:
        """Nobody waits any more: somebody else is signed in, or nobody."""
        self._waiting.clear()
