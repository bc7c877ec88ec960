"""The tables of claims and custom statuses (`services.ports.ClaimRows`): what people chose, kept over restarts."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import Choices, Claim, CustomText
from presence_desktop.server.services.ports import ChoicesRow, ClaimRows
from presence_desktop.server.stores.sql.database import Database, known
from presence_desktop.server.stores.sql.tables import custom_statuses as texts
from presence_desktop.server.stores.sql.tables import presence_claims as claims

_PEOPLE_A_STATEMENT = 500


class SqlClaimRows(ClaimRows):
    """Claims and custom statuses in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self) -> Sequence[ChoicesRow]:
        """See ClaimRows."""
        stacks: dict[int, list[Claim]] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(select(claims).order_by(claims.c.user_id, claims.c.position)):
                claim = Claim(Status(row.status), row.made_at, row.ends_at)
                stacks.setdefault(row.user_id, []).append(claim)
            custom = {
                row.user_id: CustomText(row.text, row.emoji, row.ends_at)
                for row in await connection.execute(select(texts))
            }
        return [
            ChoicesRow(user_id, Choices(tuple(stacks.get(user_id, ())), custom.get(user_id)))
            for user_id in sorted(stacks.keys() | custom.keys())
        ]

    async def save(self, rows: Sequence[ChoicesRow]) -> None:
        """See ClaimRows."""
        newest = {row.user_id: row.choices or Choices() for row in rows}
        people = list(newest)
        async with self._database.writing() as connection:
            for start in range(0, len(people), _PEOPLE_A_STATEMENT):
                some = people[start : start + _PEOPLE_A_STATEMENT]
                for table in (claims, texts):
                    await connection.execute(delete(table).where(table.c.user_id.in_(some)))
                there = {user_id: newest[user_id] for user_id in await known(connection, some)}
                for table, values in ((claims, _claims(there)), (texts, _texts(there))):
                    if values:
                        await connection.execute(insert(table), values)


def _claims(people: dict[int, Choices]) -> list[dict[str, object]]:
    return [
        {
            "user_id": user_id,
            "position": position,
            "status": claim.status.value,
            "made_at": claim.made_at,
            "ends_at": claim.until,
        }
        for user_id, choices in people.items()
        for position, claim in enumerate(choices.claims)
    ]


def _texts(people: dict[int, Choices]) -> list[dict[str, object]]:
    return [
        {"user_id": user_id, "text": custom.text, "emoji": custom.emoji, "ends_at": custom.until}
        for user_id, choices in people.items()
        if (custom := choices.custom) is not None
    ]
