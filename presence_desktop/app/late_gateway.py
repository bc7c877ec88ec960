"""A gateway that is there before its libraries are: the window is painted first, then they are loaded.

Decides only when: calls made before the real gateway is there are made again, in order, once it is.
"""

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from presence_desktop.app.late_chat_gateway import LateChatGateway
from presence_desktop.core.chat_ports import ChatGateway
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.ports import Gateway
from presence_desktop.protocol.events import Cursor, DeviceState, Event, StatusUpdate


class WholeGateway(Gateway, Protocol):
    """A gateway with the part that conversations take."""

    @property
    def chat(self) -> ChatGateway:
        """That part."""
        ...


class _Bell(QObject):
    """Rings in the GUI thread."""

    rung = Signal()


class LateGateway:
    """Stands for a gateway (`core.ports.Gateway`, its `chat` too). Use it in the GUI thread only."""

    def __init__(self, load: Callable[[], Callable[[], WholeGateway]]) -> None:
        """`load` runs in a thread and imports; what it returns makes the gateway, in the GUI thread."""
        self._load = load
        self._make: Callable[[], WholeGateway] | None = None
        self._real: WholeGateway | None = None
        self._waiting: list[Callable[[WholeGateway], None]] = []
        self._thread: threading.Thread | None = None
        self._closed = False
        self._bell = _Bell()
        self._bell.rung.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        self.chat = LateChatGateway(lambda call: self._do(lambda real: call(real.chat)))

    def load(self) -> None:
        """Begin to load, once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._import, name="loading", daemon=True)
            self._thread.start()

    def register(self, link: JoinLink, email: str, username: str, password: str) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.register(link, email, username, password))

    def sign_in(self, server: str, email: str, password: str) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.sign_in(server, email, password))

    def resume(self, server: str, email: str) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.resume(server, email))

    def connect(self) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.connect())

    def prepare(self, known: Cursor | None, state: DeviceState | None, claim: StatusUpdate | None) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.prepare(known, state, claim))

    def send(self, event: Event, ask: int | None = None) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.send(event, ask))

    def fetch_directory(self) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.fetch_directory())

    def reconnect_now(self) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.reconnect_now())

    def pause(self) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.pause())

    def sign_out(self) -> None:
        """See `core.ports.Gateway`."""
        self._do(lambda real: real.sign_out())

    def close(self) -> None:
        """See `core.ports.Gateway`."""
        self._closed = True
        self._waiting.clear()
        if self._thread is not None:
            self._thread.join()
        if self._real is not None:
            self._real.close()

    def _do(self, call: Callable[[WholeGateway], None]) -> None:
        if self._real is not None:
            call(self._real)
        elif not self._closed:
            self._waiting.append(call)

    def _import(self) -> None:
        self._make = self._load()
        self._bell.rung.emit()

    def _begin(self) -> None:
        if self._closed or self._make is None:
            return
        self._real = self._make()
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call(self._real)
