"""The table of invites (`services.account_ports.InviteStore`).

Using one up happens in the transaction that makes the account, in `stores.sql.accounts`.
"""

from sqlalchemy import ColumnElement, insert, select

from presence_desktop.server.services.account_ports import InviteStore
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.tables import invites


class SqlInvites(InviteStore):
    """Invites in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, code_hash: str, *, made_by: int | None, uses: int, expires_at: int, now: int) -> None:
        """See InviteStore."""
        values = {"made_by": made_by, "uses_left": uses, "expires_at": expires_at, "created_at": now}
        async with self._database.writing() as connection:
            await connection.execute(insert(invites).values(code_hash=code_hash, **values))

    async def holds(self, code_hash: str, *, now: int) -> bool:
        """See InviteStore."""
        found = select(invites.c.id).where(*still_holds(code_hash, now))
        async with self._database.reading() as connection:
            return (await connection.execute(found)).first() is not None


def still_holds(code_hash: str, now: int) -> tuple[ColumnElement[bool], ...]:
    """The rule for an invite that holds: known, not used up, not past its end, not revoked."""
    return (
        invites.c.code_hash == code_hash,
        invites.c.uses_left > 0,
        invites.c.expires_at > now,
        invites.c.revoked_at.is_(None),
    )
