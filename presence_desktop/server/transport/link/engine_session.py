"""One Engine.IO session over polling, and over a websocket on the stock transport.

Decides what python-engineio leaves loose: a malformed packet, a second poll and a poll that was called off end the
session; a probe that fails does not; what waits for a reader is bounded. Leaves to python-engineio the queue, the
long poll and the stock websocket's reader and writer.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

from engineio.async_drivers.asgi import WebSocket
from engineio.async_socket import AsyncSocket
from engineio.exceptions import ContentTooLongError, QueueEmpty
from engineio.packet import CLOSE, MESSAGE, NOOP, PING, PONG, Packet

from presence_desktop.server.transport.link.engine import (
    SHUTTING_DOWN,
    SLOW_READER,
    Body,
    Engine,
    Environ,
    log,
)
from presence_desktop.server.transport.link.engine_packets import MalformedPacket, decode, decode_payload

LAST_WORDS_SECONDS: Final = 5.0
"""How long a polling client may take to fetch what it was told before it was cut."""

_under_way: set[asyncio.Task[None]] = set()


def start(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` beside everything else; held until it is done."""
    task = asyncio.get_running_loop().create_task(work)
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


class EngineSession(AsyncSocket):  # type: ignore[misc]  # python-engineio ships no types
    """A session of `server`; `transport` is what it begins with, "polling" or "websocket"."""

    server: Engine

    def __init__(self, server: Engine, sid: str, transport: str) -> None:
        super().__init__(server, sid)
        self.born = server.now()
        self.beat = 0
        self.backlog = 0
        self.largest = 0
        """The size of the largest message that waits, if that alone is above the bound."""
        self.polling = False
        self.pushing = False

    # what goes out

    async def check_ping_timeout(self) -> bool:
        """Whether anything may still be sent; silence itself is found by the pulse."""
        return not self.closed

    async def send(self, pkt: Packet) -> None:
        """Send a packet, after all that were sent before."""
        self.put(pkt)

    def put(self, packet: Packet) -> None:
        """The same without waiting. A reader that is too slow is cut instead."""
        if self.closed:
            return  # while it is closing the last word is still to come
        if self.backlog > self.server.backlog_limit + self.largest:
            self.cut()
            return
        size = len(packet.data) if isinstance(packet.data, str | bytes) else 1
        self.backlog += size
        self.note(size)
        self.queue.put_nowait(packet)

    def note(self, size: int) -> None:
        """So much has come to wait in one go."""
        if size > self.server.backlog_limit:
            self.largest = max(self.largest, size)

    async def poll(self) -> list[Packet]:
        """Everything that waits to be sent, once there is something."""
        packets: list[Packet] = await super().poll()
        self.backlog = self.largest = 0
        if len(packets) > 1 and packets[-1].packet_type == CLOSE:
            # the official client drops what stands before a close in one payload; the next poll ends it as well
            packets.pop()
        return packets

    def ping(self) -> None:
        """Ask for a sign of life; one that never joined a namespace gets no more time."""
        if self.server.is_stray(self):
            start(self.close(reason=self.server.reason.TRANSPORT_ERROR))
        else:
            self.put(Packet(PING))

    # how it ends

    def give_up(self) -> None:
        """The ping was not answered in time."""
        start(self.close(reason=self.server.reason.PING_TIMEOUT))

    def cut(self) -> None:
        """What waits for this reader has passed its bound."""
        log.warning("socket.cut sid=%s reason=%r backlog=%d", self.sid, SLOW_READER, self.backlog)
        start(self.close(abort=True, reason=SLOW_READER))

    async def close(self, wait: bool = False, abort: bool = False, reason: str | None = None) -> None:
        """End the session: tell the handlers why, and the client unless `abort`. `wait` is not used."""
        if self.closed or self.closing:
            return
        self.server.pulse.forget(self)
        await super().close(wait=False, abort=abort, reason=reason)
        if abort and self.polling:
            self.queue.put_nowait(Packet(NOOP))
        if self.upgraded:
            self.queue.put_nowait(None)  # the stock writer closes the websocket and ends
        asyncio.get_running_loop().call_soon(self.depart, reason)

    def depart(self, reason: str | None) -> None:
        """The handlers were told. A polling client that the server cut may still fetch its last words."""
        self.closed = reason != self.server.reason.SERVER_DISCONNECT or self.upgraded or self.polling
        if self.closed:
            self.bury()
        else:
            asyncio.get_running_loop().call_later(LAST_WORDS_SECONDS, self.bury)

    def bury(self) -> None:
        """Nothing is left of it."""
        self.closed = True
        self.server.sockets.pop(self.sid, None)

    async def shut_down(self) -> None:
        """The server is going away: returns once everybody has been told."""
        await self.close(reason=SHUTTING_DOWN)

    def abort(self) -> None:
        """Wait no longer for the last words."""

    # what comes in

    async def handle_get_request(self, environ: Environ) -> Any:
        """Answer a poll, or turn the request into a websocket."""
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            return await super().handle_get_request(environ)
        if self.upgrading:
            return [Packet(NOOP)]
        if self.polling:
            await self.close(reason=self.server.reason.TRANSPORT_ERROR)
            raise MalformedPacket("a second poll at the same time")
        self.polling = True
        try:
            return await self._poll_unless_gone(environ["wsgi.input"])
        finally:
            self.polling = False
            if self.closing:
                self.bury()

    async def _poll_unless_gone(self, request: Body) -> list[Packet]:
        poll, gone = asyncio.ensure_future(self.poll()), asyncio.ensure_future(request.gone())
        try:
            await asyncio.wait((poll, gone), return_when=asyncio.FIRST_COMPLETED)
            if not poll.done():
                await self.close(abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
                raise QueueEmpty
            return poll.result()
        except QueueEmpty:
            await self.close(abort=True, reason=self.server.reason.TRANSPORT_ERROR)
            raise
        finally:
            poll.cancel()
            gone.cancel()
            await asyncio.gather(poll, gone, return_exceptions=True)

    async def handle_post_request(self, environ: Environ) -> None:
        """Take the packets that a polling client sends."""
        if self.pushing:
            await self.close(reason=self.server.reason.TRANSPORT_ERROR)
            raise MalformedPacket("a second push at the same time")
        self.pushing = True
        try:
            body = await environ["wsgi.input"].read(self.server.max_http_buffer_size)
            if body is None:
                raise ContentTooLongError
            for packet in decode_payload(body):
                await self.receive(packet)
                if (self.closed or self.closing) and packet.packet_type != CLOSE:
                    raise MalformedPacket("a packet that ended the session")
        except (ContentTooLongError, MalformedPacket):
            await self.close(reason=self.server.reason.TRANSPORT_ERROR)
            raise
        finally:
            self.pushing = False

    async def receive(self, pkt: Packet) -> None:
        """Take one packet."""
        if self.closing:
            return
        if pkt.packet_type == MESSAGE:
            await self.server._trigger_event("message", self.sid, pkt.data, run_async=False)
        elif pkt.packet_type == PONG:
            self.server.pulse.alive(self)
        elif pkt.packet_type == CLOSE:
            await self.close(abort=True, reason=self.server.reason.CLIENT_DISCONNECT)
        elif pkt.packet_type == PING:
            await self.close(reason=self.server.reason.TRANSPORT_ERROR)

    def schedule_ping(self) -> None:
        """Nothing: the pulse does it."""

    async def _websocket_handler(self, ws: "StockWebSocket") -> None:
        try:
            await super()._websocket_handler(ws)
        except MalformedPacket:
            log.info("socket.probe sid=%s failed", self.sid)
        finally:
            if not self.upgraded:
                self.upgrading = False
                await ws.close()


class StockWebSocket(WebSocket):  # type: ignore[misc]  # python-engineio ships no types
    """A websocket of the stock transport that lets only well-formed packets through."""

    async def wait(self) -> str | bytes:
        """The next packet. Raises `OSError` at the end, `MalformedPacket` (one of them) for a malformed one."""
        data: str | bytes = await super().wait()
        packet = decode(data)
        if packet.packet_type == PING and packet.data != "probe":
            raise MalformedPacket("pings come from the server")
        return data

    async def send(self, message: str | bytes) -> None:
        """Send a packet; one that only ends a poll is of no use here."""
        if message != str(NOOP):
            await super().send(message)
