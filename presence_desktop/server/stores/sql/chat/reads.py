"""Conversations in SQL, the reading half: every statement asks for the reader's membership first.

How messages are found by what they say is `finding`'s.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.chat import Kind, MemberRole, SearchQuery, Visibility, Window
from presence_desktop.server.domain.marks import Marks
from presence_desktop.server.domain.messages import Letter
from presence_desktop.server.domain.rooms import Circle, Place
from presence_desktop.server.services.chat.ports import Company, PublicRoom, Standing, Stretch
from presence_desktop.server.stores.sql.chat import letter_rows, unread_counts
from presence_desktop.server.stores.sql.chat.finding import find
from presence_desktop.server.stores.sql.chat.letter_rows import chunks
from presence_desktop.server.stores.sql.chat.search import Search, search_for
from presence_desktop.server.stores.sql.chat.tables import conversation_members as members
from presence_desktop.server.stores.sql.chat.tables import conversations, messages
from presence_desktop.server.stores.sql.database import Database


def circle_of(row: Row[Any], people: dict[int, Place]) -> Circle:
    """A conversation from its row."""
    return Circle(
        row.id,
        Kind(row.kind),
        row.title,
        row.topic,
        Visibility(row.visibility),
        row.version,
        row.created_at,
        row.last_seq,
        row.last_change,
        people,
    )


def marks_of(row: Row[Any]) -> Marks:
    """Somebody's marks from the row of their membership."""
    return Marks(row.delivered_seq, row.read_seq, row.shown_delivered_seq, row.shown_read_seq)


class _Numbers(NamedTuple):
    """A conversation's numbers, as a member finds them."""

    id: int
    last_seq: int
    last_change: int
    read_seq: int


