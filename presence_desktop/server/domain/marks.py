"""How far somebody is in a conversation: what reached them, what they read, and how much of that others may know.

Pure. Marks only grow and never pass the last message. While somebody appears offline their marks stand still for
others, as those of somebody who left do; what was read meanwhile shows when they are back.
"""

from msgspec import Struct


class Marks(Struct, frozen=True):
    """`delivered` and `read` are one's own, the `shown` ones are what others know; `read` never passes `delivered`."""

    delivered: int = 0
    read: int = 0
    shown_delivered: int = 0
    shown_read: int = 0


def moved(marks: Marks, delivered: int, read: int, last_seq: int, *, visible: bool) -> Marks:
    """After somebody said how far they are; numbers from the future count as the last message."""
    new_read = max(marks.read, min(read, last_seq))
    new_delivered = max(marks.delivered, min(delivered, last_seq), new_read)
    new = Marks(new_delivered, new_read, marks.shown_delivered, marks.shown_read)
    return shown(new) if visible else new


def shown(marks: Marks) -> Marks:
    """All that is true may be known."""
    return Marks(marks.delivered, marks.read, marks.delivered, marks.read)
