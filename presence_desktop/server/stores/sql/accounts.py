"""The table of accounts (`services.accounts.ports.AccountStore`)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import Role, first_role
from presence_desktop.server.domain.authority import Act
from presence_desktop.server.services.accounts.administration_ports import Deed
from presence_desktop.server.services.accounts.ports import AccountRow, AccountStore, NewAccount
from presence_desktop.server.stores.sql.audit import perform
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.invites import use_up
from presence_desktop.server.stores.sql.sign_ins import end_all
from presence_desktop.server.stores.sql.tables import users


class SqlAccounts(AccountStore):
    """Accounts in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def changed_since(self, moment: int) -> Sequence[AccountRow]:
        """See AccountStore."""
        found = select(users).where(users.c.changed_at >= moment).order_by(users.c.id)
        async with self._database.reading() as connection:
            return [account(row) for row in await connection.execute(found)]

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

    async def add(
        self, new: NewAccount, *, invite: str | None, now: int, by_operator: bool = False
    ) -> AccountRow:
        """See AccountStore."""
        try:
            async with self._database.writing() as connection:
                if invite is not None:
                    await use_up(connection, invite, now)
                role = first_role(accounts=await _count(connection))
                values = {"email": new.email, "username": new.username, "password_hash": new.password_hash}
                made = await connection.execute(
                    insert(users).values(**values, role=role.value, created_at=now, changed_at=now)
                )
                user_id = int(made.lastrowid)
                if by_operator:
                    await perform(connection, Deed(Act.ADD, None, now), target_id=user_id)
        except IntegrityError:
            raise Refused(Code.EMAIL_TAKEN) from None
        return AccountRow(
            user_id, new.email, new.username, None, role, disabled=False, changed_at=now,
            password_hash=new.password_hash,
        )  # fmt: skip

    async def set_password(self, row: AccountRow, password_hash: str, *, spare: str, now: int) -> bool:
        """See AccountStore."""
        values = {"password_hash": password_hash, "changed_at": now}
        still = users.c.id == row.user_id, users.c.password_hash == row.password_hash
        async with self._database.writing(durable=True) as connection:
            if (await connection.execute(update(users).where(*still).values(values))).rowcount != 1:
                return False
            await end_all(connection, row.user_id, now=now, spare=spare)
        return True

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
    return account(row) if row else None


async def _count(connection: AsyncConnection) -> int:
    return int((await connection.execute(select(func.count()).select_from(users))).scalar_one())


def account(row: Row[Any]) -> AccountRow:
    """A row of the table, as the services know it."""
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
