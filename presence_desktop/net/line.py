"""One line to the server: a single Socket.IO connection, from its opening to its end.

Decides how messages are delivered: one after another, in the order they came (python-engineio would start a thread for
each), and when a line is dead: silent for longer than the server's ping interval and time-out. When to open another one
is decided in `link`.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import engineio
import socketio
import socketio.exceptions
import websocket
from engineio.packet import CLOSE, Packet

from presence_desktop.core.address import is_loopback
from presence_desktop.net.errors import bad_answer, from_connect_error, from_socketio
from presence_desktop.net.trust import Way
from presence_desktop.protocol.errors import Refused

OPEN_SECONDS = 4.0
"""How long the opening may wait for each answer."""
_FLUSH_SECONDS = 0.5
_END_SECONDS = 0.8
_AGAIN_SECONDS = 0.05
_SLACK_SECONDS = 2.0

logger = logging.getLogger(__name__)
_quiet = logging.Logger("presence_desktop.net.vendor", logging.CRITICAL + 1)
"""For the libraries: at lower levels they log whole packets, the token too."""

Handler = Callable[[str, Any], None]


class _InOrder(engineio.Client):  # type: ignore[misc]
    """python-engineio's client, but it handles each message before it reads the next, and notes when it last heard."""

    heard_at = 0.0
    """Monotonic seconds; 0 before the first packet."""

    def start_background_task(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if target is not self.handlers.get("message"):
            return super().start_background_task(target, *args, **kwargs)
        try:
            target(*args, **kwargs)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            logger.warning("a message of the server could not be read: %s", type(error).__name__)
        return None

    def disconnect(self, abort: bool = False, reason: str | None = None) -> None:
        """As always, but where the reading thread itself ends the connection it does not wait for its own end."""
        super().disconnect(abort or self.read_loop_task is threading.current_thread(), reason)

    def _receive_packet(self, pkt: Packet) -> None:
        self.heard_at = time.monotonic()
        super()._receive_packet(pkt)


class _Socket(socketio.Client):  # type: ignore[misc]
    """python-socketio's client over `_InOrder`."""

    def _engineio_client_class(self) -> type[engineio.Client]:
        return _InOrder


class Line:
    """One connection. `hear(name, payload)` is called in its reading thread, `ended()` once, when it is over."""

    def __init__(self, hear: Handler, ended: Callable[[], None]) -> None:
        self._hear = hear
        self._ended = ended
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._refused: Refused | None = None
        self._socket = _Socket(
            reconnection=False,
            handle_sigint=False,
            logger=_quiet,
            engineio_logger=_quiet,
            request_timeout=OPEN_SECONDS,
        )
        self._engine: _InOrder = self._socket.eio
        self._engine.websocket_extra_options = {"class_": self._make_websocket}
        self._websocket: Any = None
        self._requests: Any = None
        self._early: list[tuple[str, Any]] | None = []
        self._socket.on("connect", self._on_accepted)
        self._socket.on("*", self._on_event)
        self._socket.on("connect_error", self._on_refused)
        self._forget_line = self._engine.handlers["disconnect"]
        self._engine.on("disconnect", self._on_end)

    def open(self, way: Way, auth: dict[str, Any], transports: list[str]) -> None:
        """Open it; returns once the server's engine answers. Raises `Refused`."""
        if is_loopback(way.url):
            self._engine.websocket_extra_options["http_no_proxy"] = ["*"]
        if way.context is not None:
            self._engine.websocket_extra_options["sslopt"] = {"context": way.context}
            self._requests = self._engine.http = way.session()  # for polling, and cookies of balancers
            self._engine.external_http = True
        try:
            self._socket.connect(way.url, auth=auth, transports=transports, namespaces=["/"], wait=False)
        except socketio.exceptions.ConnectionError as error:
            raise from_socketio(self._cause(error)) from None
        except (ValueError, TypeError, KeyError, IndexError, OSError) as error:
            raise bad_answer("What answers is not a Presence server.") from error

    @property
    def over(self) -> bool:
        """Whether the connection has ended."""
        return self._over.is_set()

    @property
    def refused(self) -> Refused | None:
        """Why the server did not take the connection, if it said so."""
        return self._refused

    @property
    def dead(self) -> bool:
        """Whether nothing was heard for longer than the server's pings allow."""
        engine = self._engine
        if not engine.heard_at or engine.ping_interval is None or engine.ping_timeout is None:
            return False
        limit: float = engine.ping_interval + engine.ping_timeout + _SLACK_SECONDS
        return time.monotonic() - engine.heard_at > limit

    def emit(
        self, name: str, payload: dict[str, Any], answered: Callable[[object], None] | None = None
    ) -> bool:
        """Send an event; `answered` gets the acknowledgement. Whether it is on its way: not without a connection."""
        callback = None if answered is None else lambda *data: answered(data[0] if data else None)
        with self._lock:
            if self._over.is_set():
                return False
            try:
                self._socket.emit(name, payload or None, callback=callback)
            except socketio.exceptions.SocketIOError:
                logger.info("%s was not sent: there is no connection", name)
                return False
        return True

    def goodbye(self) -> None:
        """Leave politely (the others see it at once), and wait for the end; takes 1.5 s at most."""
        if self.over:
            return
        self._engine.send("1")  # with Engine.IO's own digit in front: "41", a namespace disconnect
        self._engine.queue.put(Packet(CLOSE))
        _wait_written(self._engine)
        self._shut(socket.SHUT_WR)  # no more from us; what the server still says is read to its end
        reader = self._engine.read_loop_task
        if reader is not None:
            reader.join(_END_SECONDS)
        self.drop()

    def drop(self) -> None:
        """End it at once, without a word."""
        self.cancel()
        ends, reader = time.monotonic() + _FLUSH_SECONDS, self._engine.read_loop_task
        self._engine.queue.put(None)
        while reader is not None and reader.is_alive() and time.monotonic() < ends:
            reader.join(_AGAIN_SECONDS)
            self._engine.queue.put(
                None
            )  # if the server ends it too, the library may have thrown the last one away
        if self._websocket is not None:
            self._websocket.shutdown()
        if self._requests is not None:
            self._requests.close()
        self._finish()

    def cancel(self) -> None:
        """Wake whoever waits for an answer on this line: none will come. From any thread."""
        self._shut(socket.SHUT_RDWR)

    def _shut(self, how: int) -> None:
        sock = None if self._websocket is None else self._websocket.sock
        if sock is not None:
            with suppress(
                OSError
            ):  # past the encryption, which would forget itself: what comes is still to be read
                socket.socket.shutdown(sock, how)

    def _cause(self, error: Exception) -> BaseException:
        """What broke: of a request, the library passes on the text alone."""
        trouble: BaseException | None = getattr(self._requests, "trouble", None)
        return trouble or error

    def _make_websocket(self, **options: Any) -> Any:
        self._websocket = websocket.WebSocket(**options)
        return self._websocket

    def _on_accepted(self) -> None:
        """From here on events can be sent; those that came before (some servers do that) are told now."""
        early, self._early = self._early or [], None
        for name, payload in early:
            self._hear(name, payload)

    def _on_event(self, name: str, *data: Any) -> None:
        payload = data[0] if data else None
        if self._early is None:
            self._hear(name, payload)
        else:
            self._early.append((name, payload))

    def _on_refused(self, *data: Any) -> None:
        self._refused = from_connect_error(data[0] if data else None)
        self._finish()

    def _on_end(self, reason: str) -> None:
        self._forget_line(reason)
        self._finish()

    def _finish(self) -> None:
        with self._lock:
            first = not self._over.is_set()
            self._over.set()
        if first:
            self._ended()


def _wait_written(engine: engineio.Client) -> None:
    """Wait until what was queued is on its way."""
    waiting = engine.queue
    with waiting.all_tasks_done:
        waiting.all_tasks_done.wait_for(lambda: not waiting.unfinished_tasks, _FLUSH_SECONDS)
