"""The link that lets somebody join (`protocol.join_link`).

Decides what such a link may hold. It comes from outside (a mail, a web page): what is not exactly right is no link.
Nothing is done by reading one; a person still has to press the button.
"""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from presence_desktop.core.address import server_url
from presence_desktop.core.server_name import server_name
from presence_desktop.core.trust import read_fingerprint
from presence_desktop.protocol.join_link import MOST_CHARACTERS, PLACE, SCHEME, join_link

MOST_SERVERS = 5
_INVITE_LENGTH = 200
_LATEST = 10**15
"""Milliseconds; no invite lasts longer than that."""


@dataclass(frozen=True, slots=True)
class JoinLink:
    """Where to join, with which invite, and by what the server is recognised."""

    servers: tuple[str, ...]
    """The base URLs of one server, to be tried in this order; at least one."""
    invite: str | None = field(default=None, repr=False)
    key: str | None = None
    """The fingerprint of the server's key, 64 hexadecimal digits; None: not told."""
    until: int | None = None
    """When the invite ends, in ms; None: not told."""
    name: str = ""
    """What the server is called, as whoever made the link says; empty: not told."""

    @property
    def server(self) -> str:
        """The first address."""
        return self.servers[0]

    def is_over(self, now: int) -> bool:
        """Whether the invite has ended."""
        return self.until is not None and self.until <= now


def read_join_link(text: str) -> JoinLink | None:
    """The link in a text, or None if it is none."""
    if len(text) > MOST_CHARACTERS or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        words = parse_qs(parts.query, max_num_fields=10)
    except ValueError:
        return None
    if (parts.scheme, parts.netloc, parts.path.strip("/")) != (SCHEME, PLACE, ""):
        return None
    servers = _servers(words.get("server", []))
    invite = words.get("invite", [None])[0]
    if not servers or len(invite or "") > _INVITE_LENGTH:
        return None
    try:
        key, until = _key(words.get("key")), _until(words.get("until"))
        return JoinLink(servers, invite, key, until, server_name(words.get("name", [""])[0]))
    except ValueError:
        return None


def write_join_link(link: JoinLink) -> str:
    """The link as text."""
    return join_link(link.servers, link.invite, link.key, link.until, link.name)


def _servers(given: list[str]) -> tuple[str, ...]:
    """All of them, or none if one is no address."""
    found = [server_url(text) for text in given]
    if len(found) > MOST_SERVERS:
        return ()
    servers = tuple(dict.fromkeys(server for server in found if server is not None))
    return servers if None not in found else ()


def _key(given: list[str] | None) -> str | None:
    """Raises ValueError for what is no fingerprint: a link whose key was lost on the way must not lead anywhere."""
    if given is None:
        return None
    key = read_fingerprint(given[0])
    if key is None:
        raise ValueError("no fingerprint")
    return key


def _until(given: list[str] | None) -> int | None:
    """Raises ValueError for what is no moment."""
    if given is None:
        return None
    if not (given[0].isascii() and given[0].isdecimal() and len(given[0]) <= 15 and int(given[0]) < _LATEST):
        raise ValueError("no moment")
    return int(given[0])
