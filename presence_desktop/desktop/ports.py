"""Which ports of this computer are free, and under which address its network knows it."""

import socket

MOST_ADDRESSES = 3
"""More of them only confuse whoever is to type one."""
MOST_TRIES = 100
"""So many ports in a row are tried before giving up."""
_ELSEWHERE = ("192.0.2.1", 9)
"""A documentation address (RFC 5737): asking for the way to it sends nothing."""


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
        return True


def first_free_port(host: str, first: int) -> int | None:
    """The first free port from `first` up; None when a hundred in a row are taken."""
    return next((port for port in range(first, first + MOST_TRIES) if is_free(host, port)), None)


def lan_address() -> str | None:
    """The IPv4 address that others in the network can use; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_ELSEWHERE)
        except OSError:
            return None
        address = str(asked.getsockname()[0])
    return None if address.startswith("127.") else address


def lan_addresses() -> tuple[str, ...]:
    """The IPv4 addresses of this computer in its networks: the one of the way outside first, a few at most."""
    from PySide6.QtNetwork import (
        QAbstractSocket,
        QNetworkInterface,
    )  # only who hosts needs it, and it weighs 4 MB

    first, up = (
        lan_address(),
        QNetworkInterface.InterfaceFlag.IsUp | QNetworkInterface.InterfaceFlag.IsRunning,
    )
    found = dict.fromkeys([first] if first is not None else [])
    for interface in QNetworkInterface.allInterfaces():
        if interface.flags() & up != up or interface.flags() & QNetworkInterface.InterfaceFlag.IsLoopBack:
            continue
        for entry in interface.addressEntries():
            if entry.ip().protocol() is QAbstractSocket.NetworkLayerProtocol.IPv4Protocol:
                found.setdefault(entry.ip().toString())
    return tuple(found)[:MOST_ADDRESSES]