class ChatReads:
    """The readings of `services.chat.ports.ChatStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._search: Search = search_for(database.backend)
        self._known: dict[int, tuple[int, Mapping[int, Place]]] = {}
        """People by conversation, with the version they are true for."""

    async def overview(self, user_id: int) -> Sequence[Standing]:
        """See ChatStore."""
        async with self._database.reading() as connection:
            return await _standings(connection, user_id)

    async def standing(self, conversation_id: int, user_id: int) -> Standing | None:
        """See ChatStore."""
        async with self._database.reading() as connection:
            found = await _standings(connection, user_id, conversation_id)
        return found[0] if found else None

    async def counts(self, conversation_id: int, user_id: int) -> tuple[int, int]:
        """See ChatStore."""
        async with self._database.reading() as connection:
            place = await _place(connection, conversation_id, user_id)
            if place is None:
                return 0, 0
            behind = unread_counts.Behind(conversation_id, place.read_seq, place.last_seq)
            unread, mentions = await unread_counts.counts(connection, user_id, [behind])
        return unread.get(conversation_id, 0), mentions.get(conversation_id, 0)

    async def window(self, conversation_id: int, user_id: int, window: Window) -> Stretch | None:
        """See ChatStore."""
        older = messages.c.seq < window.before if window.before is not None else None
        async with self._database.reading() as connection:
            place = await _place(connection, conversation_id, user_id)
            if place is None:
                return None
            if window.after is not None:
                newer = messages.c.seq > window.after
                letters = await _letters(connection, conversation_id, newer, window.limit + 1)
                return _stretch(place, letters, window.limit)
            if window.around is not None:
                return await _around(connection, place, window.around, window.limit)
            letters = await _letters(connection, conversation_id, older, window.limit + 1, back=True)
        more = len(letters) > window.limit
        return Stretch(letters[: window.limit][::-1], more, place.last_seq, place.last_change)

    async def missed(self, conversation_id: int, user_id: int, after: int, limit: int) -> Stretch | None:
        """See ChatStore."""
        async with self._database.reading() as connection:
            place = await _place(connection, conversation_id, user_id)
            if place is None:
                return None
            which = messages.c.conversation_id == conversation_id, messages.c.change > after
            statement = letter_rows.chosen(*which).order_by(messages.c.change).limit(limit + 1)
            return _stretch(place, await letter_rows.read(connection, statement), limit)

    async def pinned(self, conversation_id: int, user_id: int) -> Stretch | None:
        """See ChatStore."""
        async with self._database.reading() as connection:
            place = await _place(connection, conversation_id, user_id)
            if place is None:
                return None
            which = messages.c.conversation_id == conversation_id, messages.c.pinned_at.is_not(None)
            order = messages.c.pinned_at.desc(), messages.c.seq.desc()
            letters = await letter_rows.read(connection, letter_rows.chosen(*which).order_by(*order))
        return Stretch(letters, False, place.last_seq, place.last_change)

    async def public_rooms(self, user_id: int) -> Sequence[PublicRoom]:
        """See ChatStore."""
        mine = members.alias("mine")
        joined = and_(mine.c.conversation_id == conversations.c.id, mine.c.user_id == user_id)
        statement = (
            select(
                conversations.c.id,
                conversations.c.title,
                conversations.c.topic,
                func.count(members.c.user_id).label("people"),
                func.max(mine.c.user_id).label("me"),
            )
            .select_from(
                conversations.outerjoin(members, members.c.conversation_id == conversations.c.id).outerjoin(
                    mine, joined
                )
            )
            .where(conversations.c.kind == Kind.ROOM.value)
            .where(conversations.c.visibility == Visibility.PUBLIC.value)
            .group_by(conversations.c.id, conversations.c.title, conversations.c.topic)
            .order_by(conversations.c.title, conversations.c.id)
        )
        async with self._database.reading() as connection:
            return [
                PublicRoom(row.id, row.title, row.topic, row.people, row.me is not None)
                for row in await connection.execute(statement)
            ]

    async def company(self, conversation_id: int) -> Company:
        """See ChatStore."""
        statement = (
            select(members.c.user_id, conversations.c.kind)
            .join(conversations, conversations.c.id == members.c.conversation_id)
            .where(members.c.conversation_id == conversation_id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return Company(frozenset(row.user_id for row in rows), any(row.kind == Kind.DIRECT for row in rows))

    async def search(
        self, user_id: int, query: SearchQuery, words: Sequence[str]
    ) -> tuple[Sequence[Letter], str | None]:
        """See ChatStore."""
        async with self._database.reading() as connection:
            page = await find(connection, self._search, user_id, query, words)
            which = letter_rows.chosen(messages.c.number.in_(page.numbers))
            letters = await letter_rows.read(connection, which.order_by(messages.c.number.desc()))
        return letters, None if page.following is None else str(page.following)

    async def hidden_marks(self, user_ids: Collection[int]) -> Sequence[tuple[int, int]]:
        """See ChatStore."""
        hidden = or_(
            members.c.shown_delivered_seq < members.c.delivered_seq,
            members.c.shown_read_seq < members.c.read_seq,
        )
        found: list[tuple[int, int]] = []
        async with self._database.reading() as connection:
            for some in chunks(list(user_ids)):
                statement = select(members.c.user_id, members.c.conversation_id).where(
                    members.c.user_id.in_(some), hidden
                )
                found += [(row.user_id, row.conversation_id) for row in await connection.execute(statement)]
        return found


async def _place(connection: AsyncConnection, conversation_id: int, user_id: int) -> _Numbers | None:
    statement = (
        select(conversations.c.id, conversations.c.last_seq, conversations.c.last_change, members.c.read_seq)
        .join(members, members.c.conversation_id == conversations.c.id)
        .where(conversations.c.id == conversation_id, members.c.user_id == user_id)
    )
    found = (await connection.execute(statement)).one_or_none()
    return None if found is None else _Numbers(*found)


async def _letters(
    connection: AsyncConnection,
    conversation_id: int,
    which: ColumnElement[bool] | None,
    limit: int,
    *,
    back: bool = False,
) -> list[Letter]:
    statement = letter_rows.chosen(messages.c.conversation_id == conversation_id)
    if which is not None:
        statement = statement.where(which)
    order = messages.c.seq.desc() if back else messages.c.seq
    return await letter_rows.read(connection, statement.order_by(order).limit(limit))


async def _around(connection: AsyncConnection, place: _Numbers, seq: int, limit: int) -> Stretch:
    half = max(1, limit // 2)
    older = await _letters(connection, place.id, messages.c.seq <= seq, half, back=True)
    newer = await _letters(connection, place.id, messages.c.seq > seq, limit - half + 1)
    more = len(newer) > limit - half
    letters = older[::-1] + newer[: limit - half]
    return Stretch(letters, more, place.last_seq, place.last_change)


def _stretch(place: _Numbers, letters: list[Letter], limit: int) -> Stretch:
    return Stretch(letters[:limit], len(letters) > limit, place.last_seq, place.last_change)


async def _standings(connection: AsyncConnection, user_id: int, only: int | None = None) -> list[Standing]:
    mine = select(members.c.conversation_id).where(members.c.user_id == user_id)
    if only is not None:
        mine = mine.where(members.c.conversation_id == only)
    found = select(conversations).where(conversations.c.id.in_(mine)).order_by(conversations.c.id)
    rows = (await connection.execute(found)).all()
    if not rows:
        return []
    people: dict[int, dict[int, Place]] = {row.id: {} for row in rows}
    marks: dict[int, dict[int, Marks]] = {row.id: {} for row in rows}
    everybody = select(members).where(members.c.conversation_id.in_(mine))
    for row in await connection.execute(everybody.order_by(members.c.joined_at, members.c.user_id)):
        if row.conversation_id in people:
            people[row.conversation_id][row.user_id] = Place(MemberRole(row.role), row.joined_at)
            marks[row.conversation_id][row.user_id] = marks_of(row)
    behind = [
        unread_counts.Behind(row.id, marks[row.id][user_id].read, row.last_seq)
        for row in rows
        if user_id in marks[row.id]
    ]
    unread, mentions = await unread_counts.counts(connection, user_id, behind)
    last = and_(messages.c.conversation_id == conversations.c.id, messages.c.seq == conversations.c.last_seq)
    newest = select(messages.c.number).join(conversations, last).where(conversations.c.id.in_(mine))
    letters = await letter_rows.read(connection, letter_rows.chosen(messages.c.number.in_(newest)))
    by_place = {letter.conversation_id: letter for letter in letters}
    return [
        Standing(
            circle_of(row, people[row.id]),
            marks[row.id],
            unread.get(row.id, 0),
            mentions.get(row.id, 0),
            by_place.get(row.id),
        )
        for row in rows
    ]
