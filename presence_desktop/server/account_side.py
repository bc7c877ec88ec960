"""Builds all that has to do with accounts from the settings, for the server and for its command line.

Knows nothing of the web, so that `presence-server user add` starts quickly.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from msgspec import Struct

from presence_desktop.server import log
from presence_desktop.server.config import Config
from presence_desktop.server.domain.accounts import Registration
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.own_program import own_program
from presence_desktop.server.services.accounts.administration import Administration
from presence_desktop.server.services.accounts.directory import Accounts
from presence_desktop.server.services.accounts.invites import Invites
from presence_desktop.server.services.accounts.passwords import Passwords
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.upkeep.naming import Naming
from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.administration import SqlAdministration
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.invites import SqlInvites
from presence_desktop.server.stores.sql.server_profile import SqlServerProfile
from presence_desktop.server.stores.sql.sign_ins import SqlSignIns

_log = logging.getLogger("presence.server")


def milliseconds(seconds: float) -> int:
    """A setting as the services want it."""
    return round(seconds * 1000)


@contextlib.asynccontextmanager
async def opened(config: Config, *, lasting: bool = False) -> AsyncIterator[Database]:
    """The database of these settings, its schema brought up to date.

    For a `lasting` process another one does that: it takes 30 MB, which Python would not give back.
    """
    database = Database(config.database)
    try:
        due = await schema.is_due(database)
        if due and lasting:
            await _migrate_apart(config)
        if await schema.migrate(database) or due:
            _log.info("database.migrated", extra=log.fields(schema=schema.REVISIONS[-1]))
        yield database
    finally:
        await database.close()


async def _migrate_apart(config: Config) -> None:
    """Have it done; what does not succeed there is done here, or said here."""
    command = own_program("migrate", "--data-dir", str(config.data_dir))
    nowhere, kept = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    with contextlib.suppress(OSError):
        child = await asyncio.create_subprocess_exec(*command, stdin=nowhere, stdout=nowhere, stderr=kept)
        _, said = await child.communicate()
        for warning in dict.fromkeys(
            said.decode(errors="replace").splitlines() if not child.returncode else ()
        ):
            _log.warning(warning)


class AccountSide(Struct, frozen=True):
    """All that has to do with accounts, for the server and for the command line."""

    accounts: Accounts
    administration: Administration
    invites: Invites
    passwords: Passwords
    store: SqlAccounts
    sign_ins: SqlSignIns
    by_address: Window
    naming: Naming


def account_side(config: Config, database: Database, clock: Clock) -> AccountSide:
    """Build it."""
    store, sign_ins = SqlAccounts(database), SqlSignIns(database)
    invites = Invites(
        SqlInvites(database),
        clock=clock,
        uses=config.invite_uses,
        life=milliseconds(config.invite_seconds),
    )
    passwords = Passwords(config.password_workers)
    by_address = Window(config.sign_in_tries_per_address, milliseconds(config.sign_in_window_seconds))
    accounts = Accounts(
        store=store,
        sign_ins=sign_ins,
        invites=invites,
        passwords=passwords,
        clock=clock,
        registration=Registration(config.registration),
        by_address=by_address,
    )
    administration = Administration(
        SqlAdministration(database), passwords=passwords, clock=clock, profiles=accounts.profile
    )
    naming = Naming(SqlServerProfile(database), clock)
    return AccountSide(accounts, administration, invites, passwords, store, sign_ins, by_address, naming)
