"""The address of a server as people type it, as the base URL that everything else uses; and what such a URL says."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORT = 3001
_SCHEMES = ("http", "https")


def server_url(typed: str) -> str | None:
    """The base URL (`https://host:3001`), or None if this is no address.

    Without a scheme it is `https` (on this computer `http`) and port 3001 unless another is given; with one, the
    scheme's own port.
    """
    text = typed.strip().removesuffix("/")
    bare = "://" not in text
    try:
        parts = urlsplit(f"http://{text}" if bare else text)
        port = parts.port
    except ValueError:
        return None
    if not _names_a_host(parts):
        return None
    host = parts.hostname or ""
    if port is None and bare:
        port = DEFAULT_PORT
    shown = f"[{host}]" if ":" in host else host
    scheme = "https" if bare and not _is_loopback_host(host) else parts.scheme
    return f"{scheme}://{shown}" if port is None else f"{scheme}://{shown}:{port}"


def is_loopback(server: str) -> bool:
    """Whether the server at this base URL is on this computer: no proxy is asked, and nobody can listen in."""
    return _is_loopback_host(urlsplit(server).hostname or "")


def encrypted(server: str) -> str:
    """The base URL with `https`, at the same port."""
    return _over("https", server)


def plain(server: str) -> str:
    """The base URL with `http`, at the same port."""
    return _over("http", server)


def host_and_port(server: str) -> tuple[str, int]:
    """Where a base URL leads."""
    parts = urlsplit(server)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _over(scheme: str, server: str) -> str:
    parts = urlsplit(server)
    if parts.scheme == scheme:
        return server
    host, port = host_and_port(server)
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _names_a_host(parts: SplitResult) -> bool:
    host = parts.hostname
    if not host or parts.scheme not in _SCHEMES or any(letter.isspace() for letter in host):
        return False
    return not (parts.path or parts.query or parts.fragment or parts.username)


def _is_loopback_host(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
