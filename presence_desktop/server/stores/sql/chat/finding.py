"""Finding messages by what they say: whose are looked at, from when, and how far one request goes.

Decides what is narrowed down before any text is looked at: a search in few messages reads them, one in many asks the
index of the dialect (`search_sqlite`, `search_mysql`); moments become numbers, which messages are ordered by.
Whoever searches sees messages of their own conversations only, whichever way is taken.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.server.stores.sql.chat.search import Scope, Search
from presence_desktop.server.stores.sql.chat.tables import conversation_members as members
from presence_desktop.server.stores.sql.chat.tables import conversations, messages

FEW = 20_000
"""So many messages are read sooner than found by an index that knows nothing of conversations."""
READ_AT_ONCE = 200_000
"""Messages that one request reads at most for words that no index has; the next page goes on there."""
CLOCKS_DIFFER = 86_400_000
"""Clocks of servers that differ by less (ms) than this cost nothing but time."""


class Page(NamedTuple):
    """The numbers of messages that were found, newest first, and where the next page begins."""

    numbers: Sequence[int]
    following: int | None


class _Stretch(Struct):
    """Numbers from `lowest` on, below `below`."""

    lowest: int
    below: int


async def find(
    connection: AsyncConnection, search: Search, user_id: int, query: SearchQuery, words: Sequence[str]
) -> Page:
    """One page of messages that hold all these words."""
    mine = select(members.c.conversation_id).where(members.c.user_id == user_id)
    if query.conversation_id is not None:
        mine = mine.where(members.c.conversation_id == query.conversation_id)
    many = select(func.sum(conversations.c.last_seq)).where(conversations.c.id.in_(mine))
    size = int((await connection.execute(many)).scalar() or 0)
    stretch = await _stretch(connection, query)
    if not size or stretch is None:
        return Page([], None)
    few = size <= FEW
    reaches = few or search.knows(words)
    lowest = stretch.lowest if reaches else max(stretch.lowest, stretch.below - READ_AT_ONCE)
    scope = Scope(mine, query, lowest, stretch.below, few)
    statement = search.numbers(words, scope).limit(query.limit + 1)
    numbers = [int(number) for number in (await connection.execute(statement)).scalars()]
    page = numbers[: query.limit]
    if len(numbers) > query.limit:
        return Page(page, page[-1])
    return Page(page, lowest if lowest > stretch.lowest else None)


async def _stretch(connection: AsyncConnection, query: SearchQuery) -> _Stretch | None:
    """Which numbers come into question; None: none does."""

    async def ask(statement: Any) -> int | None:
        found: int | None = (await connection.execute(statement)).scalar()
        return found

    newest = await ask(select(func.max(messages.c.number)))
    if newest is None:
        return None
    stretch = _Stretch(1, newest + 1)
    at = messages.c.sent_at
    if query.before is not None:
        last = await ask(select(func.max(at)).where(at < query.before))
        if last is None:
            return None
        near = select(func.max(messages.c.number)).where(at <= last, at >= last - CLOCKS_DIFFER)
        stretch.below = (await ask(near) or newest) + 1
    if query.after is not None:
        first = await ask(select(func.min(at)).where(at >= query.after))
        if first is None:
            return None
        near = select(func.min(messages.c.number)).where(at >= first, at <= first + CLOCKS_DIFFER)
        stretch.lowest = await ask(near) or 1
    if query.cursor is not None:
        stretch.below = min(stretch.below, int(query.cursor))
    return stretch
