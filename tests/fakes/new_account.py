"""An account as `presence-server user add` makes it, also beside a running server, without a process of its own: a
second less. The command itself is tried in `tests/server/test_command_line.py`.
"""

import asyncio
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

from presence_desktop.protocol.rest import Register
from presence_desktop.server import account_side, config
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.stores import folder


def make(data_dir: Path, variables: Mapping[str, str], wanted: Register) -> None:
    """Make it in the server's data folder, with the server's settings. Raises Refused."""
    with mock.patch.dict(os.environ, variables):
        used = config.load(data_dir=data_dir)
    folder.prepare(used.data_dir)
    with ThreadPoolExecutor(1) as apart:  # there may be a loop running here
        apart.submit(asyncio.run, _made(used, wanted)).result()


async def _made(used: config.Config, wanted: Register) -> None:
    async with account_side.opened(used) as database:
        side = account_side.account_side(used, database, SystemClock())
        try:
            await side.accounts.add(wanted.email, wanted.username, wanted.password)
        finally:
            side.passwords.close()
