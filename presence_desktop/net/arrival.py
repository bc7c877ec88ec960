"""Where a join link leads: the first of its addresses at which the server answers, recognised by the link's key.

Decides which address is taken, and which failures lead to the next one. Nothing of the person is sent.
"""

from presence_desktop.core.join_link import JoinLink
from presence_desktop.net.rest import Rest
from presence_desktop.net.trust import Trust
from presence_desktop.protocol.errors import Code, Refused

_ELSEWHERE = frozenset({Code.UNREACHABLE, Code.BAD_ANSWER, Code.UNAVAILABLE, Code.NOT_FOUND})
"""Refusals that say nothing of the other addresses."""


def arrive(link: JoinLink, trust: Trust) -> str:
    """The base URL to use. Raises `Refused`: what the first address said, where none answers."""
    if len(link.servers) == 1 and link.key is None:
        return link.server
    first: Refused | None = None
    for server in link.servers:
        try:
            _try(server, link.key, trust)
        except Refused as refused:
            if refused.code not in _ELSEWHERE:
                raise
            first = first or refused
        else:
            return server
    raise first or Refused(Code.UNREACHABLE)


def _try(server: str, key: str | None, trust: Trust) -> None:
    fresh = key is not None and trust.introduce(server, key)
    calls = Rest(server, trust)
    try:
        calls.health()
    except Refused as refused:
        if fresh and refused.code in _ELSEWHERE:
            trust.forget(server)  # somebody else may live there tomorrow
        raise
    finally:
        calls.close()
