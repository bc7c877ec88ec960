"""Files: taken in pieces that may stop anywhere and go on, looked at when they are whole, given to who may see them.

Decides what happens in which order, so that nothing is half there: bytes reach the disk before they are counted, a file
is complete once its bytes outlive a power cut and its row says what it is. What nobody wants any more is removed by
`care`.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace

from presence_desktop.protocol.chat_rest import NewUpload, UploadState
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.files import UNKNOWN_TYPE, Allowance, Look, harmless
from presence_desktop.server.domain.messages import File
from presence_desktop.server.services.chat.views import attachment
from presence_desktop.server.services.files.images import may_be_picture
from presence_desktop.server.services.files.ports import FileFolder, FileRows, Pictures, StoredFile
from presence_desktop.server.services.files.sniffing import media_type_of
from presence_desktop.server.services.ports import Clock

PIECE = 262_144
"""Bytes that are written at once."""


class BrokenOff(Exception):
    """Whoever sent the bytes is gone, or fell silent."""


class _Open(Struct):
    """An upload that somebody works on: one at a time writes; of several senders the last to come goes on."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    sender: int = 0
    users: int = 0


class FileService:
    """Uploads and downloads."""

    def __init__(
        self,
        *,
        rows: FileRows,
        folder: FileFolder,
        pictures: Pictures,
        clock: Clock,
        allowed: Allowance | None = None,
    ) -> None:
        self._rows = rows
        self._folder = folder
        self._pictures = pictures
        self._clock = clock
        self._allowed = allowed or Allowance()
        self._open: dict[UUID, _Open] = {}

    async def begin(self, user_id: int, new: NewUpload) -> tuple[UploadState, bool]:
        """Announce a file, or find the one announced before with this id; whether it is new.

        Raises Refused: FILE_TOO_LARGE, QUOTA_EXCEEDED, LIMIT_REACHED, INVALID_FILE_NAME, ID_TAKEN; StoreUnavailable
        if it does not fit on the disk.
        """
        if new.size > self._allowed.file:
            raise Refused(Code.FILE_TOO_LARGE)
        file = File(new.id, user_id, harmless(new.name), UNKNOWN_TYPE, new.size)
        stored = await self._rows.find(new.id)
        if stored is None:
            await asyncio.to_thread(self._folder.make_sure_of, new.size)
        stored, is_new = await self._rows.begin(file, now=self._clock.now(), allowed=self._allowed)
        if (stored.file.owner_id, stored.file.size) != (user_id, new.size):
            raise Refused(Code.ID_TAKEN)
        return await self._state(stored), is_new

    async def state(self, user_id: int, file_id: UUID) -> UploadState:
        """How much of an upload of one's own has arrived. Raises Refused(UNKNOWN_FILE)."""
        return await self._state(await self._own(user_id, file_id))

    async def append(
        self, user_id: int, file_id: UUID, offset: int, pieces: AsyncIterator[bytes]
    ) -> UploadState:
        """Take the bytes from `offset` on, as many as come. Once all have arrived the file is complete.

        Raises Refused: UNKNOWN_FILE; WRONG_OFFSET if that is not where it goes on, or somebody else goes on with it;
        FILE_TOO_LARGE for more than was announced. BrokenOff, when all that came before has been kept.
        """
        stored = await self._own(user_id, file_id)
        async with self._working_on(file_id) as upload:
            upload.sender += 1
            sender = upload.sender
            async for piece in _gathered(pieces):
                if offset + len(piece) > stored.file.size:
                    raise Refused(Code.FILE_TOO_LARGE, "These are more bytes than were announced.")
                async with upload.lock:
                    if upload.sender != sender:
                        raise Refused(Code.WRONG_OFFSET)
                    await self._write(stored, offset, piece)
                offset += len(piece)
        return await self._state(stored)

    async def cancel(self, user_id: int, file_id: UUID) -> None:
        """Give up an upload of one's own. Raises Refused: UNKNOWN_FILE; ID_TAKEN once it is on a message."""
        await self._own(user_id, file_id)
        if not await self._rows.remove(file_id):
            raise Refused(Code.ID_TAKEN, "This file is on a message already.")
        async with self._working_on(file_id) as upload, upload.lock:
            upload.sender += 1
            await asyncio.to_thread(self._folder.remove, file_id)

    async def file(self, user_id: int, file_id: UUID) -> tuple[File, Path]:
        """A file that somebody may see, and where it lies. Raises Refused(UNKNOWN_FILE)."""
        return await self._visible(user_id, file_id), self._folder.whole(file_id)

    async def thumbnail(self, user_id: int, file_id: UUID) -> Path:
        """Where the thumbnail of a file lies that somebody may see. Raises Refused(UNKNOWN_FILE)."""
        if not (await self._visible(user_id, file_id)).has_thumbnail:
            raise Refused(Code.UNKNOWN_FILE)
        return self._folder.thumbnail(file_id)

    async def _visible(self, user_id: int, file_id: UUID) -> File:
        file = await self._rows.visible(file_id, user_id)
        if file is None:
            raise Refused(Code.UNKNOWN_FILE)
        return file

    async def _own(self, user_id: int, file_id: UUID) -> StoredFile:
        stored = await self._rows.find(file_id)
        if stored is None or stored.file.owner_id != user_id:
            raise Refused(Code.UNKNOWN_FILE)
        return stored

    async def _write(self, stored: StoredFile, offset: int, piece: bytes) -> None:
        if piece:
            await asyncio.to_thread(self._folder.append, stored.file.id, offset, piece)
        elif await asyncio.to_thread(self._folder.received, stored.file.id) != offset:
            raise Refused(Code.WRONG_OFFSET)

    async def _state(self, stored: StoredFile) -> UploadState:
        file = stored.file
        received = file.size
        if stored.complete_at is None:
            received = await asyncio.to_thread(self._folder.received, file.id)
            if received == file.size:
                stored = await self._completed(file.id)
        done = None if stored.complete_at is None else attachment(stored.file)
        return UploadState(id=file.id, size=file.size, received=received, file=done)

    async def _completed(self, file_id: UUID) -> StoredFile:
        """All has arrived; this may have been found out by several at once, or before a crash."""
        async with self._working_on(file_id) as upload, upload.lock:
            stored = await self._rows.find(file_id)
            if stored is None:
                raise Refused(Code.UNKNOWN_FILE)
            if stored.complete_at is not None:
                return stored
            media_type, look = await self._look(file_id)
            await asyncio.to_thread(self._folder.settle, file_id, look.thumbnail if look else None)
            file = replace(stored.file, media_type=media_type)
            if look is not None:
                file = replace(
                    file,
                    media_type=look.media_type,
                    width=look.width,
                    height=look.height,
                    has_thumbnail=True,
                )
            now = self._clock.now()
            await self._rows.complete(file, now=now)
            return replace(stored, file=file, complete_at=now)

    async def _look(self, file_id: UUID) -> tuple[str, Look | None]:
        for path in (self._folder.source(file_id), self._folder.whole(file_id)):
            with suppress(FileNotFoundError):  # another server has just settled it, or removed it
                media_type = await asyncio.to_thread(media_type_of, path)
                return media_type, await self._pictures.look(path) if may_be_picture(media_type) else None
        raise Refused(Code.UNKNOWN_FILE)

    @asynccontextmanager
    async def _working_on(self, file_id: UUID) -> AsyncIterator[_Open]:
        upload = self._open.setdefault(file_id, _Open())
        upload.users += 1
        try:
            yield upload
        finally:
            upload.users -= 1
            if not upload.users:
                del self._open[file_id]


async def _gathered(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The bytes in larger pieces, one of none at least; what came before a break is not lost."""
    held = bytearray()
    broken: BrokenOff | None = None
    first = True
    try:
        async for piece in pieces:
            held += piece
            if len(held) >= PIECE:
                yield bytes(held)
                held.clear()
                first = False
    except BrokenOff as error:
        broken = error
    if held or first:
        yield bytes(held)
    if broken is not None:
        raise broken
