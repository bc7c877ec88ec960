"""A desktop without a window that keeps conversations on disk, and what it takes to people one."""

import os
import queue
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.core.chat.chats import Chats
from presence_desktop.core.chat.row import LocalFile, Row
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.disk.history import FileHistory
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.net.gateway import Gateway
from presence_desktop.protocol.chat_events import DmOpened
from presence_desktop.protocol.errors import Code
from tests.fakes.server_process import PASSWORD, Person, ServerProcess
from tests.net.people import MemorySecrets, SystemClock
from tests.waiting import eventually


class Desk:
    """A desktop without a window, with a folder of its own."""

    def __init__(self, folder: Path, who: Person, room: "list[Desk]") -> None:
        self.who = who
        self._room = room
        """All desks of the test: while one waits, the others work."""
        self.outcomes: dict[int, Outcome] = {}
        self.notices: list[Code] = []
        self._arrived: queue.SimpleQueue[incoming.Incoming] = queue.SimpleQueue()
        clock = SystemClock()
        self.gateway = Gateway(self._arrived.put, MemorySecrets(), clock, PictureShelf(folder / "pictures"))
        ports = ChatPorts(self.gateway.chat, FileHistory(folder / "conversations"), Random(3).random)
        self.client = Client(self.gateway, clock, ports)

    @property
    def chats(self) -> Chats:
        return self.client.chats

    def take(self) -> None:
        batch = []
        while not self._arrived.empty():
            batch.append(self._arrived.get())
        self.note(self.client.apply(batch) if batch else self.client.chats.tick())

    def note(self, changes: Changes) -> None:
        self.outcomes |= {outcome.ask: outcome for outcome in changes.outcomes}
        self.notices += [notice.code for notice in changes.notices]

    def until(self, predicate: Callable[[], object], within: float = 10) -> None:
        def holds() -> bool:
            for one in self._room:
                one.take()
            return bool(predicate())

        eventually(holds, within=within)

    def leave(self) -> None:
        """The app ends."""
        self._room.remove(self)
        self.client.close()

    def sign_in(self, url: str) -> None:
        self.note(self.client.sign_in(url, self.who.email, PASSWORD))
        self.until(lambda: self.client.connection.state is LinkState.ONLINE and self.client.me)

    def outcome(self, changes: Changes) -> Outcome:
        """How the ask ended that this call began."""
        self.note(changes)
        assert changes.asked is not None
        self.until(lambda: changes.asked in self.outcomes)
        return self.outcomes[changes.asked]

    def open_with(self, other: "Desk") -> int:
        """The direct conversation with somebody, open in the view."""
        answer = self.outcome(self.chats.open_direct(other.who.user_id)).answer
        assert isinstance(answer, DmOpened)
        self.note(self.chats.open(answer.conversation.id))
        return answer.conversation.id

    @property
    def rows(self) -> list[Row]:
        window = self.chats.window
        return [] if window is None else list(window.rows)

    @property
    def texts(self) -> list[str]:
        return [row.message.text for row in self.rows]


def account(server: ServerProcess, name: str) -> Person:
    email = f"{name}-{os.urandom(4).hex()}@example.org"
    body = {"email": email, "username": f"{name} {os.urandom(2).hex()}", "password": PASSWORD}
    answer = server.post("/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    return server.sign_in(email)


def png(width: int, height: int, colour: tuple[int, int, int] = (200, 40, 40)) -> bytes:
    rows = (b"\0" + bytes(colour) * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def local(path: Path) -> LocalFile:
    return LocalFile(str(path), path.name, path.stat().st_size)
