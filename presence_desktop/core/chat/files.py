"""What is known of the files on messages: which have arrived here, and where they are."""

from msgspec import Struct

from presence_desktop.protocol.errors import Code


class FileState(Struct, frozen=True):
    """One file on a message, as far as it is on this computer."""

    thumbnail: str | None = None
    """The path of its thumbnail."""
    picture: str | None = None
    """The path of the whole picture: in the cache, or where it lay on this computer when it was sent."""
    saved: str | None = None
    """Where it was saved to last, in this run."""
    received: int = 0
    total: int | None = None
    """Of a fetching that is under way, in bytes; None: none is."""
    error: Code | None = None
    """Why the last fetching failed."""
