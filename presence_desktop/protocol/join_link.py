"""How a join link is written: `presence://join/?server=ADDRESS&server=ADDRESS2&invite=CODE&key=KEY&until=MS&name=NAME`.

The app reads it (`core.join_link`); the app and the server's command line write it.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

SCHEME = "presence"
PLACE = "join"
MOST_CHARACTERS = 1000
"""A longer one is not read."""


def join_link(
    servers: Sequence[str],
    invite: str | None = None,
    key: str | None = None,
    until: int | None = None,
    name: str | None = None,
) -> str:
    """The link to these base URLs of one server; `key`: its certificate's fingerprint, `until`: the end in ms.

    `name`, what it is called, is for people's eyes: it is left out where the link would be too long with it.
    """
    words = [("server", server) for server in servers]
    told = (("invite", invite), ("key", key), ("until", until))
    words += [(word, str(value)) for word, value in told if value is not None]
    link = f"{SCHEME}://{PLACE}/?{urlencode(words)}"
    named = f"{link}&{urlencode({'name': name})}" if name else link
    return named if len(named) <= MOST_CHARACTERS else link
