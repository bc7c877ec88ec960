"""The services of files and avatars over a real database and real folders, with two people who share a room."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

from presence_desktop.protocol.chat_rest import NewUpload, UploadState
from presence_desktop.server.domain.files import Allowance, Look
from presence_desktop.server.services.files import images
from presence_desktop.server.services.files.avatars import AvatarService
from presence_desktop.server.services.files.care import FileCare
from presence_desktop.server.services.files.service import BrokenOff, FileService
from presence_desktop.server.stores.avatars import AvatarsOnDisk
from presence_desktop.server.stores.files import FilesOnDisk
from presence_desktop.server.stores.sql.chat.files import SqlFiles
from tests.server.services.accounts.house import DAY, House, TurnedClock, house

ANN, BOB = 1, 2


class FileClock(TurnedClock):
    """The same, with the clock that never jumps."""

    def ticks(self) -> int:
        return self.moment


class HandWork:
    """Pictures, decoded here and now."""

    async def look(self, path: Path) -> Look | None:
        return images.looked_at(path)

    async def avatar(self, data: bytes) -> bytes:
        return images.avatar(data)


class FilesHouse:
    """One server's services of files."""

    def __init__(self, accounts: House, folder: Path, clock: FileClock, allowed: Allowance) -> None:
        self.accounts = accounts
        self.database = accounts.database
        self.clock = clock
        self.rows = SqlFiles(accounts.database)
        self.folder = FilesOnDisk(folder / "uploads")
        self.pictures = AvatarsOnDisk(folder / "avatars")
        hand = HandWork()
        self.files = FileService(
            rows=self.rows, folder=self.folder, pictures=hand, clock=clock, allowed=allowed
        )
        self.avatars = AvatarService(
            accounts=accounts.accounts, folder=self.pictures, pictures=hand, clock=clock
        )
        self.care = FileCare(rows=self.rows, folder=self.folder, avatars=self.avatars, clock=clock, life=DAY)

    async def begun(self, size: int, name: str = "x.bin", user_id: int = ANN) -> UUID:
        """An upload that was announced."""
        file_id = uuid4()
        await self.files.begin(user_id, NewUpload(id=file_id, name=name, size=size))
        return file_id

    async def put(self, file_id: UUID, offset: int, *pieces: bytes, user_id: int = ANN) -> UploadState:
        """Send these bytes."""
        return await self.files.append(user_id, file_id, offset, coming(pieces))

    async def uploaded(self, data: bytes, name: str = "x.bin", user_id: int = ANN) -> UUID:
        """A complete upload."""
        file_id = await self.begun(len(data), name, user_id)
        state = await self.put(file_id, 0, data, user_id=user_id)
        assert state.file is not None
        return file_id


async def coming(pieces: Iterable[bytes], *, broken: bool = False) -> AsyncIterator[bytes]:
    """Bytes as they arrive, and perhaps an end that is none."""
    for piece in pieces:
        yield piece
    if broken:
        raise BrokenOff


@asynccontextmanager
async def files_house(folder: Path, **allowed: int) -> AsyncIterator[FilesHouse]:
    """The services, with Ann and Bob."""
    clock = FileClock()
    async with house(folder, clock) as accounts:
        for name in ("Ann", "Bob"):
            await accounts.accounts.add(f"{name}@example.org", name, "correct horse")
        yield FilesHouse(accounts, folder, clock, Allowance(**allowed))
