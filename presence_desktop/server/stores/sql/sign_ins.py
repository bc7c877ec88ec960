"""The tables of sign-ins and refresh tokens (`services.accounts.ports.SignInStore`)."""

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.server.domain.accounts import RefreshState
from presence_desktop.server.services.accounts.ports import (
    AccountRow,
    NewRefresh,
    RefreshRow,
    RevokedFamily,
    SignInRow,
    SignInStore,
)
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.tables import refresh_tokens, sign_ins, users


class SqlSignIns(SignInStore):
    """Sign-ins in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(
        self, family: str, row: AccountRow, token: NewRefresh, *, now: int, device: str | None = None
    ) -> bool:
        """See SignInStore. The account's row is locked, as it is by who shuts it out."""
        held = {"created_at": now, "used_at": now, "expires_at": token.expires_at, "device": device}
        same = users.c.id == row.user_id, users.c.password_hash == row.password_hash
        still = select(users.c.id).where(*same, users.c.disabled.is_(False)).with_for_update()
        async with self._database.writing() as connection:
            if (await connection.execute(still)).first() is None:
                return False
            await connection.execute(insert(sign_ins).values(family=family, user_id=row.user_id, **held))
            await connection.execute(insert(refresh_tokens).values(_new(token, family)))
        return True

    async def held_by(self, user_id: int, *, now: int) -> Sequence[SignInRow]:
        """See SignInStore."""
        used = func.coalesce(sign_ins.c.used_at, sign_ins.c.created_at)
        held = sign_ins.c.user_id == user_id, sign_ins.c.revoked_at.is_(None), sign_ins.c.expires_at > now
        columns = sign_ins.c.family, sign_ins.c.device, sign_ins.c.created_at, used
        found = select(*columns).where(*held).order_by(used.desc(), sign_ins.c.family)
        async with self._database.reading() as connection:
            return [SignInRow(*row) for row in await connection.execute(found)]

    async def find(self, token_hash: str) -> RefreshRow | None:
        """See SignInStore."""
        found = (
            select(refresh_tokens, sign_ins.c.user_id, sign_ins.c.revoked_at)
            .join(sign_ins, sign_ins.c.family == refresh_tokens.c.family)
            .where(refresh_tokens.c.token_hash == token_hash)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(found)).one_or_none()
        if row is None:
            return None
        state = RefreshState(row.expires_at, row.used_at, row.revoked_at)
        return RefreshRow(row.token_hash, row.family, row.user_id, state)

    async def rotate(self, old: RefreshRow, successor: NewRefresh, *, now: int) -> int:
        """See SignInStore."""
        this = refresh_tokens.c.token_hash == old.token_hash
        unused = refresh_tokens.c.used_at.is_(None)
        async with self._database.writing() as connection:
            used = await connection.execute(update(refresh_tokens).where(this, unused).values(used_at=now))
            if used.rowcount != 1:
                first = await connection.execute(select(refresh_tokens.c.used_at).where(this))
                return int(first.scalar_one())
            await connection.execute(insert(refresh_tokens).values(_new(successor, old.family)))
            longer = {"expires_at": successor.expires_at, "used_at": now}
            await connection.execute(update(sign_ins).where(sign_ins.c.family == old.family).values(longer))
        return now

    async def revoke(self, family: str, *, now: int) -> None:
        """See SignInStore."""
        held = sign_ins.c.family == family, sign_ins.c.revoked_at.is_(None)
        async with self._database.writing() as connection:
            await connection.execute(update(sign_ins).where(*held).values(revoked_at=now))

    async def revoked_since(self, moment: int) -> Sequence[RevokedFamily]:
        """See SignInStore."""
        found = select(sign_ins).where(sign_ins.c.revoked_at >= moment)
        async with self._database.reading() as connection:
            rows = await connection.execute(found)
            return [RevokedFamily(row.family, row.user_id, row.revoked_at) for row in rows]

    async def forget(self, before: int) -> None:
        """See SignInStore."""
        async with self._database.writing() as connection:
            await connection.execute(delete(refresh_tokens).where(refresh_tokens.c.expires_at < before))
            await connection.execute(delete(sign_ins).where(sign_ins.c.expires_at < before))


async def end_all(connection: AsyncConnection, user_id: int, *, now: int, spare: str = "") -> None:
    """End all sign-ins of this account that hold, but the one to spare."""
    held = sign_ins.c.user_id == user_id, sign_ins.c.revoked_at.is_(None), sign_ins.c.family != spare
    await connection.execute(update(sign_ins).where(*held).values(revoked_at=now))


def _new(token: NewRefresh, family: str) -> dict[str, object]:
    return {"token_hash": token.token_hash, "family": family, "expires_at": token.expires_at}
