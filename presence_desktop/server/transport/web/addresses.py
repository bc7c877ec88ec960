"""Under which addresses and names this machine is to be found on its networks.

Decides nothing: what is bound is decided by the settings, what is handed out by whoever makes an invite.
"""

import ipaddress
import re
import socket
from contextlib import suppress

_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
_ANYWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses that are nobody's: nothing is sent there, the system only says from where it would."""


def of_networks() -> list[str]:
    """The addresses that others can reach, the one of the way out first; IPv4 before IPv6."""
    found = [address for family, target in _ANYWHERE if (address := _towards(family, target))]
    with suppress(OSError):
        for family, _, _, _, place in socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM):
            if family in (socket.AF_INET, socket.AF_INET6):
                found.append(str(place[0]))
    usable = [address for address in dict.fromkeys(found) if _reachable(address)]
    return sorted(usable, key=lambda address: ":" in address)


def names() -> list[str]:
    """All names and addresses of this machine, for its certificate."""
    own = socket.gethostname()
    named = [own] if _NAME.fullmatch(own) and own.isascii() else []
    return ["localhost", "127.0.0.1", "::1", *named, *of_networks()]


def _towards(family: socket.AddressFamily, target: str) -> str | None:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return None


def _reachable(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # an IPv6 address with its interface
        return False
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
