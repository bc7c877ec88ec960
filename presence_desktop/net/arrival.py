"""Where a join link leads: the first of its addresses at which the server answers, recognised by the link's key.

Decides which address is taken, which failures lead to the next one, and of which one is told where all fail. Nothing of
the person is sent.
"""

from msgspec import Struct

from presence_desktop.core.join_link import JoinLink
from presence_desktop.net.rest import Rest
from presence_desktop.net.trust import Trust
from presence_desktop.protocol.errors import Code, Refused

_NOBODY = frozenset({Code.UNREACHABLE, Code.BAD_ANSWER, Code.UNAVAILABLE, Code.NOT_FOUND})
"""Refusals of addresses where no server lives, today at least."""
_ELSEWHERE = _NOBODY | {Code.KEY_CHANGED}
"""Refusals that say nothing of the other addresses: private ones are somebody else's in another network."""


class Arrival(Struct, frozen=True):
    """The base URL to use; or why not, and then the one that is to be told of, and asked about."""

    server: str
    refused: Refused | None = None


def arrive(link: JoinLink, trust: Trust) -> Arrival:
    """Try the addresses in turn. Where none answers the first one is told of, before it one that has another key."""
    if len(link.servers) == 1 and link.key is None:
        return Arrival(link.server)
    failed: list[Arrival] = []
    strangers: list[str] = []
    for server in link.servers:
        fresh, refused = _tried(server, link.key, trust)
        if refused is None:
            for stranger in strangers:
                trust.forget(stranger)
            return Arrival(server)
        if refused.code not in _ELSEWHERE:
            return Arrival(server, refused)
        failed.append(Arrival(server, refused))
        if fresh:
            strangers.append(server)
    return min(failed, key=lambda one: one.refused is None or one.refused.code is not Code.KEY_CHANGED)


def _tried(server: str, key: str | None, trust: Trust) -> tuple[bool, Refused | None]:
    """Whether the link's key was news of this address and is to be kept for now, and why the server is not there."""
    calls, fresh = Rest(server, trust), False
    try:
        fresh = key is not None and trust.introduce(server, key)
        calls.health()
    except Refused as refused:
        if fresh and refused.code in _NOBODY:
            trust.forget(server)  # somebody else may live there tomorrow
            fresh = False
        return fresh, refused
    finally:
        calls.close()
    return fresh, None
