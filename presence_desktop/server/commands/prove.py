"""`presence-server check`: proves a running server by the contract's nine checks."""

import argparse

from presence_desktop.server.commands.options import Commands, positive


def add(commands: Commands) -> None:
    """The words of this command."""
    check = commands.add_parser("check", help="prove a running server; TEST_TOKEN holds the token")
    check.add_argument("--url", required=True, help="the server's address, http://127.0.0.1:3001")
    check.add_argument("--timeout", type=positive(float), default=10.0, help="seconds for each answer (10)")
    check.add_argument(
        "--fingerprint", type=_fingerprint, metavar="HEX", help="of the certificate that the server must show"
    )
    check.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from presence_desktop.server import check

    done = check.main(options.url, fingerprint=options.fingerprint, timeout=options.timeout, say=print)
    return 0 if done else 1


def _fingerprint(text: str) -> str:
    from presence_desktop.server.check_trust import read_fingerprint

    try:
        return read_fingerprint(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a SHA-256 fingerprint: 64 hexadecimal digits") from None
