"""Builds all that has to do with files and avatars from the settings: folders, rows, services, and who cleans up."""

from msgspec import Struct

from presence_desktop.server.account_side import milliseconds
from presence_desktop.server.config import Config
from presence_desktop.server.domain.files import Allowance
from presence_desktop.server.own_program import own_program
from presence_desktop.server.services.accounts.directory import Accounts
from presence_desktop.server.services.files.avatars import AvatarService
from presence_desktop.server.services.files.care import FileCare
from presence_desktop.server.services.files.darkroom import Darkroom
from presence_desktop.server.services.files.service import FileService
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.stores.avatars import AvatarsOnDisk
from presence_desktop.server.stores.files import FilesOnDisk
from presence_desktop.server.stores.sql.chat.files import SqlFiles
from presence_desktop.server.stores.sql.database import Database


class FileSide(Struct, frozen=True):
    """All that has to do with files and avatars."""

    files: FileService
    avatars: AvatarService
    care: FileCare
    darkroom: Darkroom

    async def close(self) -> None:
        """End what runs beside the server."""
        await self.darkroom.close()


def file_side(config: Config, database: Database, accounts: Accounts, clock: Clock) -> FileSide:
    """Build it."""
    rows, folder = SqlFiles(database), FilesOnDisk(config.files_path / "uploads")
    allowed = Allowance(config.file_bytes, config.file_quota_bytes, config.uploads_waiting)
    darkroom = Darkroom(own_program("darkroom"))
    pictures = AvatarsOnDisk(config.files_path / "avatars")
    avatars = AvatarService(accounts=accounts, folder=pictures, pictures=darkroom, clock=clock)
    life = milliseconds(config.upload_seconds)
    return FileSide(
        FileService(rows=rows, folder=folder, pictures=darkroom, clock=clock, allowed=allowed),
        avatars,
        FileCare(rows=rows, folder=folder, avatars=avatars, clock=clock, life=life),
        darkroom,
    )
