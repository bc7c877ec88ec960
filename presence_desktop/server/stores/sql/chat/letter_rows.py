"""Messages as rows and back: with what they answer, their files, their reactions.

Decides how a message is spread over the tables; what is asked for and written when is `store` and `reads`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, select

from presence_desktop.server.domain.messages import QUOTE_LENGTH, File, Letter, Quoted
from presence_desktop.server.stores.sql.chat.tables import files, messages
from presence_desktop.server.stores.sql.transaction import Statements, made_once

_answered = messages.alias("answered")
_WHOLE = (
    messages,
    _answered.c.seq.label("answered_seq"),
    _answered.c.sender_id.label("answered_sender"),
    func.substr(_answered.c.text, 1, QUOTE_LENGTH).label("answered_text"),
)
CHUNK = 500
"""Values in one IN."""


def chosen(*which: ColumnElement[bool]) -> Select[Any]:
    """The statement that finds these messages, to be ordered and limited."""
    whole = messages.outerjoin(_answered, _answered.c.id == messages.c.reply_to)
    return select(*_WHOLE).select_from(whole).where(*which)


_BY_ID = made_once(chosen(messages.c.id.in_(bindparam("ids", expanding=True))))


async def read(
    connection: Statements, statement: Select[Any], parameters: Mapping[str, Any] | None = None
) -> list[Letter]:
    """The messages that a statement from `chosen` finds, in its order, whole."""
    rows = (await connection.execute(statement, parameters)).all()
    attached = await _attached(connection, [row.id for row in rows])
    return [_letter(row, tuple(attached.get(row.id, ()))) for row in rows]


async def by_id(connection: Statements, ids: Iterable[UUID]) -> dict[UUID, Letter]:
    """These messages, as far as there are any."""
    found: dict[UUID, Letter] = {}
    for part in chunks(sorted(map(str, ids))):
        letters = await read(connection, _BY_ID, {"ids": part})
        found.update((letter.id, letter) for letter in letters)
    return found


def row_of(letter: Letter) -> dict[str, Any]:
    """All columns of a message but for its number."""
    return {
        "id": str(letter.id),
        "conversation_id": letter.conversation_id,
        "seq": letter.seq,
        "sender_id": letter.sender_id,
        "sent_at": letter.sent_at,
        "reply_to": None if letter.reply_to is None else str(letter.reply_to.id),
        **what_changes(letter),
    }


def what_changes(letter: Letter) -> dict[str, Any]:
    """The columns of a message that an edit, a deletion, a reaction or a pin may change."""
    return {
        "change": letter.change,
        "text": letter.text,
        "edited_at": letter.edited_at,
        "deleted_at": letter.deleted_at,
        "mentions": json.dumps(letter.mentions) if letter.mentions else None,
        "mentions_all": letter.mentions_all,
        "pinned_at": letter.pinned_at,
        "pinned_by": letter.pinned_by,
        "reactions": json.dumps(letter.reactions, ensure_ascii=False) if letter.reactions else None,
    }


def file_of(row: Row[Any]) -> File:
    """A file from its row; an empty message id (its message was deleted) is nobody's."""
    return File(
        UUID(row.id),
        row.owner_id,
        row.name,
        row.media_type,
        row.size,
        row.width,
        row.height,
        bool(row.has_thumbnail),
        UUID(row.message_id) if row.message_id else None,
    )


def chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """The values in parts that fit into one statement."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


async def _attached(connection: Statements, ids: Sequence[str]) -> dict[str, list[File]]:
    found: dict[str, list[File]] = {}
    for part in chunks(ids):
        statement = select(files).where(files.c.message_id.in_(part)).order_by(files.c.position)
        for row in await connection.execute(statement):
            found.setdefault(row.message_id, []).append(file_of(row))
    return found


def _letter(row: Row[Any], attached: tuple[File, ...]) -> Letter:
    reply = None
    if row.reply_to is not None and row.answered_seq is not None and row.deleted_at is None:
        reply = Quoted(UUID(row.reply_to), row.answered_seq, row.answered_sender, row.answered_text)
    return Letter(
        UUID(row.id),
        row.conversation_id,
        row.seq,
        row.change,
        row.sender_id,
        row.text,
        row.sent_at,
        row.edited_at,
        row.deleted_at,
        reply,
        tuple(json.loads(row.mentions)) if row.mentions else (),
        bool(row.mentions_all),
        attached,
        tuple((emoji, tuple(who)) for emoji, who in json.loads(row.reactions)) if row.reactions else (),
        row.pinned_at,
        row.pinned_by,
    )
