"""What was done to the server itself at the command line, written into its audit log.

Decides that the log is never a reason not to do it: what cannot be written is said, and what was done stands.
"""

import asyncio
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presence_desktop.server.domain.authority import Act

_MOST = 250
"""Characters that a line's detail has room for."""


def write(database: str, act: "Act", detail: str) -> None:
    """Log this in the database with this URL, where it is one of this version (nothing is migrated for it)."""
    from presence_desktop.server.services.ports import StoreUnavailable
    from presence_desktop.server.stores.sql.schema import SchemaTooNew

    try:
        asyncio.run(_write(database, act, detail[:_MOST]))
    except (StoreUnavailable, SchemaTooNew) as error:
        sys.stderr.write(f"presence-server: this is not in the audit log: {error}\n")


async def _write(url: str, act: "Act", detail: str) -> None:
    from presence_desktop.server.clock import SystemClock
    from presence_desktop.server.services.accounts.administration_ports import Deed
    from presence_desktop.server.stores.sql import schema
    from presence_desktop.server.stores.sql.administration import SqlAdministration
    from presence_desktop.server.stores.sql.database import Database

    database = Database(url)
    try:
        if not await schema.is_due(database):
            await SqlAdministration(database).record(Deed(act, None, SystemClock().now()), detail=detail)
    finally:
        await database.close()
