"""Keeps conversations on this computer: SQLite, one file for each server and account (`core.chat_ports.History`).

Decides how things are written down. A call takes a few ms at most: messages that are given up are removed bit by bit.
What becomes of a file that cannot be used is `history_file`'s.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import NODEFAULT, Struct

from presence_desktop import __version__
from presence_desktop.core.chat_ports import Kept, KeptTalk, Progress, Unsent
from presence_desktop.disk.history_file import ENDS, HistoryFile
from presence_desktop.protocol import rest
from presence_desktop.protocol.chat import Conversation, Message
from presence_desktop.protocol.status import Status
from presence_desktop.protocol.wire import Wire

logger = logging.getLogger(__name__)

REMOVED_AT_ONCE = 300
"""So many given-up messages go with each step that writes others."""
_Thing = TypeVar("_Thing")

_PUT_MESSAGE = """
    INSERT INTO messages (box, seq, id, change, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (box, seq) DO UPDATE SET id = excluded.id, change = excluded.change, body = excluded.body
    WHERE excluded.change > change
"""
_PUT_TALK = """
    INSERT INTO talks (id, box, shape) VALUES (?, (SELECT coalesce(max(box), 0) + 1 FROM
        (SELECT max(box) AS box FROM talks UNION SELECT max(box) FROM rubbish)), ?)
    ON CONFLICT (id) DO UPDATE SET shape = excluded.shape
"""
_PUT_PROGRESS = """
    UPDATE talks SET known_change = coalesce(?, known_change), last_seq = ?, read_seq = ?, unread = ?, mentions = ?,
        muted = ? WHERE id = ?
"""
_NEW_BOX = """
    UPDATE talks SET box = (SELECT max(box) + 1 FROM
        (SELECT max(box) AS box FROM talks UNION SELECT max(box) FROM rubbish)) WHERE id = ?
"""
_TALKS = """
    SELECT shape, known_change, last_seq, read_seq, unread, mentions, muted, draft,
        (SELECT body FROM messages WHERE messages.box = talks.box ORDER BY seq DESC LIMIT 1)
    FROM talks ORDER BY id
"""
_NEWEST = "SELECT seq FROM messages JOIN talks USING (box) WHERE talks.id = ? ORDER BY seq DESC LIMIT 1"
_BEFORE = """
    SELECT seq, body FROM messages JOIN talks USING (box) WHERE talks.id = ? AND seq < ? ORDER BY seq DESC LIMIT ?
"""
_AFTER = """
    SELECT seq, body FROM messages JOIN talks USING (box) WHERE talks.id = ? AND seq > ? ORDER BY seq LIMIT ?
"""
_FILES = """
    SELECT json_extract(file.value, '$.id') FROM messages JOIN talks USING (box), json_each(
        CASE WHEN instr(body, '"attachments"') AND json_valid(body) THEN body ELSE '{}' END, '$.attachments') AS file
    WHERE talks.id = ?
"""
_FORGET_STRANGE = """
    DELETE FROM messages WHERE instr(body, '"kind":') AND NOT instr(body, '"kind":"text"')
"""
_REMOVE = """
    DELETE FROM messages WHERE rowid IN (SELECT rowid FROM messages WHERE box = ? LIMIT ?)
"""


class FileHistory:
    """The files in `folder`, of which one is open at a time."""

    def __init__(self, folder: Path, version: str = __version__) -> None:
        """`version`: the app's."""
        self._folder, self._version = folder, version
        self._file = HistoryFile(folder / "none")
        self._number = self._begun_before = 0
        self._boxes: dict[int, int] = {}
        self._rubbish: list[int] = []

    @property
    def failing(self) -> bool:
        """See `core.chat_ports.History`."""
        return self._file.failing

    @property
    def begun_anew(self) -> int:
        """See `core.chat_ports.History`."""
        return self._begun_before + self._file.number

    def move(self, folder: Path) -> None:
        """Keep what is opened from now on in this folder."""
        self._folder = folder

    def forget(self, server: str, email: str) -> None:
        """Remove what is kept of an account, with what waited to be sent."""
        path = self._folder / _file_name(server, email)
        for begun in (path.name, f"{path.name}.broken"):
            for end in ENDS:
                with suppress(OSError):
                    path.with_name(f"{begun}{end}").unlink(missing_ok=True)

    def open(self, server: str, email: str) -> Kept:
        """See `core.chat_ports.History`."""
        self._file.close()
        self._begun_before += self._file.number
        self._file = HistoryFile(self._folder / _file_name(server, email))
        self._file.open()
        self._understand()
        self._know()
        return Kept(self._account(), tuple(self._talks()), tuple(self._unsent()), tuple(self._people()))

    def close(self) -> None:
        """See `core.chat_ports.History`."""
        self._file.close()

    def together(self) -> AbstractContextManager[None]:
        """See `core.chat_ports.History`."""
        return self._file.together()

    def put_account(self, account: rest.Account) -> None:
        """See `core.chat_ports.History`."""
        row = ("account", _text(account))
        self._file.write("INSERT OR REPLACE INTO about VALUES (?, ?)", [row])

    def put_people(self, people: Sequence[rest.DirectoryEntry]) -> None:
        """See `core.chat_ports.History`."""
        rows = [(one.user_id, one.username, one.avatar, one.role, one.last_seen) for one in people]
        self._file.write("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?)", rows)

    # --- conversations ---

    def put_talk(self, conversation: Conversation) -> None:
        """See `core.chat_ports.History`."""
        shape = _text(msgspec.structs.replace(conversation, last_message=None))
        self._file.write(_PUT_TALK, [(conversation.id, shape)])
        if conversation.id not in self._boxes or self._number != self._file.number:
            self._know()

    def put_progress(self, conversation_id: int, progress: Progress) -> None:
        """See `core.chat_ports.History`. After a step that was not kept, the file goes on from where that was."""
        known = None if self._file.torn else progress.known_change
        counts = (progress.last_seq, progress.read_seq, progress.unread, progress.mentions)
        self._file.write(_PUT_PROGRESS, [(known, *counts, progress.muted, conversation_id)])

    def drop_talk(self, conversation_id: int) -> None:
        """See `core.chat_ports.History`."""
        one = [(conversation_id,)]
        with self.together():
            self._file.write("INSERT INTO rubbish SELECT box FROM talks WHERE id = ?", one)
            self._file.write("DELETE FROM talks WHERE id = ?", one)
            self._file.write("DELETE FROM unsent WHERE conversation_id = ?", one)
        self._know()

    def drop_messages(self, conversation_id: int) -> None:
        """See `core.chat_ports.History`."""
        one = [(conversation_id,)]
        with self.together():
            self._file.write("INSERT INTO rubbish SELECT box FROM talks WHERE id = ?", one)
            self._file.write(_NEW_BOX, one)
        self._know()

    def put_draft(self, conversation_id: int, text: str) -> None:
        """See `core.chat_ports.History`."""
        self._file.write("UPDATE talks SET draft = ? WHERE id = ?", [(text, conversation_id)])

    # --- messages ---

    def put_messages(self, messages: Sequence[Message]) -> None:
        """See `core.chat_ports.History`."""
        if self._number != self._file.number:
            self._know()
        rows = [
            (box, one.seq, one.id.bytes, one.change, _text(one))
            for one in messages
            if (box := self._boxes.get(one.conversation_id)) is not None
        ]
        if not messages:
            return
        with self.together():
            self._file.write(_PUT_MESSAGE, rows)
            self._file.write("DELETE FROM unsent WHERE id = ?", [(one.id.bytes,) for one in messages])
            self._clear_out()

    def messages(self, conversation_id: int, ids: Collection[UUID]) -> list[Message]:
        """See `core.chat_ports.History`."""
        box = self._boxes.get(conversation_id)
        rows = [
            row
            for one in ids
            for row in self._file.read("SELECT body FROM messages WHERE id = ? AND box = ?", (one.bytes, box))
        ]
        return _all(rows, _message)

    def files(self, conversation_id: int) -> list[UUID]:
        """See `core.chat_ports.History`."""
        return list(_ids(self._file.read(_FILES, (conversation_id,))))

    def newest(self, conversation_id: int) -> int:
        """See `core.chat_ports.History`."""
        rows = self._file.read(_NEWEST, (conversation_id,))
        return int(rows[0][0]) if rows else 0

    def before(self, conversation_id: int, seq: int, limit: int) -> list[Message]:
        """See `core.chat_ports.History`."""
        rows = self._file.read(_BEFORE, (conversation_id, seq, limit))
        return _run(rows, seq, -1)[::-1]

    def after(self, conversation_id: int, seq: int, limit: int) -> list[Message]:
        """See `core.chat_ports.History`."""
        return _run(self._file.read(_AFTER, (conversation_id, seq, limit)), seq, 1)

    # --- the outbox ---

    def put_unsent(self, unsent: Unsent) -> None:
        """See `core.chat_ports.History`."""
        body = _text(unsent)
        row = (unsent.id.bytes, unsent.conversation_id, unsent.number, body)
        self._file.write("INSERT OR REPLACE INTO unsent VALUES (?, ?, ?, ?)", [row])

    def drop_unsent(self, message_id: UUID) -> None:
        """See `core.chat_ports.History`."""
        self._file.write("DELETE FROM unsent WHERE id = ?", [(message_id.bytes,)])

    # --- parts of the above ---

    def _understand(self) -> None:
        """What another version of the app could not read, or not in full, this one may: it is fetched again when it is
        looked at.
        """
        if self._file.read("SELECT 1 FROM about WHERE name = 'app' AND value = ?", (self._version,)):
            return
        with self.together():
            self._file.write(_FORGET_STRANGE)
            self._file.write("INSERT OR REPLACE INTO about VALUES ('app', ?)", [(self._version,)])

    def _know(self) -> None:
        """Read again where messages are."""
        self._number = self._file.number
        self._boxes = dict(self._file.read("SELECT id, box FROM talks"))
        self._rubbish = [box for (box,) in self._file.read("SELECT box FROM rubbish")]

    def _clear_out(self) -> None:
        """Remove some of what was given up."""
        if not self._rubbish:
            return
        box = self._rubbish[-1]
        self._file.write(_REMOVE, [(box, REMOVED_AT_ONCE)])
        if not self._file.read("SELECT 1 FROM messages WHERE box = ? LIMIT 1", (box,)):
            self._file.write("DELETE FROM rubbish WHERE box = ?", [(box,)])
            self._rubbish.pop()

    def _account(self) -> rest.Account | None:
        rows = self._file.read("SELECT value FROM about WHERE name = 'account'")
        return next(iter(_all(rows, lambda row: msgspec.json.decode(row[0], type=rest.Account))), None)

    def _people(self) -> Iterable[rest.DirectoryEntry]:
        rows = self._file.read("SELECT user_id, username, avatar, role, last_seen FROM people")
        for user_id, username, avatar, role, last_seen in rows:
            yield rest.DirectoryEntry(
                user_id=user_id,
                username=username,
                avatar=avatar,
                status=Status.OFFLINE,
                last_seen=last_seen,
                role=role,
            )

    def _talks(self) -> list[KeptTalk]:
        return _all(self._file.read(_TALKS), _talk)

    def _unsent(self) -> list[Unsent]:
        rows = self._file.read("SELECT body FROM unsent ORDER BY number, id")
        return _all(rows, lambda row: msgspec.json.decode(row[0], type=Unsent))


def _file_name(server: str, email: str) -> str:
    """One for each server and account; it tells which, as far as a file's name can."""
    account = f"{server}\n{email.casefold()}"
    host = re.sub(r"[^a-z0-9.-]+", "-", server.casefold().partition("://")[2])[:40].strip("-.")
    return f"{host}-{hashlib.sha256(account.encode()).hexdigest()[:16]}.sqlite3"


def _all(rows: Iterable[tuple[Any, ...]], read: Callable[[tuple[Any, ...]], _Thing]) -> list[_Thing]:
    """What can be understood of these rows."""
    things = []
    for row in rows:
        try:
            things.append(read(row))
        except ValueError:
            logger.warning("something kept could not be understood")
    return things


def _text(thing: Wire | Unsent) -> str:
    """As it is kept: without the fields that are as they are when nothing is said of them, a third of a message."""
    said = {
        written: value
        for name, written, usual in _fields(type(thing))
        if (value := getattr(thing, name)) != usual
    }
    return msgspec.json.encode(said).decode()


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[str, str, object], ...]:
    """The fields, as what they are written, and their values where nothing is said."""
    return tuple(
        (
            field.name,
            field.encode_name,
            field.default if field.default_factory is NODEFAULT else field.default_factory(),
        )
        for field in msgspec.structs.fields(kind)
    )


def _ids(rows: Iterable[tuple[Any, ...]]) -> Iterator[UUID]:
    for (text,) in rows:
        with suppress(ValueError, TypeError, AttributeError):
            yield UUID(text)


def _message(row: tuple[Any, ...]) -> Message:
    return msgspec.json.decode(row[0], type=Message)


def _talk(row: tuple[Any, ...]) -> KeptTalk:
    shape, known_change, last_seq, read_seq, unread, mentions, muted, draft, last = row
    return KeptTalk(
        msgspec.json.decode(shape, type=Conversation),
        Progress(known_change, last_seq, read_seq, unread, mentions, bool(muted)),
        draft,
        None if last is None else msgspec.json.decode(last, type=Message),
    )


def _run(rows: Sequence[tuple[Any, ...]], seq: int, step: int) -> list[Message]:
    """The messages next to this place, up to the first hole."""
    found = []
    for place, body in rows:
        seq += step
        if place != seq:
            break
        found.append((body,))
    return _all(found, _message)
