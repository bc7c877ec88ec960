"""Devices of a `ChatServer`, whose links break when told to."""

from collections import deque
from typing import Any
from uuid import UUID

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.chats import Chats
from presence_desktop.core.chat.memory_history import MemoryHistory
from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.window_news import Changed, Inserted, Removed, Replaced
from presence_desktop.core.chat_ports import ChatPorts, History
from presence_desktop.core.client import Client
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol import rest
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Event
from tests.core.chat.world import SERVER, ChatServer
from tests.core.world import HandClock, RememberingGateway, up


class ChatWire:
    """A device's way to the server. Nothing moves until `Device.move` is called."""

    def __init__(self, device: "Device") -> None:
        self._device = device
        self.sent: list[Event] = []
        self.asks: deque[tuple[Event | SearchQuery, int]] = deque()
        self.calls: list[tuple[object, ...]] = []

    def send(self, event: Event, ask: int | None = None) -> None:
        self.sent.append(event)

    def ask(self, event: Event, ask: int) -> None:
        if self._device.linked:
            self.asks.append((event, ask))
        else:
            self._device.inbox.append(incoming.Refusal(event.name, Code.UNREACHABLE, "", ask))

    def search(self, query: SearchQuery, ask: int) -> None:
        self.calls.append(("search", query, ask))

    def upload(self, file_id: UUID, path: str, name: str) -> None:
        self.calls.append(("upload", file_id, path, name))

    def cancel_upload(self, file_id: UUID) -> None:
        self.calls.append(("cancel_upload", file_id))

    def fetch_file(self, file_id: UUID, thumbnail: bool, path: str | None = None) -> None:
        self.calls.append(("fetch_file", file_id, thumbnail, path))

    def cancel_fetch(self, file_id: UUID) -> None:
        self.calls.append(("cancel_fetch", file_id))

    def forget_file(self, file_id: UUID, path: str | None = None) -> None:
        self.calls.append(("forget_file", file_id, path))

    def fetch_avatar(self, avatar: str) -> None:
        self.calls.append(("fetch_avatar", avatar))

    def set_avatar(self, data: bytes | None, ask: int) -> None:
        self.calls.append(("set_avatar", data, ask))

    def call(self, call: RestCall[Any], ask: int) -> None:
        self.calls.append(("call", call, ask))

    def take_calls(self) -> list[tuple[object, ...]]:
        calls, self.calls = self.calls, []
        return calls


class Device:
    """A client with its link to a `ChatServer`; `shown` follows the window by its steps alone, as a view does."""

    def __init__(self, server: ChatServer, user: int = 1, history: History | None = None) -> None:
        self.server = server
        self.user = user
        self.me = rest.Account(user_id=user, username=f"user{user}", email=f"user{user}@example.org")
        self.history = history or MemoryHistory()
        self.clock = HandClock()
        self.inbox: deque[incoming.Incoming] = deque()
        self.shown: list[Row] = []
        self.seen: list[Changes] = []
        self.start()
        server.devices.append(self)

    def start(self) -> None:
        """The app starts, with what the disk kept."""
        self.linked = False
        self.inbox.clear()
        self.shown = []
        self.gateway = RememberingGateway()
        self.wire = ChatWire(self)
        self.client = Client(self.gateway, self.clock, ChatPorts(self.wire, self.history))

    @property
    def chats(self) -> Chats:
        return self.client.chats

    def sign_in(self) -> Changes:
        return self.take(incoming.SignedIn(SERVER, self.me))

    def link(self, *, plain: bool = False) -> Changes:
        """The link comes up."""
        self.linked = True
        return self.take(up(plain=plain))

    def lose(self) -> None:
        """The link breaks: what was on its way is lost, in either direction. Each ask ends all the same, once."""
        self.linked = False
        ended = [item.ask for item in self.inbox if isinstance(item, incoming.Answered | incoming.Refusal)]
        self.inbox.clear()
        asks, self.wire.asks = self.wire.asks, deque()
        lost: list[incoming.Incoming] = [incoming.LinkLost(Code.UNREACHABLE, "", None)]
        for asked, number in asks:
            about = asked.name if isinstance(asked, Event) else "search"
            lost.append(incoming.Refusal(about, Code.UNREACHABLE, "", number))
        lost += [incoming.Refusal("?", Code.UNREACHABLE, "", number) for number in ended]
        self.take(*lost)

    def take(self, *items: incoming.Incoming) -> Changes:
        return self.see(self.client.apply(items))

    def see(self, changes: Changes) -> Changes:
        """Follow what a view is told."""
        self.seen.append(changes)
        window = self.chats.window
        rows = [] if window is None else list(window.rows)
        for step in changes.chat:
            if isinstance(step, Replaced):
                self.shown = list(rows)
            elif isinstance(step, Removed):
                assert len(self.shown[step.at : step.at + step.count]) == step.count
                del self.shown[step.at : step.at + step.count]
            elif isinstance(step, Inserted):
                assert 0 <= step.at <= len(self.shown)
                self.shown[step.at : step.at] = [None] * step.count  # type: ignore[list-item]
            else:
                assert isinstance(step, Changed)
                assert step.at + step.count <= len(self.shown)
                self.shown[step.at : step.at + step.count] = [None] * step.count  # type: ignore[list-item]
        assert len(self.shown) == len(rows)
        for at, row in enumerate(self.shown):
            assert row is None or row == rows[at], (row, rows[at])
        self.shown = rows
        return changes

    def answer(self, *, lose_answer: bool = False) -> bool:
        """The server answers the oldest ask; whether there was one."""
        if not self.wire.asks:
            return False
        asked, number = self.wire.asks.popleft()
        assert isinstance(asked, Event)
        try:
            answer = self.server.answer(self.user, asked)
        except Refused as refused:
            self.inbox.append(incoming.Refusal(asked.name, refused.code, "", number))
        else:
            if not lose_answer:
                self.inbox.append(incoming.Answered(number, answer))
            else:
                self.inbox.append(incoming.Refusal(asked.name, Code.UNREACHABLE, "", number))
        return True

    def hear(self) -> bool:
        """Take in all that has arrived, in one batch; whether there was anything."""
        if not self.inbox:
            return False
        items = list(self.inbox)
        self.inbox.clear()
        self.take(*items)
        return True

    def move(self) -> None:
        """Everything that can happen over this link happens."""
        moved = True
        while moved:
            moved = self.answer() or self.hear()

    def online(self) -> "Device":
        self.sign_in()
        self.link()
        self.move()
        return self

    def wait(self, ms: int) -> Changes:
        """Time goes by, and the second's tick comes."""
        self.clock.time += ms
        return self.see(self.chats.tick())

    def texts(self) -> list[str]:
        window = self.chats.window
        return [] if window is None else [row.message.text for row in window.rows]


def settle(*devices: Device) -> None:
    """Everything happens that can, on all devices."""
    moved = True
    while moved:
        moved = False
        for device in devices:
            moved |= device.answer() or device.hear()
