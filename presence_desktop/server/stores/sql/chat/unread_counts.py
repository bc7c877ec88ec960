"""How many messages somebody has not read, and how many of these mention them, however far behind they are.

Places have no gaps, so that how far somebody is behind needs no counting; what they wrote themselves and what was
deleted does. It is taken off among the newest `EXACT` places, and no more messages than that are looked at in a
conversation. Each conversation gets a statement of its own in a UNION: with numbers instead of columns to compare with,
MariaDB too begins in its index at the first unread message, not at the first one.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import BigInteger, CompoundSelect, Integer, Select, bindparam, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.server.stores.sql.chat.tables import message_mentions, messages

EXACT = 1_000
"""Of so many places of a conversation, the newest, each is looked at; of older ones each counts. The most mentions."""
_AT_ONCE = 100
"""Conversations in one statement."""


class Behind(NamedTuple):
    """How far somebody is in a conversation, and how far it is."""

    conversation_id: int
    read_seq: int
    last_seq: int


async def counts(
    connection: AsyncConnection, user_id: int, places: Sequence[Behind]
) -> tuple[dict[int, int], dict[int, int]]:
    """How many messages are unread, and how many mention the reader, by conversation."""
    behind = [place for place in places if place.read_seq < place.last_seq]
    unread = {place.conversation_id: max(0, place.last_seq - place.read_seq - EXACT) for place in behind}
    mentions = dict.fromkeys(unread, 0)
    for start in range(0, len(behind), _AT_ONCE):
        some = behind[start : start + _AT_ONCE]
        values: dict[str, int] = {"me": user_id, "most": EXACT}
        for at, place in enumerate(some):
            values[f"which_{at}"] = place.conversation_id
            values[f"read_{at}"] = place.read_seq
            values[f"from_{at}"] = max(place.read_seq, place.last_seq - EXACT)
            values[f"last_{at}"] = place.last_seq
        for statement, found in ((_unread, unread), (_mentions, mentions)):
            for conversation_id, count in await connection.execute(_each(statement, len(some)), values):
                found[conversation_id] += count
    return unread, mentions


@lru_cache(maxsize=2 * _AT_ONCE)
def _each(statement: Callable[[int], Select[int, int]], size: int) -> CompoundSelect[int, int]:
    return union_all(*map(statement, range(size)))


def _unread(at: int) -> Select[int, int]:
    which = bindparam(f"which_{at}", type_=Integer)
    return select(which, func.count()).where(
        messages.c.conversation_id == which,
        messages.c.seq > bindparam(f"from_{at}", type_=BigInteger),
        messages.c.seq <= bindparam(f"last_{at}", type_=BigInteger),
        or_(messages.c.sender_id != bindparam("me"), messages.c.sender_id.is_(None)),
        messages.c.deleted_at.is_(None),
    )


def _mentions(at: int) -> Select[int, int]:
    which = bindparam(f"which_{at}", type_=Integer)
    some = (
        select(message_mentions.c.seq)
        .where(
            message_mentions.c.user_id == bindparam("me"),
            message_mentions.c.conversation_id == which,
            message_mentions.c.seq > bindparam(f"read_{at}", type_=BigInteger),
            message_mentions.c.seq <= bindparam(f"last_{at}", type_=BigInteger),
        )
        .limit(bindparam("most", type_=Integer))
        .subquery()
    )
    return select(which, func.count()).select_from(some)
