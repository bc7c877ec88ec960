"""`presence-server user`: accounts, also while a server runs; it follows within a second. All of it is logged."""

import argparse
import sys
from typing import Any

from presence_desktop.protocol.admin_rest import PasswordReset
from presence_desktop.protocol.rest import Register
from presence_desktop.server.commands.on_accounts import on_accounts
from presence_desktop.server.commands.options import Commands
from presence_desktop.server.commands.typed import typed
from presence_desktop.server.domain.accounts import Role

_PAGE = 500


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of these commands."""
    user = commands.add_parser("user", help="list, add and look after accounts")
    users = user.add_subparsers(metavar="COMMAND", required=True)
    new = users.add_parser("add", parents=[folder], help="make an account; the first one is the owner")
    new.add_argument("email")
    new.add_argument("--username", required=True, help="the name others see")
    new.add_argument(
        "--password-stdin", action="store_true", required=True, help="read the password from standard input"
    )
    new.set_defaults(command=_add)
    _look_after(users, folder)


def _look_after(users: Commands, folder: argparse.ArgumentParser) -> None:
    users.add_parser("list", parents=[folder], help="all accounts, a line each").set_defaults(command=_list)
    for word, disabled in (("disable", True), ("enable", False)):
        change = users.add_parser(word, parents=[folder], help=f"{word} an account, also while serving")
        change.add_argument("email")
        change.set_defaults(command=_disable, disabled=disabled)
    role = users.add_parser("role", parents=[folder], help="make somebody an admin, a member, or the owner")
    role.add_argument("email")
    role.add_argument("role", choices=[role.value for role in Role])
    role.set_defaults(command=_role)
    password = users.add_parser(
        "password", parents=[folder], help="give somebody a new password, and print it"
    )
    password.add_argument("email")
    password.add_argument(
        "--password-stdin", action="store_true", help="read it from standard input, and print nothing"
    )
    password.set_defaults(command=_password)


def _add(options: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n")
    wanted = typed(Register, email=options.email, username=options.username, password=password)

    async def work(side: Any) -> str:
        row = await side.accounts.add(wanted.email, wanted.username, wanted.password)
        return f"{row.role.value} {row.email} has user id {row.user_id}"

    return on_accounts(options, work)


def _list(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        lines, last = ["id\trole\te-mail\tname\tsigned in\tstate"], 0
        while people := await side.administration.people(after=last, limit=_PAGE, find=None):
            for person in people:
                row = person.account
                state = "disabled" if row.disabled else "enabled"
                lines.append(
                    f"{row.user_id}\t{row.role.value}\t{row.email}\t{row.username}\t{person.devices}\t{state}"
                )
            last = people[-1].account.user_id
        return "\n".join(lines)

    return on_accounts(options, work)


def _disable(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        row = await side.administration.set_disabled(options.email, disabled=options.disabled)
        return f"{row.email} is {'disabled' if row.disabled else 'enabled'}"

    return on_accounts(options, work)


def _role(options: argparse.Namespace) -> int:
    async def work(side: Any) -> str:
        row = await side.administration.set_role(options.email, Role(options.role))
        return f"{row.email} is {row.role.value}"

    return on_accounts(options, work)


def _password(options: argparse.Namespace) -> int:
    given = None
    if options.password_stdin:
        given = typed(PasswordReset, password=sys.stdin.readline().rstrip("\r\n")).password

    async def work(side: Any) -> str:
        made = await side.administration.reset_password(options.email, given)
        return str(made or "The password was changed; all sign-ins with the old one have ended.")

    return on_accounts(options, work)
