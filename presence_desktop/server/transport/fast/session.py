"""The Engine.IO sessions of the fast transport, and the engine that holds them: written straight, read at once.

Decides what an Engine.IO packet on a websocket means, how a session moves from polling to a websocket, what bounds
the backlog of a slow reader, and in which order one session's work is done (its `lane`). Leaves polling to
`engine_session`, frames to `websocket`, and messages to the engine's receiver.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from engineio.packet import CLOSE, MESSAGE, NOOP, OPEN, Packet

from presence_desktop.server.transport.fast.hub import Audience, Hub
from presence_desktop.server.transport.fast.probe import Probe
from presence_desktop.server.transport.fast.websocket import LINK, FastWebSocket
from presence_desktop.server.transport.link.engine import SHUTTING_DOWN, SLOW_READER, Engine, Environ
from presence_desktop.server.transport.link.engine_session import EngineSession, start
from presence_desktop.server.transport.link.frames import (
    BINARY,
    GOING_AWAY,
    NORMAL,
    POLICY,
    TEXT,
    UNEXPECTED,
    frame,
)
from presence_desktop.server.transport.link.sio_codec import Encoded, Malformed

log = logging.getLogger("presence.engineio")

Step = Callable[[], Awaitable[None]]
"""Something a session has to wait for before it goes on."""

UPGRADE_SECONDS: Final = 10.0
"""How long a probe may take to upgrade."""

_PING_FRAME = frame(TEXT, b"2")
_LANE_MAX = 64
"""Messages that may wait for the one under way, before no more are read."""
_KEPT = ("PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "REMOTE_PORT", "wsgi.url_scheme", "asgi.scope")
_SCOPE_KEPT = ("type", "scheme", "path", "client", "server")


class FastSession(EngineSession):
    """A session of `server`; `transport` is what it begins with."""

    server: "FastEngine"

    def __init__(self, server: "FastEngine", sid: str, transport: str) -> None:
        self.server = server
        self.sid = sid
        self.queue: Any = asyncio.Queue() if transport == "polling" else None
        self.session: dict[str, Any] = {}
        self.connected = self.upgrading = self.upgraded = self.closing = self.closed = False
        self.polling = self.pushing = self.paused = False
        self.born = server.now()
        self.beat = self.backlog = self.largest = 0
        self.link: FastWebSocket | None = None
        self.audience: Audience | None = None
        self.clients: dict[str, Any] = {}
        self._write: Callable[[bytes], None] | None = None
        self._opening: Packet | None = None
        self._lane: deque[Any] | None = None
        self._parted: asyncio.Event | None = None

    # what goes out

    def put(self, packet: Packet) -> None:
        """Send an Engine.IO packet, after everything that was sent before."""
        if self.closing:
            return
        if packet.packet_type == OPEN and self.queue is None and not self.upgraded:
            self._opening = packet
            return
        self.server.hub.catch_up(self)
        self._put(packet)

    def _put(self, packet: Packet) -> None:
        if self.upgraded:
            self.write(_as_frame(packet))
        else:
            super().put(packet)

    def write(self, data: bytes) -> None:
        """Write websocket frames. A reader whose transport has been full for too long is cut instead.

        A message that is larger than the bound is not slowness: others may wait behind it.
        """
        link = self.link
        if link is None:
            return
        if self.paused and link.waiting() > self.server.backlog_limit + self.largest:
            self.cut()
        else:
            link.transport.write(data)
            if self.paused:
                self.note(len(data))

    def tell(self, entry: Encoded) -> None:
        """Send one Socket.IO packet, after everything that was sent before."""
        hub = self.server.hub
        if hub.log or hub.held:
            hub.catch_up(self)
        if self._write is not None:
            self._write(entry.frame)
        elif not self.closing:
            self.deliver([entry])

    def deliver(self, entries: list[Encoded]) -> None:
        """Send these, in order, however this session can be sent to."""
        if self.upgraded:
            self.write(
                entries[0].frame if len(entries) == 1 else b"".join([entry.frame for entry in entries])
            )
            return
        for entry in entries:
            for packet in entry.packets:
                super().put(packet)

    def write_of(self) -> Callable[[bytes], None] | None:
        """How the hub writes straight to it, or None while that cannot be."""
        return self._write

    def _refresh(self) -> None:
        ready = self.link is not None and self.upgraded and not self.paused and not self.closing
        self._write = self.link.transport.write if ready else None  # type: ignore[union-attr]
        self.server.hub.refresh(self)

    def pause(self, paused: bool) -> None:
        """The transport is full, or no longer so."""
        self.paused = paused
        self.largest = 0
        if paused and self.link is not None:
            self.note(self.link.waiting())
        self._refresh()

    def ping(self) -> None:
        """Ask for a sign of life; one that never joined a namespace gets no more time."""
        if self.server.is_stray(self):
            self.end(self.server.reason.TRANSPORT_ERROR, POLICY, "no namespace was joined")
        elif self.upgraded:
            self.write(_PING_FRAME)
        else:
            super().ping()

    # how it begins

    async def _upgrade_websocket(self, environ: Environ) -> Any:
        handshake = environ["asgi.scope"]["extensions"].get(LINK)
        if handshake is None:
            log.error("the fast transport needs its own websocket protocol class; see realtime.build")
            return self.server._bad_request("No websockets here")
        slim(environ)
        if self.connected:
            self.upgrading = True
            Probe(
                self,
                handshake,
                seconds=self.server.upgrade_seconds,
                limit=self.server.max_http_buffer_size,
            )
            return ""
        self.connected = True
        link = handshake.accept(self, self.server.max_http_buffer_size)
        if not self.closing:
            self._move_to(link)
            self.put(self._opening)
        self._opening = None
        return ""

    def _move_to(self, link: FastWebSocket) -> None:
        self.link, self.upgraded, self.upgrading = link, True, False
        self._refresh()

    def move_to(self, link: FastWebSocket) -> None:
        """A probe succeeded: what waits in the polling queue goes first."""
        waiting = []
        while not self.queue.empty():
            waiting.append(self.queue.get_nowait())
        self.backlog = self.largest = 0
        self._move_to(link)
        link.session = self
        self.queue = None
        for packet in waiting:
            if packet.packet_type != NOOP:
                self._put(packet)

    # what comes in

    def receive_text(self, text: str) -> None:
        """Take a text message of the websocket: one Engine.IO packet."""
        kind = text[:1]
        if kind == "4" and self._lane is None and not self.closing:  # what nearly all packets are
            try:
                step = self.server.receiver(self, text[1:])
            except Malformed as fault:
                self.malformed(str(fault))
                return
            if step is not None:
                self.later(step)
        elif kind == "4":
            self.take(text[1:])
        elif kind == "3":
            self.server.pulse.alive(self)
        elif kind == "1":
            self.end(self.server.reason.CLIENT_DISCONNECT)
        elif kind not in ("5", "6"):
            self.malformed("no such packet type")

    def receive_binary(self, data: bytes) -> None:
        """Take a binary message of the websocket: the data of one message packet."""
        self.take(data)

    async def receive(self, pkt: Packet) -> None:
        """Take one packet of a polling client."""
        if pkt.packet_type == MESSAGE:
            self.take(pkt.data)
        else:
            await super().receive(pkt)

    def take(self, message: str | bytes) -> None:
        """Take a message, after all that came before it."""
        if self._lane is not None:
            self._lane.append(message)
            if len(self._lane) > _LANE_MAX and self.link is not None:
                self.link.hold(True)
            return
        step = self._dispatch(message)
        if step is not None:
            self.later(step)

    def _dispatch(self, message: str | bytes) -> Step | None:
        if self.closing:
            return None
        try:
            return self.server.receiver(self, message)
        except Malformed as fault:
            self.malformed(str(fault))
            return None

    def later(self, step: Step) -> None:
        """Do this after everything that this session has under way."""
        if self._lane is None:
            self._lane = deque()
            start(self._work())
        self._lane.append(step)

    async def _work(self) -> None:
        lane = self._lane
        while lane:
            item = lane.popleft()
            step = self._dispatch(item) if isinstance(item, str | bytes) else item
            if step is not None:
                try:
                    await step()
                except Malformed as fault:
                    self.malformed(str(fault))
                except Exception:
                    log.exception("a step of a session failed")
            if len(lane) == _LANE_MAX and self.link is not None:
                self.link.hold(False)
        self._lane = None

    # how it ends

    def malformed(self, why: str) -> None:
        """The client broke the protocol."""
        log.info("socket.malformed sid=%s %s", self.sid, why)
        self.end(self.server.reason.TRANSPORT_ERROR, POLICY, why)

    def give_up(self) -> None:
        """The ping was not answered in time."""
        self.end(self.server.reason.PING_TIMEOUT, UNEXPECTED, "ping timeout")

    def cut(self) -> None:
        """What waits for this reader has passed its bound."""
        waiting = self.backlog if self.link is None else self.link.waiting()
        log.warning("socket.cut sid=%s reason=%r backlog=%d", self.sid, SLOW_READER, waiting)
        self.end(SLOW_READER)

    def lost(self) -> None:
        """The websocket is gone."""
        if self._parted is not None:
            self._parted.set()
        self.end(self.server.reason.TRANSPORT_CLOSE)
        self.link = None  # and with it what was never read

    def end(self, reason: str, code: int = NORMAL, why: str = "") -> None:
        """End the session: the websocket is closed at once, the handlers are told in their turn."""
        if reason == SLOW_READER:
            self._drop_backlog()
        else:
            self.server.hub.catch_up(self)
        if self.closing:
            return
        if self.link is not None:
            self.link.close(code, why)
        elif self.queue is not None:
            self.queue.put_nowait(Packet(NOOP if reason == self.server.reason.CLIENT_DISCONNECT else CLOSE))
        self.closing = True
        self._write = None
        self.server.pulse.forget(self)
        self.server.hub.remove(self)

        async def farewell() -> None:
            await self.server._trigger_event("disconnect", self.sid, reason, run_async=False)
            self.depart(reason)

        self.later(farewell)

    def _drop_backlog(self) -> None:
        if self.link is not None:
            self.link.abort()
        while self.queue is not None and not self.queue.empty():
            self.queue.get_nowait()

    async def close(self, wait: bool = False, abort: bool = False, reason: str | None = None) -> None:
        """The stock way to end it; `wait` and `abort` are not used."""
        self.end(reason or self.server.reason.SERVER_DISCONNECT)

    async def shut_down(self) -> None:
        """The server is going away: returns once everybody has been told and the websocket is closed."""
        self.end(SHUTTING_DOWN, GOING_AWAY, SHUTTING_DOWN)
        told, self._parted = asyncio.Event(), asyncio.Event()

        async def tell() -> None:
            told.set()

        self.later(tell)
        await told.wait()
        if self.link is not None and not self.link.is_gone:
            await self._parted.wait()

    def abort(self) -> None:
        """Wait no longer for the last words."""
        if self.link is not None:
            self.link.abort()


class FastEngine(Engine):
    """`receiver(session, message)` takes each message, and may return what the session has to wait for."""

    def __init__(self, *, hub: Hub | None = None, **options: Any) -> None:
        super().__init__(session_class=FastSession, websocket=FastSession, **options)
        self.hub = hub or Hub()
        self.upgrade_seconds = UPGRADE_SECONDS
        self.receiver: Callable[[FastSession, str | bytes], Step | None] = self._to_handler

    def _to_handler(self, session: FastSession, message: str | bytes) -> Step:
        return partial(self._trigger_event, "message", session.sid, message, run_async=False)


def slim(environ: Environ) -> None:
    """Drop what nobody reads once the websocket stands: it stays in memory as long as the socket does."""
    scope = environ["asgi.scope"]
    for key in [key for key in environ if key not in _KEPT and not key.startswith("HTTP_")]:
        del environ[key]
    for key in [
        key for key in environ if key.startswith("HTTP_SEC_") or key in ("HTTP_UPGRADE", "HTTP_CONNECTION")
    ]:
        del environ[key]
    environ["asgi.scope"] = {key: scope[key] for key in _SCOPE_KEPT if key in scope}


def _as_frame(packet: Packet) -> bytes:
    return frame(BINARY, packet.data) if packet.binary else frame(TEXT, packet.encode().encode())
