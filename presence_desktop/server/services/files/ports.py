"""What the services of files and avatars need from outside: rows, and folders for the bytes.

Only shapes; `server.main` joins them. Moments are integer milliseconds since the Unix epoch. Folders are asked from
threads: their calls block. What the disk refuses is `ports.StoreUnavailable`, and then nothing was changed.
"""

from collections.abc import Awaitable, Collection, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from presence_desktop.server.domain.files import Allowance, Look
from presence_desktop.server.domain.messages import File


class StoredFile(Struct, frozen=True):
    """A file as it is kept: whose, how large it is to be, when it was begun, and what it is once it is complete."""

    file: File
    begun_at: int
    complete_at: int | None


class FileRows(Protocol):
    """The table of files. Raises `ports.StoreUnavailable`."""

    def begin(self, file: File, *, now: int, allowed: Allowance) -> Awaitable[tuple[StoredFile, bool]]:
        """Keep a new one, or find the one begun before; whether it is new.

        Raises Refused: QUOTA_EXCEEDED, LIMIT_REACHED; ID_TAKEN for a file that was deleted.
        """
        ...

    def find(self, file_id: UUID) -> Awaitable[StoredFile | None]:
        """The file with this id, unless its message was deleted."""
        ...

    def complete(self, file: File, *, now: int) -> Awaitable[None]:
        """It has all arrived, and this is what it is."""
        ...

    def visible(self, file_id: UUID, user_id: int) -> Awaitable[File | None]:
        """A complete file, if it is one's own or on a message of a conversation one is in."""
        ...

    def remove(self, file_id: UUID) -> Awaitable[bool]:
        """Forget it, unless it is on a message; whether it was forgotten."""
        ...

    def orphans(self, before: int) -> Awaitable[Sequence[UUID]]:
        """Files begun before this moment that are on no message, and those whose message was deleted; the first few."""
        ...

    def known(self, file_ids: Collection[UUID]) -> Awaitable[Collection[UUID]]:
        """Which of these there are."""
        ...


class FileFolder(Protocol):
    """Where the bytes of files lie. Blocks."""

    def make_sure_of(self, size: int) -> None:
        """See that so many bytes fit. Raises StoreUnavailable."""
        ...

    def received(self, file_id: UUID) -> int:
        """How many bytes have arrived."""
        ...

    def append(self, file_id: UUID, offset: int, data: bytes) -> None:
        """Write these bytes behind those that have arrived.

        Raises Refused(WRONG_OFFSET) if that is not at `offset`; StoreUnavailable.
        """
        ...

    def source(self, file_id: UUID) -> Path:
        """Where the bytes lie now, complete or not."""
        ...

    def settle(self, file_id: UUID, thumbnail: bytes | None) -> None:
        """All has arrived: put it where it stays, so that it outlives a power cut. Raises StoreUnavailable."""
        ...

    def whole(self, file_id: UUID) -> Path:
        """Where a complete file lies."""
        ...

    def thumbnail(self, file_id: UUID) -> Path:
        """Where its thumbnail lies."""
        ...

    def remove(self, file_id: UUID) -> None:
        """Remove whatever there is of it. Raises StoreUnavailable."""
        ...

    def ids(self) -> Sequence[UUID]:
        """All files of which there is anything."""
        ...


class Pictures(Protocol):
    """Who decodes pictures. Raises `ports.StoreUnavailable` when that cannot be done now."""

    def look(self, path: Path) -> Awaitable[Look | None]:
        """What a picture is; None: it cannot be read, or is better not."""
        ...

    def avatar(self, data: bytes) -> Awaitable[bytes]:
        """A square PNG of its middle. Raises Refused(INVALID_IMAGE)."""
        ...


class AvatarFolder(Protocol):
    """Where avatars lie. Blocks."""

    def put(self, name: str, picture: bytes) -> None:
        """Keep a picture. Raises StoreUnavailable."""
        ...

    def find(self, name: str) -> Path | None:
        """Where the picture of this name lies; None: there is none."""
        ...

    def remove(self, name: str) -> None:
        """Remove it, if it is there."""
        ...

    def names(self, *, before: int) -> Sequence[str]:
        """The names of those kept before this moment."""
        ...
