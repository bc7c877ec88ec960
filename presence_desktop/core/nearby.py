"""Servers that say in the network where they are (mDNS): what they say, and what of it is believed.

Decides what an announcement must hold to be shown. It comes from anybody in the network: whatever is not exactly right
is not shown at all. Nothing is trusted by it: a person chooses, and is then asked about the key that the server shows.
"""

from collections.abc import Iterable, Mapping
from ipaddress import AddressValueError, IPv4Address

from msgspec import Struct

from presence_desktop.core.trust import read_fingerprint

SERVICE = "_presence._tcp.local."
MOST_ADDRESSES = 4
_NAME_LENGTH, _VERSION_LENGTH = 60, 20
_INSTANCE_BYTES = 60
"""A label of DNS has 63 bytes; a few are kept for a number behind it, should the name be taken."""


class NearbyServer(Struct, frozen=True):
    """A server in the network."""

    name: str
    """As it calls itself; anybody may call themselves anything."""
    servers: tuple[str, ...]
    """Its base URLs, at least one."""
    key: str | None
    """The fingerprint of its key; None: it speaks plain HTTP."""
    version: str = ""


class Announcement(Struct, frozen=True):
    """What a server says of itself."""

    name: str
    port: int
    addresses: tuple[str, ...]
    """IPv4, without scheme and port."""
    key: str | None
    version: str


def write_text(told: Announcement) -> dict[str, str]:
    """The TXT record."""
    words = {"name": told.name[:_NAME_LENGTH], "version": told.version, "tls": "1" if told.key else "0"}
    return words | ({"key": told.key} if told.key else {})


def instance_name(told: Announcement) -> str:
    """The name of the service: one label, for programs that list services by it."""
    whole = " ".join(told.name.replace(".", " ").split()) or "Presence"
    return whole.encode()[:_INSTANCE_BYTES].decode(errors="ignore").strip()


def read_nearby(
    text: Mapping[bytes, bytes | None], addresses: Iterable[str], port: int | None
) -> NearbyServer | None:
    """The server behind an announcement; None where anything of it is not as it should be."""
    name = _words(text.get(b"name"), _NAME_LENGTH)
    version = _words(text.get(b"version", b""), _VERSION_LENGTH)
    secure, said = text.get(b"tls"), text.get(b"key")
    hosts = _hosts(addresses)
    if not name or version is None or secure not in (b"0", b"1") or not hosts:
        return None
    key = read_fingerprint((said or b"").decode("ascii", "replace"))
    if (secure == b"1") != (key is not None) or not port or not 0 < port < 65536:
        return None
    scheme = "https" if key else "http"
    return NearbyServer(name, tuple(f"{scheme}://{host}:{port}" for host in hosts), key, version)


def _words(said: bytes | None, length: int) -> str | None:
    """A short text of one line, nothing in it that cannot be seen; None: it is none."""
    try:
        words = (said or b"").decode("utf-8").strip()
    except UnicodeDecodeError:
        return None
    return words if len(words) <= length and words.isprintable() else None


def _hosts(addresses: Iterable[str]) -> list[str]:
    """Those that are addresses of one computer."""
    hosts: list[str] = []
    for text in addresses:
        try:
            address = IPv4Address(text)
        except AddressValueError:
            continue
        if not (address.is_multicast or address.is_unspecified or address.is_reserved):
            hosts.append(str(address))
    return list(dict.fromkeys(hosts))[:MOST_ADDRESSES]
