"""The table of invites (`services.accounts.administration_ports.InviteStore`).

Using one up happens in the transaction that makes the account, in `stores.sql.accounts`.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import invite_refusal
from presence_desktop.server.services.accounts.administration_ports import (
    Deed,
    InviteRow,
    InviteStore,
    NewInvite,
)
from presence_desktop.server.stores.sql.audit import perform
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.tables import invites


class SqlInvites(InviteStore):
    """Invites in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, new: NewInvite, deed: Deed) -> int:
        """See InviteStore."""
        uses = {"uses": new.uses, "uses_left": new.uses, "expires_at": new.expires_at}
        async with self._database.writing() as connection:
            made = await connection.execute(
                insert(invites).values(code_hash=new.code_hash, made_by=deed.by, created_at=deed.at, **uses)
            )
            invite_id = int(made.lastrowid)
            await perform(connection, deed, detail=f"#{invite_id}, {new.uses} uses, until {new.expires_at}")
        return invite_id

    async def find(self, code_hash: str) -> InviteRow | None:
        """See InviteStore."""
        async with self._database.reading() as connection:
            row = (
                await connection.execute(select(invites).where(invites.c.code_hash == code_hash))
            ).one_or_none()
        return _invite(row) if row else None

    async def newest(self, *, before: int | None, limit: int) -> Sequence[InviteRow]:
        """See InviteStore."""
        wanted = select(invites).order_by(invites.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(invites.c.id < before)
        async with self._database.reading() as connection:
            return [_invite(row) for row in await connection.execute(wanted)]

    async def revoke(self, invite_id: int, deed: Deed) -> bool:
        """See InviteStore. One that was taken back already stays as it is."""
        this = invites.c.id == invite_id
        async with self._database.writing(durable=True) as connection:
            revoked = await connection.execute(
                update(invites).where(this, invites.c.revoked_at.is_(None)).values(revoked_at=deed.at)
            )
            if revoked.rowcount == 1:
                await perform(connection, deed, detail=f"#{invite_id}")
                return True
            return (await connection.execute(select(invites.c.id).where(this))).first() is not None


async def use_up(connection: AsyncConnection, code_hash: str, now: int) -> None:
    """Take one use of the invite with this hash. Raises Refused with why that cannot be."""
    still = invites.c.uses_left > 0, invites.c.expires_at > now, invites.c.revoked_at.is_(None)
    used = await connection.execute(
        update(invites)
        .where(invites.c.code_hash == code_hash, *still)
        .values(uses_left=invites.c.uses_left - 1)
    )
    if used.rowcount != 1:
        row = (
            await connection.execute(select(invites).where(invites.c.code_hash == code_hash))
        ).one_or_none()
        raise Refused(_why(row, now))


def _why(row: Row[Any] | None, now: int) -> Code:
    if row is None:
        return Code.INVITE_UNKNOWN
    held = {"uses_left": row.uses_left, "expires_at": row.expires_at, "revoked_at": row.revoked_at}
    return (
        invite_refusal(**held, now=now) or Code.INVITE_USED_UP
    )  # it was open a moment ago: another took the last


def _invite(row: Row[Any]) -> InviteRow:
    return InviteRow(
        row.id, row.made_by, row.created_at, row.expires_at, row.uses, row.uses_left, row.revoked_at
    )
