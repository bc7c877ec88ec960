"""Several servers on one Redis and one database, with people whose accounts and tokens are made without a request."""

import asyncio
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from presence_desktop.server.clock import SystemClock
from presence_desktop.server.services.accounts.tokens import Lifetimes, Tokens
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.tables import users
from tests.fakes import new_database
from tests.fakes.daemon import Daemon, mariadb, redis
from tests.fakes.live_client import LiveClient
from tests.fakes.server_process import ServerProcess
from tests.waiting import eventually

LEASE = 2.0
BEAT = 0.3
TIMINGS = {
    "node_lease_seconds": LEASE,
    "node_beat_seconds": BEAT,
    "grace_seconds": 0.4,
    "ping_interval_seconds": 2,
    "ping_timeout_seconds": 1.5,
    "accounts_poll_seconds": 0.2,
}


@dataclass
class Several:
    """The servers, Redis (`redis` can be killed and started), the database's URL, the folder of everything."""

    servers: list[ServerProcess]
    redis: Daemon
    database_url: str
    folder: Path

    def people(self, count: int) -> dict[int, str]:
        """That many new accounts, known to all servers: a token by user id."""
        with ThreadPoolExecutor(1) as apart:  # there may be a loop running here
            made = apart.submit(asyncio.run, _accounts(self.database_url, count)).result()
        key = (self.folder / "secret.key").read_bytes().strip()
        day = 86_400_000
        tokens = Tokens(key, clock=SystemClock(), lifetimes=Lifetimes(day, day), account=lambda _: False)
        now = SystemClock().now()
        minted = {
            user_id: tokens.access(user_id, f"user{user_id}", tokens.new_family(), "none", now=now)
            for user_id in made
        }
        last = max(minted)
        for server in self.servers:
            eventually(lambda server=server: self._knows(server, last, minted[last]), within=20)
        return minted

    def clients(self, count: int) -> list[LiveClient]:
        """A client for each of that many new people, not connected yet."""
        return [LiveClient(token, user_id=user_id) for user_id, token in self.people(count).items()]

    @staticmethod
    def _knows(server: ServerProcess, user_id: int, token: str) -> bool:
        headers = {"Authorization": f"Bearer {token}"}
        return server.get(f"/api/online-status/{user_id}", headers=headers).status_code == 200


async def _accounts(url: str, count: int) -> list[int]:
    database, now = Database(url), SystemClock().now()
    try:
        async with database.writing() as connection:
            made = []
            for _ in range(count):
                name = f"{secrets.token_hex(6)}"
                values = {"email": f"{name}@example.org", "username": name, "password_hash": "none"}
                row = await connection.execute(insert(users).values(**values, created_at=now, changed_at=now))
                made.append(int(row.inserted_primary_key[0]))
            return made
    finally:
        await database.close()


@contextmanager
def several(folder: Path, count: int, *, database: str = "sqlite", **settings: object) -> Iterator[Several]:
    """That many servers, stopped at the end; `database` is sqlite (one file for all) or mariadb."""
    with ExitStack() as stack:
        url = f"sqlite+aiosqlite:///{folder / 'presence.db'}"
        if database == "sqlite":
            new_database.lay(folder / "presence.db")
        else:
            engine, url = mariadb(folder)
            stack.callback(engine.stop)
        cache, redis_url = redis(folder)
        cache.start()
        stack.callback(cache.stop)
        shared = {
            "redis_url": redis_url,
            "database_url": url,
            "key_file": folder / "secret.key",
            "files_dir": folder / "files",
        }
        servers = [
            ServerProcess(folder / f"node{number}", **TIMINGS, **shared, **settings)
            for number in range(count)
        ]
        for server in servers:
            stack.callback(_end, server)
            server.start()
        yield Several(servers, cache, url, folder)


def _end(server: ServerProcess) -> None:
    if server.process is not None:
        server.stop()
