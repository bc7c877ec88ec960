"""What happened to the rows of the open conversation's window: steps, to be followed in the order given."""

from msgspec import Struct


class Inserted(Struct, frozen=True):
    """`count` rows came in, the first of them at `at`."""

    at: int
    count: int


class Removed(Struct, frozen=True):
    """`count` rows went, the first of them was at `at`."""

    at: int
    count: int


class Changed(Struct, frozen=True):
    """`count` rows from `at` on are painted anew; they stay where they are, under the keys they have."""

    at: int
    count: int


class Replaced(Struct, frozen=True):
    """All rows are others now. `ChatWindow.target` says which one to show, None: the newest."""


Step = Inserted | Removed | Changed | Replaced
WindowNews = tuple[Step, ...]
"""Each step's numbers count in the rows as the steps before it left them. What the steps lead to is `rows`."""
