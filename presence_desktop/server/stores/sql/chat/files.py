"""The table of files (`services.files.ports.FileRows`): what was begun, what is complete, who may see it.

Which message a file is on is written by `store`, in the transaction that stores the message; an empty id there says
that the message was deleted.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.files import Allowance
from presence_desktop.server.domain.messages import File
from presence_desktop.server.services.files.ports import FileRows, StoredFile
from presence_desktop.server.stores.sql.chat.letter_rows import chunks, file_of
from presence_desktop.server.stores.sql.chat.tables import conversation_members as members
from presence_desktop.server.stores.sql.chat.tables import files, messages
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.tables import users

_DELETED = ""
_AT_ONCE = 500
_FREE = or_(files.c.message_id.is_(None), files.c.message_id == _DELETED)
_KEPT = or_(files.c.message_id.is_(None), files.c.message_id != _DELETED)


class SqlFiles(FileRows):
    """Files in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, file: File, *, now: int, allowed: Allowance) -> tuple[StoredFile, bool]:
        """See FileRows. The owner's row is locked: two at once do not both get the last of the quota."""
        try:
            async with self._database.writing(durable=True) as connection:
                await connection.execute(
                    select(users.c.id).where(users.c.id == file.owner_id).with_for_update()
                )
                row = await _row(connection, file.id)
                if row is None:
                    await _check(connection, file, allowed)
                    await connection.execute(insert(files).values(**_begun(file), begun_at=now))
                    return StoredFile(file, now, None), True
        except IntegrityError:  # somebody else took the id between the look and the leap
            async with self._database.reading() as connection:
                row = await _row(connection, file.id)
        if row is None or row.message_id == _DELETED:
            raise Refused(Code.ID_TAKEN)
        return _stored(row), False

    async def find(self, file_id: UUID) -> StoredFile | None:
        """See FileRows."""
        async with self._database.reading() as connection:
            row = await _row(connection, file_id)
        return None if row is None or row.message_id == _DELETED else _stored(row)

    async def complete(self, file: File, *, now: int) -> None:
        """See FileRows."""
        values = {
            "media_type": file.media_type,
            "width": file.width,
            "height": file.height,
            "has_thumbnail": file.has_thumbnail,
            "complete_at": now,
        }
        which = files.c.id == str(file.id), files.c.complete_at.is_(None)
        async with self._database.writing(durable=True) as connection:
            await connection.execute(update(files).where(*which).values(**values))

    async def visible(self, file_id: UUID, user_id: int) -> File | None:
        """See FileRows."""
        member = and_(members.c.conversation_id == messages.c.conversation_id, members.c.user_id == user_id)
        shown = (
            select(messages.c.number)
            .join(members, member)
            .where(messages.c.id == files.c.message_id, messages.c.deleted_at.is_(None))
        )
        statement = select(files).where(
            files.c.id == str(file_id),
            files.c.complete_at.is_not(None),
            or_(and_(files.c.owner_id == user_id, _KEPT), shown.exists()),
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(statement)).one_or_none()
        return None if row is None else file_of(row)

    async def remove(self, file_id: UUID) -> bool:
        """See FileRows."""
        async with self._database.writing() as connection:
            done = await connection.execute(delete(files).where(files.c.id == str(file_id), _FREE))
        return bool(done.rowcount)

    async def orphans(self, before: int) -> Sequence[UUID]:
        """See FileRows."""
        left = and_(files.c.message_id.is_(None), files.c.begun_at < before)
        statement = select(files.c.id).where(or_(left, files.c.message_id == _DELETED)).limit(_AT_ONCE)
        async with self._database.reading() as connection:
            return [UUID(found) for found in (await connection.execute(statement)).scalars()]

    async def known(self, file_ids: Collection[UUID]) -> Collection[UUID]:
        """See FileRows."""
        found: set[UUID] = set()
        async with self._database.reading() as connection:
            for part in chunks([str(one) for one in file_ids]):
                rows = await connection.execute(select(files.c.id).where(files.c.id.in_(part)))
                found.update(UUID(one) for one in rows.scalars())
        return found


async def _row(connection: AsyncConnection, file_id: UUID) -> Row[Any] | None:
    return (await connection.execute(select(files).where(files.c.id == str(file_id)))).one_or_none()


async def _check(connection: AsyncConnection, file: File, allowed: Allowance) -> None:
    waiting = func.sum(case((files.c.message_id.is_(None), 1), else_=0))
    statement = select(func.sum(files.c.size), waiting).where(files.c.owner_id == file.owner_id, _KEPT)
    used, left = (await connection.execute(statement)).one()
    if int(used or 0) + file.size > allowed.quota:
        raise Refused(Code.QUOTA_EXCEEDED)
    if int(left or 0) >= allowed.waiting:
        raise Refused(Code.LIMIT_REACHED)


def _begun(file: File) -> dict[str, Any]:
    return {
        "id": str(file.id),
        "owner_id": file.owner_id,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
    }


def _stored(row: Row[Any]) -> StoredFile:
    return StoredFile(file_of(row), row.begun_at, row.complete_at)
