"""`presence-server migrate`: brings the database up to date without serving."""

import argparse
from typing import Any

from presence_desktop.server.commands.on_accounts import on_accounts
from presence_desktop.server.commands.options import Commands


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of this command."""
    migrate = commands.add_parser("migrate", parents=[folder], help="bring the database up to date")
    migrate.set_defaults(command=_migrate)


def _migrate(options: argparse.Namespace) -> int:
    async def nothing(_side: Any) -> str:
        return "The database is up to date."

    return on_accounts(options, nothing)
