"""One row of a conversation: the message, how far it got, and how it stands to the row above.

Decides headers, days and the *new* line; how they look is the window's.
"""

from datetime import datetime
from enum import IntEnum
from uuid import UUID

from msgspec import Struct

from presence_desktop.protocol.chat import Message
from presence_desktop.protocol.errors import Code

FOLLOWS_WITHIN_MS = 5 * 60_000
"""Somebody's next message within this time goes without a header of its own."""


class Delivery(IntEnum):
    """How far a message got. Those of others are always `SENT`."""

    FAILED = 0
    """The server refused it (`Row.error`): nothing more happens unless it is tried again."""
    PENDING = 1
    """In the outbox, to be sent as soon as that can be."""
    UPLOADING = 2
    """Its files are on their way (`Row.progress`)."""
    SENT = 3
    """The server stored it."""
    DELIVERED = 4
    """It reached a device of everybody else in the conversation."""
    READ = 5
    """Everybody else in the conversation has read it."""


class LocalFile(Struct, frozen=True):
    """A file of this computer that is to be sent, or is on its way."""

    path: str
    name: str
    size: int
    media_type: str = "application/octet-stream"
    """As far as it is known here; the server looks for itself."""
    width: int | None = None
    """Of pictures, in pixels, upright."""
    height: int | None = None


class Row(Struct, frozen=True):
    """What is painted as one row."""

    key: UUID
    """The message's id: it stays, from the first key stroke of *send* on."""
    message: Message
    """Also for what is not sent yet: `seq` and `change` are 0 then, `sent_at` is when it was written here, and its
    attachments stand under the ids they will have.
    """
    state: Delivery = Delivery.SENT
    error: Code | None = None
    """Why it failed, or why it still waits."""
    progress: float | None = None
    """0 to 1 over all its files; None unless `UPLOADING`."""
    files: tuple[LocalFile, ...] = ()
    """The files of this computer behind the attachments, in the same order, until it is sent."""
    follows: bool = False
    """The row above is by the same sender, on the same day and less than five minutes older: no header."""
    new_day: bool = False
    """The first row of its day (or of the conversation, as far as it is in the window)."""
    new_line: bool = False
    """The line *new* stands above this row."""


def day_of(moment: int) -> int:
    """The day of a moment (ms) where this computer is, counted in days."""
    return datetime.fromtimestamp(moment / 1000).toordinal()
