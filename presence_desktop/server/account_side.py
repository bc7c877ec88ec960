"""Builds all that has to do with accounts from the settings, for the server and for its command line.

Knows nothing of the web, so that `presence-server user add` starts quickly.
"""

import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

from presence_desktop.server import log
from presence_desktop.server.config import Config
from presence_desktop.server.domain.accounts import Registration
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.services.accounts import Accounts
from presence_desktop.server.services.administration import Administration
from presence_desktop.server.services.invites import Invites
from presence_desktop.server.services.passwords import Passwords
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.administration import SqlAdministration
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.invites import SqlInvites
from presence_desktop.server.stores.sql.sign_ins import SqlSignIns

_log = logging.getLogger("presence.server")


def milliseconds(seconds: float) -> int:
    """A setting as the services want it."""
    return round(seconds * 1000)


@contextlib.asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Database]:
    """The database of these settings, its schema brought up to date."""
    database = Database(config.database)
    try:
        if await schema.migrate(database):
            _log.info("database.migrated", extra=log.fields(schema=schema.REVISIONS[-1]))
        yield database
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class AccountSide:
    """All that has to do with accounts, for the server and for the command line."""

    accounts: Accounts
    administration: Administration
    invites: Invites
    passwords: Passwords
    store: SqlAccounts
    sign_ins: SqlSignIns
    by_address: Window


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
    return AccountSide(accounts, administration, invites, passwords, store, sign_ins, by_address)
