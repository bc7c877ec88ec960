"""What the server says of itself (`services.upkeep.naming.NameStore`)."""

from sqlalchemy import insert, select, update

from presence_desktop.server.services.accounts.administration_ports import Deed
from presence_desktop.server.services.upkeep.naming import NameStore
from presence_desktop.server.stores.sql.audit import lock, perform
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.tables import server_profile

_ONE = 1


class SqlServerProfile(NameStore):
    """The server's name in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def name(self) -> str | None:
        """See NameStore."""
        async with self._database.reading() as connection:
            found = (await connection.execute(select(server_profile.c.name))).scalar()
        return None if found is None else str(found)

    async def rename(self, name: str | None, deed: Deed) -> None:
        """See NameStore."""
        async with self._database.writing(durable=True) as connection:
            await lock(connection, deed.by)
            await perform(connection, deed, detail=name)
            there = server_profile.c.id == _ONE
            if (await connection.execute(select(server_profile.c.id).where(there))).first() is None:
                await connection.execute(insert(server_profile).values(id=_ONE, name=name))
            else:
                await connection.execute(update(server_profile).where(there).values(name=name))
