"""The audit log only grows, in both databases, whoever tries."""

import asyncio

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.authority import Act
from presence_desktop.server.services.accounts.administration_ports import Deed, NewInvite
from presence_desktop.server.services.accounts.ports import NewAccount
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.administration import SqlAdministration
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.invites import SqlInvites
from presence_desktop.server.stores.sql.tables import audit_log

NOW = 1_700_000_000_000


async def test_a_line_cannot_be_changed_or_removed(database: Database) -> None:
    administration = SqlAdministration(database)
    await SqlAccounts(database).add(NewAccount("ann@x", "앤", "hash"), invite=None, now=NOW, by_operator=True)
    await administration.record(Deed(Act.BACK_UP, 1, NOW + 1), detail="one")
    before = await administration.log(before=None, limit=9)
    assert [(row.actor, row.act, row.target, row.detail) for row in before] == [
        ("앤", "backup.made", None, "one"),
        (None, "account.added", "ann@x", None),
    ]
    for tried in (
        update(audit_log).values(actor="Eve"),
        delete(audit_log),
        delete(audit_log).where(audit_log.c.id == 1),
        text("REPLACE INTO audit_log (id, at, act) VALUES (1, 2, 'forged')"),
    ):
        with pytest.raises((StoreUnavailable, IntegrityError), match="only grows"):
            async with database.writing() as connection:
                await connection.execute(tried)
    assert await administration.log(before=None, limit=9) == before


async def test_it_outlives_the_people_it_names(database: Database) -> None:
    await SqlAccounts(database).add(
        NewAccount("ann@x", "Ann", "hash"), invite=None, now=NOW, by_operator=True
    )
    await SqlInvites(database).add(NewInvite(1, NOW + 9, "hash"), Deed(Act.INVITE, 1, NOW))
    async with database.writing() as connection:
        await connection.execute(text("DELETE FROM users"))
    assert [row.act for row in await SqlAdministration(database).log(before=None, limit=9)] == [
        "invite.made", "account.added",
    ]  # fmt: skip


async def test_of_hand_overs_at_once_one_is_done(database: Database) -> None:
    accounts, administration = SqlAccounts(database), SqlAdministration(database)
    for name in ("ann", "bob", "cho", "dan"):
        await accounts.add(NewAccount(f"{name}@x", name, "hash"), invite=None, now=NOW)
    outcomes = await asyncio.gather(
        *(administration.treat(user_id, Deed(Act.HAND_OVER, 1, NOW)) for user_id in (2, 3, 4)),
        return_exceptions=True,
    )
    assert [out.code for out in outcomes if isinstance(out, Refused)] == [Code.FORBIDDEN] * 2
    roles = [row.role for row in await accounts.changed_since(0)]
    assert sorted(roles) == ["admin", "member", "member", "owner"]
