"""`presence-server user`: accounts, also while a server runs; it follows within a second."""

import argparse
import sys
from typing import Any

from presence_desktop.protocol.errors import MESSAGES, Code, Refused
from presence_desktop.server.commands.on_accounts import on_accounts
from presence_desktop.server.commands.options import Commands


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of these commands."""
    user = commands.add_parser("user", help="add, disable or enable an account")
    users = user.add_subparsers(metavar="COMMAND", required=True)
    new = users.add_parser("add", parents=[folder], help="make an account; the first one is the owner")
    new.add_argument("email")
    new.add_argument("--username", required=True, help="the name others see")
    new.add_argument(
        "--password-stdin", action="store_true", required=True, help="read the password from standard input"
    )
    new.set_defaults(command=_add)
    for word, disabled in (("disable", True), ("enable", False)):
        change = users.add_parser(word, parents=[folder], help=f"{word} an account, also while serving")
        change.add_argument("email")
        change.set_defaults(command=_disable, disabled=disabled)


def _add(options: argparse.Namespace) -> int:
    from pydantic import ValidationError

    from presence_desktop.protocol.rest import Register

    password = sys.stdin.readline().rstrip("\r\n")
    try:
        wanted = Register(email=options.email, username=options.username, password=password)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        message = f"{MESSAGES[Code.INVALID_PAYLOAD]} ({first['loc'][0]}: {first['msg']})"
        raise Refused(Code.INVALID_PAYLOAD, message) from None

    async def work(side: Any) -> str:
        row = await side.accounts.add(wanted.email, wanted.username, wanted.password)
        return f"{row.role.value} {row.email} has user id {row.user_id}"

    return on_accounts(options, work)


def _disable(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        row = await side.administration.set_disabled(options.email, disabled=options.disabled)
        return f"{row.email} is {'disabled' if row.disabled else 'enabled'}"

    return on_accounts(options, work)
