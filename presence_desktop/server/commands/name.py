"""`presence-server name`: what the server is called, also while it serves; it follows within seconds."""

import argparse
from typing import Any

from presence_desktop.protocol.admin_rest import Renaming
from presence_desktop.server.commands.on_accounts import on_accounts
from presence_desktop.server.commands.options import Commands
from presence_desktop.server.commands.typed import typed


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of this command."""
    name = commands.add_parser("name", parents=[folder], help="print the server's name, or give it another")
    which = name.add_mutually_exclusive_group()
    which.add_argument("name", nargs="?", help="the new name; it is told to everybody who connects")
    which.add_argument("--none", action="store_true", help="take the name away: the address stands for it")
    name.set_defaults(command=_name)


def _name(options: argparse.Namespace) -> int:
    wanted = None if options.name is None else typed(Renaming, name=options.name).name

    async def work(side: Any) -> str:
        if wanted is not None or options.none:
            await side.naming.rename(wanted)
        else:
            await side.naming.start()
        return str(side.naming.name or "")

    return on_accounts(options, work)
