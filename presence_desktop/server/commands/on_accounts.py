"""How a command works on the accounts of a data folder, whether or not a server is running on it."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from presence_desktop.server.commands.options import config


def on_accounts(options: argparse.Namespace, work: Callable[[Any], Awaitable[str]]) -> int:
    """Do it with an `AccountSide`, and print what it says; the exit status."""
    from presence_desktop.server import account_side
    from presence_desktop.server.clock import SystemClock
    from presence_desktop.server.stores import folder

    used = config(options)

    async def run() -> str:
        async with account_side.opened(used) as database:
            side = account_side.account_side(used, database, SystemClock())
            try:
                return await work(side)
            finally:
                side.passwords.close()

    folder.prepare(used.data_dir)
    print(asyncio.run(run()))
    return 0
