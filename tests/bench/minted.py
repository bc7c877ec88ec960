"""Accounts and tokens for the benchmark: written straight into the store, signed with the server's own key.

Signing in thousands of people with argon2 is not what is measured.
"""

import asyncio
from pathlib import Path

import jwt
from sqlalchemy import insert

from presence_desktop.server.clock import SystemClock
from presence_desktop.server.config import Config
from presence_desktop.server.services.accounts.tokens import Lifetimes, Tokens
from presence_desktop.server.stores import folder
from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.tables import users

DAY = 86_400_000
REFERENCE_SECRET = "bench-secret-bench-secret-bench-secret-0"


def mint(data_dir: Path, count: int) -> list[str]:
    """Make `count` accounts in a new data folder; a token of each."""
    config = Config(data_dir=data_dir)
    folder.prepare(data_dir)
    now = SystemClock().now()
    asyncio.run(_fill(config, count, now))
    tokens = Tokens(
        folder.key(config.key_path),
        clock=SystemClock(),
        lifetimes=Lifetimes(DAY, DAY),
        account=lambda user_id: False,
    )
    return [
        tokens.access(number, f"user{number}", tokens.new_family(), tokens.new_refresh(), now=now)
        for number in range(1, count + 1)
    ]


async def _fill(config: Config, count: int, now: int) -> None:
    database = Database(config.database)
    try:
        await schema.migrate(database)
        rows = [
            {
                "email": f"user{number}@example.org",
                "username": f"user{number}",
                "password_hash": "none",
                "role": "owner" if number == 1 else "member",
                "created_at": now,
                "changed_at": now,
            }
            for number in range(1, count + 1)
        ]
        async with database.writing() as connection:
            await connection.execute(insert(users), rows)
    finally:
        await database.close()


def mint_for_reference(count: int) -> list[str]:
    """The same for the reference server, which keeps no accounts."""
    return [
        jwt.encode({"sub": str(number), "username": f"user{number}"}, REFERENCE_SECRET)
        for number in range(1, count + 1)
    ]
