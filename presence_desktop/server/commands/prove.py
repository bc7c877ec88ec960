"""`presence-server check`: proves a running server by the contract's nine checks."""

import argparse

from presence_desktop.server.commands.options import Commands, positive


def add(commands: Commands) -> None:
    """The words of this command."""
    check = commands.add_parser("check", help="prove a running server; TEST_TOKEN holds the token")
    check.add_argument("--url", required=True, help="the server's address, http://127.0.0.1:3001")
    check.add_argument("--timeout", type=positive(float), default=10.0, help="seconds for each answer (10)")
    check.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from presence_desktop.server import check

    return 0 if check.main(options.url, timeout=options.timeout, say=print) else 1
