"""The link that `presence-server invite --link` prints.

Decides which addresses stand in it where none is named, and that the key does where the certificate is the server's own
making. What the link looks like is decided in `protocol.join_link`.
"""

import argparse
import ipaddress
import socket
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from presence_desktop.protocol.join_link import join_link
from presence_desktop.server.config import Config


def write(config: Config, named: Sequence[str] | None, code: str, until: int, called: str | None) -> str:
    """The link with this invite, which ends then (ms); `named`: the server's addresses, `called`: its name.

    Raises CertificateUnusable.
    """
    servers = list(named or _addresses(config))
    if all(_is_loopback(urlsplit(server).hostname or "") for server in servers):
        sys.stderr.write(
            "presence-server: this link serves on this machine only; name its address by --server\n"
        )
    return join_link(servers, code, _key(config), until, called)


def server_address(text: str) -> str:
    """Reads an address for the link."""
    try:
        parts = urlsplit(text.removesuffix("/"))
        right = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        right = False
    if not right or parts.path or parts.query or parts.fragment or parts.username:
        raise argparse.ArgumentTypeError("must be an address such as https://192.168.0.12:3001")
    return parts.geturl()


def _addresses(config: Config) -> list[str]:
    from presence_desktop.server.transport.web import addresses

    hosts = [config.host]
    if config.host in ("", "0.0.0.0", "::"):  # noqa: S104 - it is compared, not bound
        hosts = addresses.of_networks() or ["127.0.0.1"]
    scheme = "https" if _encrypts(config) else "http"
    return [
        f"{scheme}://[{host}]:{config.port}" if ":" in host else f"{scheme}://{host}:{config.port}"
        for host in hosts
    ]


def _encrypts(config: Config) -> bool:
    return config.encrypts(on_loopback=_is_loopback(config.host))


def _key(config: Config) -> str | None:
    """The fingerprint, where nobody vouches for the certificate; None: somebody does, or nothing is encrypted."""
    from presence_desktop.server import tls_side
    from presence_desktop.server.clock import SystemClock
    from presence_desktop.server.stores.certificate import FOLDER

    begun = (
        config.data_dir / FOLDER
    ).exists() and not config.plain_http  # `serve --host` said so, not a setting
    if config.tls_cert is not None or not (begun or _encrypts(config)):
        return None
    return tls_side.of(config, SystemClock()).fingerprint


def _is_loopback(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        return False
    return all(ipaddress.ip_address(str(place[0]).partition("%")[0]).is_loopback for *_, place in found)
