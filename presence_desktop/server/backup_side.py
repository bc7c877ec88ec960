"""Says from the settings what a backup is made from, and builds who makes them while the server runs."""

from pathlib import Path

from sqlalchemy import make_url

from presence_desktop.server.config import FILE, Config
from presence_desktop.server.stores.backups.writing import Source


def source(config: Config) -> Source:
    """Where what a backup saves lies."""
    return Source(
        database=sqlite_file(config),
        files=config.files_path,
        key=config.key_path,
        settings=config.data_dir / FILE,
        tls=config.data_dir / "tls",
    )


def sqlite_file(config: Config) -> Path | None:
    """The database, where it is a file; None for a database server."""
    url = make_url(config.database)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None
