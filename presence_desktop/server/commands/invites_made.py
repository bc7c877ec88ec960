"""`presence-server invite list` and `invite revoke`: the invites there are, without their codes, which are not kept."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presence_desktop.protocol.errors import Code
from presence_desktop.server.commands.on_accounts import on_accounts
from presence_desktop.server.commands.options import positive

if TYPE_CHECKING:
    from presence_desktop.server.services.accounts.administration_ports import InviteRow

_PAGE = 200
_STATES = {
    None: "open",
    Code.INVITE_USED_UP: "used up",
    Code.INVITE_EXPIRED: "expired",
    Code.INVITE_REVOKED: "revoked",
}


def add_to(invite: argparse.ArgumentParser) -> None:
    """The words of these commands, behind those of `invite`."""
    folder = argparse.ArgumentParser(add_help=False)
    # no default of its own: that would take the place of what was said before `list`
    folder.add_argument("--data-dir", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="as above")
    commands = invite.add_subparsers(metavar="list|revoke", required=False)
    commands.add_parser("list", parents=[folder], help="the invites, the newest first").set_defaults(
        command=_list
    )
    revoke = commands.add_parser("revoke", parents=[folder], help="let nobody in by this invite any more")
    revoke.add_argument("id", type=positive(int), help="its number in the list")
    revoke.set_defaults(command=_revoke)


def _list(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        lines, last = ["id\tuses left\tends\tstate"], None
        while invites := await side.invites.newest(before=last, limit=_PAGE):
            lines += [_line(row, why) for row, why in invites]
            last = invites[-1][0].invite_id
        return "\n".join(lines)

    return on_accounts(options, work)


def _line(row: "InviteRow", why: Code | None) -> str:
    ends = datetime.fromtimestamp(row.expires_at / 1000).astimezone().isoformat(" ", "minutes")
    return f"{row.invite_id}\t{row.uses_left} of {row.uses}\t{ends}\t{_STATES[why]}"


def _revoke(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        await side.invites.revoke(options.id)
        return f"invite {options.id} is revoked"

    return on_accounts(options, work)
