"""`presence-server`: the server's command line (CONTRACT section 12).

Decides the words of the command line and the exit statuses below; what a command does is done elsewhere. A refusal is
one line on standard error, `presence-server: <code>: <sentence>`, and a status of its own.
"""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from presence_desktop import __version__
from presence_desktop.protocol.errors import MESSAGES, Code, Refused
from presence_desktop.server import config as settings

OK, FAILED, USAGE = 0, 1, 2
FOLDER_UNUSABLE, FOLDER_IN_USE, DATABASE_TOO_NEW, DATABASE_UNAVAILABLE, ADDRESS_UNUSABLE, BAD_SETTING = range(
    3, 9
)

DARKROOM_BYTES = 2_000_000_000
"""Memory that decoding pictures may take."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the return value is the exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # every refusal ends here, as one line; what is no refusal goes on
        refusal = _refusal(error)
        if refusal is None:
            raise
        status, code, sentence = refusal
        sys.stderr.write(f"presence-server: {code}: {' '.join(sentence.split())}\n")
        return status


def _refusal(error: Exception) -> tuple[int, str, str] | None:
    """Exit status, code and sentence of what a command may refuse with; None for anything else."""
    from presence_desktop.server.services.account_ports import StoreUnavailable
    from presence_desktop.server.stores.folder import FolderInUse, FolderUnusable
    from presence_desktop.server.stores.sql.database import UnknownDatabase
    from presence_desktop.server.stores.sql.schema import SchemaTooNew
    from presence_desktop.server.transport.web import AddressUnusable

    if isinstance(error, Refused):
        return FAILED, error.code.value, error.message
    for kind, status, code in (
        (settings.ConfigError, BAD_SETTING, "bad_setting"),
        (UnknownDatabase, BAD_SETTING, "bad_setting"),
        (FolderUnusable, FOLDER_UNUSABLE, "folder_unusable"),
        (FolderInUse, FOLDER_IN_USE, "folder_in_use"),
        (SchemaTooNew, DATABASE_TOO_NEW, "database_too_new"),
        (StoreUnavailable, DATABASE_UNAVAILABLE, "database_unavailable"),
        (AddressUnusable, ADDRESS_UNUSABLE, "address_unusable"),
    ):
        if isinstance(error, kind):
            return status, code, str(error)
    return None


# --- the commands -----------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    from presence_desktop.server import lean

    lean.load()
    from presence_desktop.server import main as server

    if options.exit_with_parent:
        threading.Thread(target=_stop_at_end_of_input, name="parent", daemon=True).start()
    return server.serve(_config(options, host=options.host, port=options.port, log_format=options.log_format))


def _stop_at_end_of_input() -> None:
    """Stop as by SIGTERM when standard input closes: whoever started us has ended, however that happened."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _user_add(options: argparse.Namespace) -> int:
    from pydantic import ValidationError

    from presence_desktop.protocol.rest import Register

    password = sys.stdin.readline().rstrip("\r\n")
    try:
        wanted = Register(email=options.email, username=options.username, password=password)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        message = f"{MESSAGES[Code.INVALID_PAYLOAD]} ({first['loc'][0]}: {first['msg']})"
        raise Refused(Code.INVALID_PAYLOAD, message) from None

    async def add(side: Any) -> str:
        row = await side.accounts.add(wanted.email, wanted.username, wanted.password)
        return f"{row.role.value} {row.email} has user id {row.user_id}"

    return _with_accounts(options, add)


def _user_disable(options: argparse.Namespace) -> int:
    async def disable(side: Any) -> str:
        row = await side.accounts.set_disabled(options.email, disabled=options.disabled)
        return f"{row.email} is {'disabled' if row.disabled else 'enabled'}"

    return _with_accounts(options, disable)


def _invite(options: argparse.Namespace) -> int:
    async def make(side: Any) -> str:
        life = round(options.hours * 3_600_000) if options.hours else None
        invite = await side.invites.make(uses=options.uses, life=life)
        return str(invite.code)

    return _with_accounts(options, make)


