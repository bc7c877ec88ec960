"""What is done to accounts by others, and the reading of the audit log (`administration_ports.AdministrationStore`)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import Role
from presence_desktop.server.domain.authority import ROLES, Act
from presence_desktop.server.services.accounts.administration_ports import (
    AdministrationStore,
    AuditRow,
    Deed,
    PersonRow,
)
from presence_desktop.server.services.accounts.ports import AccountRow
from presence_desktop.server.stores.sql.accounts import account
from presence_desktop.server.stores.sql.audit import lock, perform
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.sign_ins import end_all
from presence_desktop.server.stores.sql.tables import audit_log, sign_ins, users


class SqlAdministration(AdministrationStore):
    """Administration in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def treat(self, user: int | str, deed: Deed, *, password_hash: str | None = None) -> AccountRow:
        """See AdministrationStore."""
        async with self._database.writing(durable=True) as connection:
            user_id = user if isinstance(user, int) else await _id_of(connection, user)
            await lock(connection, deed.by, user_id)
            await perform(connection, deed, target_id=user_id)
            values = _values(deed.act, password_hash)
            which = users.c.id == user_id
            if deed.act is Act.HAND_OVER:
                others = users.c.role == Role.OWNER, users.c.id != user_id
                await connection.execute(
                    update(users).where(*others).values(role=Role.ADMIN.value, changed_at=deed.at)
                )
            await connection.execute(update(users).where(which).values(changed_at=deed.at, **values))
            if deed.act in (Act.DISABLE, Act.RESET_PASSWORD):
                await end_all(connection, user_id, now=deed.at)
            return account((await connection.execute(select(users).where(which))).one())

    async def record(self, deed: Deed, *, detail: str | None = None) -> None:
        """See AdministrationStore."""
        async with self._database.writing(durable=True) as connection:
            await perform(connection, deed, detail=detail)

    async def people(self, *, after: int, limit: int, find: str | None, now: int) -> Sequence[PersonRow]:
        """See AdministrationStore."""
        wanted = _people(now).where(users.c.id > after).order_by(users.c.id).limit(limit)
        if find:
            wanted = wanted.where(_stands_in(find, users.c.username, users.c.email))
        async with self._database.reading() as connection:
            return [_person(row) for row in await connection.execute(wanted)]

    async def person(self, user_id: int, *, now: int) -> PersonRow | None:
        """See AdministrationStore."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_people(now).where(users.c.id == user_id))).one_or_none()
        return _person(row) if row else None

    async def log(
        self, *, before: int | None, limit: int, kind: str | None = None, find: str | None = None
    ) -> Sequence[AuditRow]:
        """See AdministrationStore."""
        wanted = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(audit_log.c.id < before)
        if kind is not None:
            wanted = wanted.where(audit_log.c.act.startswith(f"{kind}.", autoescape=True))
        if find:
            wanted = wanted.where(_stands_in(find, audit_log.c.actor, audit_log.c.target))
        async with self._database.reading() as connection:
            return [AuditRow(*row) for row in await connection.execute(wanted)]


def _stands_in(find: str, name: Column[Any], address: Column[Any]) -> ColumnElement[bool]:
    """Whether this stands somewhere in a name or in an address, however it is typed."""
    as_typed = name.contains(find, autoescape=True)  # SQLite knows the capitals of English only
    anyhow = (each.contains(find.lower(), autoescape=True) for each in (func.lower(name), address))
    return or_(as_typed, *anyhow)


def _values(act: Act, password_hash: str | None) -> dict[str, object]:
    if act is Act.RESET_PASSWORD:
        return {"password_hash": password_hash}
    if act in ROLES:
        return {"role": ROLES[act].value}
    return {"disabled": act is Act.DISABLE}


async def _id_of(connection: AsyncConnection, email: str) -> int:
    found = (await connection.execute(select(users.c.id).where(users.c.email == email))).scalar()
    if found is None:
        raise Refused(Code.UNKNOWN_USER)
    return int(found)


def _people(now: int) -> Select[Any]:
    held = sign_ins.c.user_id == users.c.id, sign_ins.c.revoked_at.is_(None), sign_ins.c.expires_at > now
    devices = select(func.count()).select_from(sign_ins).where(*held).scalar_subquery()
    return select(users, devices.label("devices"))


def _person(row: Row[Any]) -> PersonRow:
    return PersonRow(account(row), row.created_at, row.devices)
