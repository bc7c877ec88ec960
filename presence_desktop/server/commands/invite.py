"""`presence-server invite`: makes invites, also while a server runs."""

import argparse
from typing import Any

from presence_desktop.server.commands import invites_made, link
from presence_desktop.server.commands.on_accounts import on_accounts
from presence_desktop.server.commands.options import Commands, config, positive


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of this command."""
    invite = commands.add_parser("invite", parents=[folder], help="print a new invite")
    invite.add_argument("--uses", type=positive(int), help="how many accounts it is good for")
    invite.add_argument("--hours", type=positive(float), help="how long it holds")
    invite.add_argument("--link", action="store_true", help="print it as a link that the app opens")
    invite.add_argument(
        "--server",
        action="append",
        type=link.server_address,
        metavar="URL",
        help="an address for the link, in place of the settings' (may be given more than once)",
    )
    invite.set_defaults(command=_make)
    invites_made.add_to(invite)


def _make(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        life = round(options.hours * 3_600_000) if options.hours else None
        invite = await side.invites.make(uses=options.uses, life=life)
        if options.link:
            await side.naming.start()
            called = side.naming.name
            return link.write(config(options), options.server, invite.code, invite.expires_at, called)
        return str(invite.code)

    return on_accounts(options, work)
