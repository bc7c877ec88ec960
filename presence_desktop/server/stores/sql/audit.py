"""The audit log: every act of administration passes here, in the transaction that does it.

Asks the rule (`domain.authority`) with both rows locked, and writes the line. Nothing here changes or removes one.
"""

from sqlalchemy import Row, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.errors import MESSAGES, Code, Refused
from presence_desktop.server.domain.accounts import Role
from presence_desktop.server.domain.authority import Standing, refusal
from presence_desktop.server.services.accounts.administration_ports import Deed
from presence_desktop.server.stores.sql.tables import audit_log, users

_NO_OWNER_LEFT = "The server needs an owner: hand it over first."


async def lock(connection: AsyncConnection, *user_ids: int | None) -> None:
    """Hold these accounts and the owner's until the transaction ends, always in the same order."""
    which = or_(users.c.id.in_([user_id for user_id in user_ids if user_id]), users.c.role == Role.OWNER)
    await connection.execute(select(users.c.id).where(which).order_by(users.c.id).with_for_update())


async def perform(
    connection: AsyncConnection, deed: Deed, *, target_id: int | None = None, detail: str | None = None
) -> None:
    """See that it may be done, and write it down. Raises Refused(FORBIDDEN | LAST_OWNER | UNKNOWN_USER)."""
    actor = await _found(connection, deed.by)
    target = await _found(connection, target_id)
    if target_id is not None and target is None:
        raise Refused(Code.UNKNOWN_USER)
    if deed.by is not None and actor is None:
        raise Refused(Code.FORBIDDEN)
    code = refusal(_standing(actor), deed.act, _standing(target))
    if code is not None:
        raise Refused(code, _NO_OWNER_LEFT if code is Code.LAST_OWNER else MESSAGES[code])
    await connection.execute(
        insert(audit_log).values(
            at=deed.at,
            actor_id=deed.by,
            actor=actor.username if actor else None,
            act=deed.act.value,
            target_id=target_id,
            target=target.email if target else None,
            detail=detail,
        )
    )


async def _found(connection: AsyncConnection, user_id: int | None) -> "Row[tuple[object, ...]] | None":
    if user_id is None:
        return None
    return (await connection.execute(select(users).where(users.c.id == user_id))).one_or_none()


def _standing(row: "Row[tuple[object, ...]] | None") -> Standing | None:
    return Standing(row.id, Role(row.role), row.disabled) if row else None
