"""All that bears on whether something pops up now: the settings, quiet times, who may break through.

A plain value, made by `app` when somebody asks. What follows from it is `core.notifying`'s to decide, how it is said
the status page's.
"""

from msgspec import Struct

from presence_desktop.core.quiet import Quiet
from presence_desktop.core.working_hours import Span


class Hush(Struct, frozen=True):
    """How it stands."""

    on: bool = True
    """Whether messages are told of at all."""
    quiet: Quiet | None = None
    """The quiet times that hold now."""
    hours: bool = False
    """Whether there are working hours."""
    today: Span | None = None
    """Today's, where there are; None: none today."""
    through: int = 0
    """How many people may break through."""
