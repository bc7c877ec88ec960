"""Says from the settings what a backup is made from, and builds who makes them while the server runs."""

from pathlib import Path

from sqlalchemy import make_url

from presence_desktop.server.config import FILE, Config
from presence_desktop.server.own_program import own_program
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.upkeep.backups import Backups
from presence_desktop.server.stores.backups.kept import BackupsKept
from presence_desktop.server.stores.backups.writing import Source


def source(config: Config) -> Source:
    """Where what a backup saves lies."""
    return Source(
        database=sqlite_file(config),
        files=config.files_path,
        key=config.key_path,
        settings=config.data_dir / FILE,
        tls=config.data_dir / "tls",
        own=config.backups_path,
    )


def backups(config: Config, clock: Clock) -> Backups:
    """Who makes backups while the server runs."""
    command = own_program("backup", "--own", "--data-dir", str(config.data_dir), "--to")
    store = BackupsKept(config.backups_path, command)
    whole = sqlite_file(config) is not None
    return Backups(store=store, clock=clock, hours=config.backup_hours, keep=config.backup_keep, whole=whole)


def sqlite_file(config: Config) -> Path | None:
    """The database, where it is a file; None for a database server."""
    url = make_url(config.database)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None
