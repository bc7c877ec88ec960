"""The table of accounts (`services.account_ports.AccountStore`)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import Role, first_role
from presence_desktop.server.services.account_ports import AccountRow, AccountStore, NewAccount
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.invites import still_holds
from presence_desktop.server.stores.sql.tables import invites, sign_ins, users


class SqlAccounts(AccountStore):
    """Accounts in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def changed_since(self, moment: int) -> Sequence[AccountRow]:
        """See AccountStore."""
        found = select(users).where(users.c.changed_at >= moment).order_by(users.c.id)
        async with self._database.reading() as connection:
            return [_account(row) for row in await connection.execute(found)]

    async def by_email(self, key: str) -> AccountRow | None:
        """See AccountStore."""
        async with self._database.reading() as connection:
            return await _one(connection, users.c.email == key)

    async def by_id(self, user_id: int) -> AccountRow | None:
        """See AccountStore."""
        async with self._database.reading() as connection:
            return await _one(connection, users.c.id == user_id)

    async def count(self) -> int:
        """See AccountStore."""
        async with self._database.reading() as connection:
            return await _count(connection)

    async def add(self, new: NewAccount, *, invite: str | None, now: int) -> AccountRow:
        """See AccountStore."""
        try:
            async with self._database.writing() as connection:
                if invite is not None:
                    await _use_invite(connection, invite, now)
                role = first_role(accounts=await _count(connection))
                values = {"email": new.email, "username": new.username, "password_hash": new.password_hash}
                made = await connection.execute(
                    insert(users).values(**values, role=role.value, created_at=now, changed_at=now)
                )
                user_id = int(made.lastrowid)
        except IntegrityError:
            raise Refused(Code.EMAIL_TAKEN) from None
        return AccountRow(
            user_id, new.email, new.username, None, role, disabled=False, changed_at=now,
            password_hash=new.password_hash,
        )  # fmt: skip

    async def set_disabled(self, key: str, *, disabled: bool, now: int) -> AccountRow | None:
        """See AccountStore."""
        async with self._database.writing() as connection:
            row = await _one(connection, users.c.email == key)
            if row is None:
                return None
            await connection.execute(
                update(users).where(users.c.id == row.user_id).values(disabled=disabled, changed_at=now)
            )
            if disabled:
                open_ones = sign_ins.c.user_id == row.user_id, sign_ins.c.revoked_at.is_(None)
                await connection.execute(update(sign_ins).where(*open_ones).values(revoked_at=now))
            return await _one(connection, users.c.email == key)

    async def set_avatar(
        self, user_id: int, avatar: str | None, *, now: int
    ) -> tuple[AccountRow, str | None] | None:
        """See AccountStore. The row is locked: of two changes at once each learns which avatar it replaced."""
        which = users.c.id == user_id
        async with self._database.writing() as connection:
            await connection.execute(select(users.c.id).where(which).with_for_update())
            row = await _one(connection, which)
            if row is None:
                return None
            await connection.execute(update(users).where(which).values(avatar=avatar, changed_at=now))
        return replace(row, avatar=avatar, changed_at=now), row.avatar


async def _one(connection: AsyncConnection, which: ColumnElement[bool]) -> AccountRow | None:
    row = (await connection.execute(select(users).where(which))).one_or_none()
    return _account(row) if row else None


async def _count(connection: AsyncConnection) -> int:
    return int((await connection.execute(select(func.count()).select_from(users))).scalar_one())


async def _use_invite(connection: AsyncConnection, code_hash: str, now: int) -> None:
    used = await connection.execute(
        update(invites).where(*still_holds(code_hash, now)).values(uses_left=invites.c.uses_left - 1)
    )
    if used.rowcount != 1:
        raise Refused(Code.INVITE_INVALID)


def _account(row: Row[Any]) -> AccountRow:
    return AccountRow(
        user_id=row.id,
        email=row.email,
        username=row.username,
        avatar=row.avatar,
        role=Role(row.role),
        disabled=row.disabled,
        changed_at=row.changed_at,
        password_hash=row.password_hash,
    )
