"""Brings the database to the schema of this version, or refuses one that a newer version has changed.

Alembic is loaded only when there is a step to do: it costs a third of a second and 27 MB.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from presence_desktop.server.stores.sql.database import Database

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""Every revision this version knows, in order; a new migration adds its own (a test compares them with Alembic's)."""

HALF_COPIED = "half-copied"
"""Stands in a database in the place of its revision while `moving` fills it."""

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNew(Exception):
    """The database was last used by a newer version of the server."""


async def is_due(database: Database) -> bool:
    """Whether there are steps to be done. Raises SchemaTooNew or StoreUnavailable."""
    async with database.reading() as connection:
        stored = await connection.run_sync(revision)
    if stored == REVISIONS[-1]:
        return False
    if stored == HALF_COPIED:
        raise SchemaTooNew(
            "move-to has filled the database by half: run that again, or stay with the one before"
        )
    if stored is not None and stored not in REVISIONS:
        raise SchemaTooNew(f"the database is from a newer version (schema {stored}, known: {REVISIONS[-1]})")
    return True


async def migrate(database: Database) -> bool:
    """Do the steps that are due; True if there were any. Raises SchemaTooNew or StoreUnavailable."""
    if not await is_due(database):
        return False
    async with database.changing_schema() as connection:
        await connection.run_sync(_upgrade)
    return True


def revision(connection: Connection) -> str | None:
    """The revision of a database; None: it has no schema."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    stored: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return stored


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISIONS[-1])
