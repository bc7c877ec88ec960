"""The link that lets somebody join: `presence://join/?server=ADDRESS&invite=CODE`.

Decides what such a link may hold. It comes from outside (a mail, a web page): what is not exactly right is no link.
Nothing is done by reading one; a person still has to press the button.
"""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from presence_desktop.core.address import server_url

SCHEME = "presence"
MOST_CHARACTERS = 1000
_JOIN = "join"
_INVITE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class JoinLink:
    """Where to join (the server's base URL), and with which invite."""

    server: str
    invite: str | None = field(default=None, repr=False)


def read_join_link(text: str) -> JoinLink | None:
    """The link in a text, or None if it is none."""
    if len(text) > MOST_CHARACTERS or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        words = parse_qs(parts.query, max_num_fields=10)
    except ValueError:
        return None
    server = server_url(words.get("server", [""])[0])
    invite = words.get("invite", [None])[0]
    right_place = (parts.scheme, parts.netloc, parts.path.strip("/")) == (SCHEME, _JOIN, "")
    if not right_place or server is None or len(invite or "") > _INVITE_LENGTH:
        return None
    return JoinLink(server, invite)


def write_join_link(link: JoinLink) -> str:
    """The link as text."""
    words = {"server": link.server} | ({"invite": link.invite} if link.invite else {})
    return f"{SCHEME}://{_JOIN}/?{urlencode(words)}"
