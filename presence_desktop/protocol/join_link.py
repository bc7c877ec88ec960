"""How a join link is written: `presence://join/?server=ADDRESS&server=ADDRESS2&invite=CODE&key=KEY&until=MS`.

The app reads it (`core.join_link`); the app and the server's command line write it.
"""

from collections.abc import Sequence
from urllib.parse import urlencode

SCHEME = "presence"
PLACE = "join"


def join_link(
    servers: Sequence[str], invite: str | None = None, key: str | None = None, until: int | None = None
) -> str:
    """The link to these base URLs of one server; `key`: its certificate's fingerprint, `until`: the end in ms."""
    words = [("server", server) for server in servers]
    told = (("invite", invite), ("key", key), ("until", until))
    words += [(name, str(value)) for name, value in told if value is not None]
    return f"{SCHEME}://{PLACE}/?{urlencode(words)}"
