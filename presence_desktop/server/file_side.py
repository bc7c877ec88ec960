"""Builds all that has to do with files and avatars from the settings: folders, rows, services, and who cleans up."""

from dataclasses import dataclass

from presence_desktop.server.account_side import milliseconds
from presence_desktop.server.config import Config
from presence_desktop.server.domain.files import Allowance
from presence_desktop.server.services.accounts import Accounts
from presence_desktop.server.services.avatars import AvatarService
from presence_desktop.server.services.file_care import FileCare
from presence_desktop.server.services.files import FileService
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.stores.avatars import AvatarsOnDisk
from presence_desktop.server.stores.files import FilesOnDisk
from presence_desktop.server.stores.sql.chat_files import SqlFiles
from presence_desktop.server.stores.sql.database import Database


@dataclass(frozen=True, slots=True)
class FileSide:
    """All that has to do with files and avatars."""

    files: FileService
    avatars: AvatarService
    care: FileCare


def file_side(config: Config, database: Database, accounts: Accounts, clock: Clock) -> FileSide:
    """Build it."""
    rows, folder = SqlFiles(database), FilesOnDisk(config.files_path / "uploads")
    allowed = Allowance(config.file_bytes, config.file_quota_bytes, config.uploads_waiting)
    avatars = AvatarService(
        accounts=accounts, folder=AvatarsOnDisk(config.files_path / "avatars"), clock=clock
    )
    life = milliseconds(config.upload_seconds)
    return FileSide(
        FileService(rows=rows, folder=folder, clock=clock, allowed=allowed),
        avatars,
        FileCare(rows=rows, folder=folder, avatars=avatars, clock=clock, life=life),
    )