def _migrate(options: argparse.Namespace) -> int:
    async def nothing(_side: Any) -> str:
        return "The database is up to date."

    return _with_accounts(options, nothing)


def _check(options: argparse.Namespace) -> int:
    from presence_desktop.server import check

    return OK if check.main(options.url, timeout=options.timeout, say=print) else FAILED


def _with_accounts(options: argparse.Namespace, work: Callable[[Any], Awaitable[str]]) -> int:
    """Do something to the accounts of a data folder, whether or not a server is running on it."""
    from presence_desktop.server import account_side
    from presence_desktop.server.clock import SystemClock
    from presence_desktop.server.stores import folder

    config = _config(options)

    async def run() -> str:
        async with account_side.opened(config) as database:
            side = account_side.account_side(config, database, SystemClock())
            try:
                return await work(side)
            finally:
                side.passwords.close()

    folder.prepare(config.data_dir)
    print(asyncio.run(run()))
    return OK


def _darkroom(_options: argparse.Namespace) -> int:
    """What the server starts for itself to decode pictures: at low priority, with bounded memory."""
    from presence_desktop.server.services import darkroom_work

    if sys.platform != "win32":
        import resource

        os.nice(5)
        resource.setrlimit(resource.RLIMIT_AS, (DARKROOM_BYTES, DARKROOM_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    darkroom_work.work(sys.stdin.buffer, sys.stdout.buffer)
    return OK


def _config(options: argparse.Namespace, **more: object) -> settings.Config:
    return settings.load(data_dir=options.data_dir, **more)


# --- the words --------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="presence-server", description="The server of Presence Desktop.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument("--data-dir", type=Path, metavar="DIR", help="where the server keeps its data")

    serve = commands.add_parser("serve", parents=[folder], help="serve until SIGTERM or SIGINT")
    serve.add_argument("--host", help="the address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="the port to listen on (3001; 0: a free one)")
    serve.add_argument("--log-format", choices=("text", "json"), help="the shape of the log's lines (text)")
    serve.add_argument("--exit-with-parent", action="store_true", help="stop when standard input closes")
    serve.set_defaults(command=_serve)

    _add_user_commands(commands, folder)

    invite = commands.add_parser("invite", parents=[folder], help="print a new invite")
    invite.add_argument("--uses", type=_positive(int), help="how many accounts it is good for")
    invite.add_argument("--hours", type=_positive(float), help="how long it holds")
    invite.set_defaults(command=_invite)

    check = commands.add_parser("check", help="prove a running server; TEST_TOKEN holds the token")
    check.add_argument("--url", required=True, help="the server's address, http://127.0.0.1:3001")
    check.add_argument("--timeout", type=_positive(float), default=10.0, help="seconds for each answer (10)")
    check.set_defaults(command=_check)

    migrate = commands.add_parser("migrate", parents=[folder], help="bring the database up to date")
    migrate.set_defaults(command=_migrate)

    commands.add_parser("darkroom").set_defaults(command=_darkroom)
    return parser


def _add_user_commands(commands: Any, folder: argparse.ArgumentParser) -> None:
    user = commands.add_parser("user", help="add, disable or enable an account")
    users = user.add_subparsers(metavar="COMMAND", required=True)
    add = users.add_parser("add", parents=[folder], help="make an account; the first one is the owner")
    add.add_argument("email")
    add.add_argument("--username", required=True, help="the name others see")
    add.add_argument(
        "--password-stdin", action="store_true", required=True, help="read the password from standard input"
    )
    add.set_defaults(command=_user_add)
    for word, disabled in (("disable", True), ("enable", False)):
        change = users.add_parser(word, parents=[folder], help=f"{word} an account, also while serving")
        change.add_argument("email")
        change.set_defaults(command=_user_disable, disabled=disabled)


def _positive(kind: type[int] | type[float]) -> Callable[[str], float]:
    def parse(text: str) -> float:
        value = kind(text)
        if not 0 < value < 10**9:
            raise argparse.ArgumentTypeError("must be above 0")
        return value

    return parse
