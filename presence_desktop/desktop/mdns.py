"""Zeroconf (mDNS), opened where it can speak: the one place that makes one, and only in a thread that may wait.

Decides the addresses it speaks on. `PRESENCE_MDNS` names them (`127.0.0.1`, several with commas between), or says
`off`: then nothing is announced and nothing is looked for.
"""

import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zeroconf import Zeroconf

VARIABLE = "PRESENCE_MDNS"
_OFF = "off"


def interfaces() -> tuple[str, ...] | None:
    """The addresses to speak on; empty: all there are; None: mDNS is switched off."""
    said = os.environ.get(VARIABLE, "")
    words = tuple(word.strip() for word in said.split(",") if word.strip())
    return None if words == (_OFF,) else words


def opened(where: tuple[str, ...]) -> "Zeroconf":
    """A Zeroconf on these addresses (none named: on all). Raises `OSError` where it cannot speak."""
    from zeroconf import InterfaceChoice, IPVersion, Zeroconf

    for address in where:  # it would leave its sockets open
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
            tried.bind((address, 0))
    return Zeroconf(interfaces=list(where) or InterfaceChoice.All, ip_version=IPVersion.V4Only)
