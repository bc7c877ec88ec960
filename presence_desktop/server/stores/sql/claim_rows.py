"""The tables of claims and custom statuses (`services.ports.ClaimRows`): what people chose, kept over restarts.

Several servers write here. A person's stamp is raised first, which holds the row until the transaction ends; only who
finds the own stamp there afterwards writes the choices. So the newest stands, in whichever order the servers come.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import Choices, Claim, CustomText
from presence_desktop.server.services.ports import ChoicesRow, ClaimRows
from presence_desktop.server.stores.sql.database import Database, known
from presence_desktop.server.stores.sql.tables import custom_statuses as texts
from presence_desktop.server.stores.sql.tables import presence_choices as stamps
from presence_desktop.server.stores.sql.tables import presence_claims as claims

_PEOPLE_A_STATEMENT = 500
_RAISE = (
    update(stamps)
    .where(stamps.c.user_id == bindparam("who"), stamps.c.stamp < bindparam("new"))
    .values(stamp=bindparam("new"))
)


class SqlClaimRows(ClaimRows):
    """Claims and custom statuses in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, since: int = 0) -> Sequence[ChoicesRow]:
        """See ClaimRows."""
        newer = select(stamps.c.user_id).where(stamps.c.stamp >= since)
        stacks: dict[int, list[Claim]] = {}
        async with self._database.reading() as connection:
            stamped = {
                row.user_id: row.stamp
                for row in await connection.execute(select(stamps).where(stamps.c.stamp >= since))
            }
            chosen = select(claims).order_by(claims.c.user_id, claims.c.position)
            described = select(texts)
            if since:
                chosen = chosen.where(claims.c.user_id.in_(newer))
                described = described.where(texts.c.user_id.in_(newer))
            for row in await connection.execute(chosen):
                claim = Claim(Status(row.status), row.made_at, row.ends_at)
                stacks.setdefault(row.user_id, []).append(claim)
            custom = {
                row.user_id: CustomText(row.text, row.emoji, row.ends_at)
                for row in await connection.execute(described)
            }
        return [
            ChoicesRow(
                user_id, _choices(stacks.get(user_id, ()), custom.get(user_id)), stamped.get(user_id, 0)
            )
            for user_id in sorted(stacks.keys() | custom.keys() | stamped.keys())
        ]

    async def save(self, rows: Sequence[ChoicesRow]) -> None:
        """See ClaimRows."""
        newest = {row.user_id: row for row in rows}
        people = sorted(newest)
        async with self._database.writing() as connection:
            for start in range(0, len(people), _PEOPLE_A_STATEMENT):
                there = sorted(await known(connection, people[start : start + _PEOPLE_A_STATEMENT]))
                if there:
                    ours = await self._raise(connection, [newest[user_id] for user_id in there])
                    await _replace(connection, {user_id: newest[user_id].choices for user_id in ours})

    async def _raise(self, connection: AsyncConnection, rows: Sequence[ChoicesRow]) -> list[int]:
        """Put these stamps where there is no newer one; the people who have theirs now."""
        first = [{"user_id": row.user_id, "stamp": 0} for row in rows]
        await connection.execute(self._database.upsert(stamps, first, key="user_id", update=["user_id"]))
        await connection.execute(_RAISE, [{"who": row.user_id, "new": row.stamp} for row in rows])
        mine = {row.user_id: row.stamp for row in rows}
        held = await connection.execute(select(stamps).where(stamps.c.user_id.in_(mine)))
        return [row.user_id for row in held if row.stamp == mine[row.user_id]]


async def _replace(connection: AsyncConnection, people: Mapping[int, Choices | None]) -> None:
    for table in (claims, texts):
        await connection.execute(delete(table).where(table.c.user_id.in_(people)))
    for table, values in ((claims, _claims(people)), (texts, _texts(people))):
        if values:
            await connection.execute(insert(table), values)


def _choices(stack: Iterable[Claim], custom: CustomText | None) -> Choices | None:
    choices = Choices(tuple(stack), custom)
    return choices if choices.claims or custom is not None else None


def _claims(people: Mapping[int, Choices | None]) -> list[dict[str, object]]:
    return [
        {
            "user_id": user_id,
            "position": position,
            "status": claim.status.value,
            "made_at": claim.made_at,
            "ends_at": claim.until,
        }
        for user_id, choices in people.items()
        if choices is not None
        for position, claim in enumerate(choices.claims)
    ]


def _texts(people: Mapping[int, Choices | None]) -> list[dict[str, object]]:
    return [
        {"user_id": user_id, "text": custom.text, "emoji": custom.emoji, "ends_at": custom.until}
        for user_id, choices in people.items()
        if choices is not None and (custom := choices.custom) is not None
    ]
