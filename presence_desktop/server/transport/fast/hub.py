"""Who writes what to which socket, and in which order: one log per tick, one joined write per socket.

A broadcast to a wide room only appends to the log. The flush, one turn of the event loop later, joins the log once
per audience (sockets that are in the same wide rooms) and hands each socket the same bytes. A socket that is written
to directly first gets what the log already holds for it, and a socket that is skipped the same up to the entry
skipped; its `mark` tells the flush where to go on. So every socket sees what was emitted in the order it was.

What is held for single sockets (`hold`) is joined likewise, one write for each at the end of the tick, and released
before anything else is said to them.

What bounds a slow reader is the session's own business: while its transport is full it is not among the `ready`, and
gets its part by `deliver`.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Protocol

from presence_desktop.server.transport.link.sio_codec import Encoded

Room = str | None
"""A room's name; None is everybody."""


class Reader(Protocol):
    """A session that the hub writes to."""

    audience: "Audience | None"

    def write_of(self) -> Callable[[bytes], None] | None:
        """How to write straight to it, or None while that cannot be (polling, or a full transport)."""

    def deliver(self, entries: list[Encoded]) -> None:
        """Send these, in order, however this session can be sent to."""


class Audience:
    """The sockets that are in the same wide rooms, and so get the same bytes."""

    __slots__ = ("others", "ready", "rooms")

    def __init__(self, rooms: frozenset[Room]) -> None:
        self.rooms = rooms
        self.ready: dict[Reader, Callable[[bytes], None]] = {}
        self.others: dict[Reader, None] = {}


class Hub:
    """The log of this tick and everybody it goes to. `wide` names the rooms that are broadcast by the log."""

    def __init__(self, wide: Iterable[str] = ()) -> None:
        self.wide: frozenset[Room] = frozenset({None, *wide})
        self._audiences: dict[frozenset[Room], Audience] = {}
        self.log: list[tuple[Room, Encoded]] = []
        """What was said in this tick and not written yet; for others to look at only."""
        self.held: dict[Reader, list[Encoded]] = {}
        """What was said to single sockets in this tick and not written yet; for others to look at only."""
        self._rooms: set[Room] = set()
        """The rooms that the log is about."""
        self._marks: dict[Reader, int] = {}

    # who hears what

    def place(self, reader: Reader, rooms: Iterable[Room]) -> None:
        """From now on `reader` hears these wide rooms; no rooms: nothing any more."""
        self.catch_up(reader)
        heard = frozenset(rooms)
        old = reader.audience
        if old is not None:
            old.ready.pop(reader, None)
            old.others.pop(reader, None)
            if not old.ready and not old.others:
                self._audiences.pop(old.rooms, None)
        reader.audience = None
        if heard:
            audience = self._audiences.get(heard)
            if audience is None:
                audience = self._audiences[heard] = Audience(heard)
            reader.audience = audience
            if self.log:
                self._marks[reader] = len(self.log)
            self.refresh(reader)

    def refresh(self, reader: Reader) -> None:
        """Whether `reader` can be written to straight away may have changed."""
        audience = reader.audience
        if audience is None:
            return
        write = reader.write_of()
        if write is None:
            audience.ready.pop(reader, None)
            audience.others[reader] = None
        else:
            audience.others.pop(reader, None)
            audience.ready[reader] = write

    def remove(self, reader: Reader) -> None:
        """`reader` is gone; what the log still holds for it is dropped."""
        if reader.audience is not None:
            self._marks[reader] = len(self.log)
            self.place(reader, ())
        self._marks.pop(reader, None)
        self.held.pop(reader, None)

    # what is said

    def broadcast(self, room: Room, entry: Encoded, skip: Iterable[Reader] = ()) -> None:
        """Say `entry` to everybody in a wide room but `skip`, at the end of this tick."""
        if self.held:
            self.release()
        at = len(self.log)
        if not at:
            asyncio.get_running_loop().call_soon(self.flush)
        self.log.append((room, entry))
        self._rooms.add(room)
        for reader in skip:
            self._catch_up(reader, at)
            self._marks[reader] = at + 1

    def hold(self, reader: Reader, entry: Encoded) -> None:
        """Say `entry` to one session, at the end of this tick and in one write with what else is held for it."""
        if self.log:
            self._catch_up(reader, len(self.log))
        if not self.held:
            asyncio.get_running_loop().call_soon(self.release)
        self.held.setdefault(reader, []).append(entry)

    def release(self) -> None:
        """Write what is held. Those who are told the same get the same bytes."""
        held, self.held = self.held, {}
        joined: dict[tuple[int, ...], bytes] = {}
        for reader, entries in held.items():
            write = reader.write_of()
            if write is None:
                reader.deliver(entries)
                continue
            if len(entries) == 1:
                whole = entries[0].frame
            else:
                same = tuple(map(id, entries))
                whole = joined.get(same) or b"".join([entry.frame for entry in entries])
                joined[same] = whole
            try:
                write(whole)
            except (RuntimeError, OSError):
                continue  # it closed this very moment; its protocol is told so, and the others are not harmed

    def catch_up(self, reader: Reader) -> None:
        """Send `reader` what is held for it or in the log; to be called before anything is sent to it directly."""
        if self.held:
            entries = self.held.pop(reader, None)
            if entries:
                reader.deliver(entries)
        if self.log:
            self._catch_up(reader, len(self.log))

    def _catch_up(self, reader: Reader, upto: int) -> None:
        audience = reader.audience
        if audience is None:
            return
        mark = self._marks.get(reader, 0)
        if mark < upto:
            self._marks[reader] = upto
            if audience.rooms.isdisjoint(self._rooms):
                return
            entries = [entry for room, entry in self.log[mark:upto] if room in audience.rooms]
            if entries:
                reader.deliver(entries)

    def flush(self) -> None:
        """Write the log to everybody, and begin a new one."""
        log, marks = self.log, self._marks
        self.log, self._marks, self._rooms = [], {}, set()
        for audience in list(self._audiences.values()):
            heard = [(at, entry) for at, (room, entry) in enumerate(log) if room in audience.rooms]
            if heard:
                _tell(audience, heard, marks)


def _tell(audience: Audience, heard: list[tuple[int, Encoded]], marks: dict[Reader, int]) -> None:
    """Write what an audience hears. Its dictionaries may change while it is written: transports fill up."""
    entries = [entry for _, entry in heard]
    whole = entries[0].frame if len(entries) == 1 else b"".join([entry.frame for entry in entries])
    marked = [reader for reader in marks if reader.audience is audience]
    others = [reader for reader in audience.others if reader not in marks]
    ready = audience.ready.copy()
    for reader in marked:
        ready.pop(reader, None)
    for write in ready.values():
        try:
            write(whole)
        except (RuntimeError, OSError):
            continue  # it closed this very moment; its protocol is told so, and the others are not harmed
    for reader in others:
        reader.deliver(entries)
    _tell_marked(marked, [at for at, _ in heard], entries, marks)


def _tell_marked(
    marked: list[Reader], positions: list[int], entries: list[Encoded], marks: dict[Reader, int]
) -> None:
    """Write the rest of what is heard to those who have heard a part of it."""
    for reader in marked:
        rest = entries[bisect_left(positions, marks[reader]) :]
        if rest:
            reader.deliver(rest)
