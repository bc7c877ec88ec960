"""What lies near to a person among all they could go to: what they opened last, and their favourites.

Pure. Decides only how near; what is offered besides, and which fits what is typed, is `core.switching`'s business.
"""

from collections.abc import Iterable

from presence_desktop.core.favourites import FAVOURITES, Item, Sections

MOST_RECENT = 12
_STEP = 1 << 50
"""Above any moment in ms: among what is as near, what was said last decides."""
UNREAD = 1 << 60
"""What is unread lies nearer than anything that is not."""


class Near:
    """One per account."""

    def __init__(self) -> None:
        self.recent: tuple[Item, ...] = ()
        """What was opened, the latest first."""
        self._favourites: dict[Item, None] = {}

    def begin(self, recent: Iterable[Item]) -> None:
        """What was opened in earlier runs."""
        self.recent = tuple(dict.fromkeys(recent))[:MOST_RECENT]

    def arrange(self, sections: Sections) -> None:
        """These are the favourites."""
        held = sections.get(FAVOURITES)
        self._favourites = dict.fromkeys(() if held is None else held.items)

    def opened(self, item: Item) -> None:
        """It was opened just now."""
        self.begin((item, *self.recent))

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is near: what was opened last, then the favourites, each once."""
        return tuple(dict.fromkeys((*self.recent, *self._favourites)))

    def pull(self, item: Item) -> int:
        """How near something is: 0, or more than any moment in ms and less than `UNREAD`. What was opened last is the
        nearest, then come the favourites, all alike.
        """
        if item in self.recent:
            return (MOST_RECENT + 1 - self.recent.index(item)) * _STEP
        return _STEP if item in self._favourites else 0
