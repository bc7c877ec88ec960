"""`presence-server invite`: makes invites, also while a server runs."""

import argparse
from typing import Any

from presence_desktop.server.commands import invites_made
from presence_desktop.server.commands.on_accounts import on_accounts
from presence_desktop.server.commands.options import Commands, positive


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of this command."""
    invite = commands.add_parser("invite", parents=[folder], help="print a new invite")
    invite.add_argument("--uses", type=positive(int), help="how many accounts it is good for")
    invite.add_argument("--hours", type=positive(float), help="how long it holds")
    invite.set_defaults(command=_make)
    invites_made.add_to(invite)


def _make(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        life = round(options.hours * 3_600_000) if options.hours else None
        invite = await side.invites.make(uses=options.uses, life=life)
        return str(invite.code)

    return on_accounts(options, work)
