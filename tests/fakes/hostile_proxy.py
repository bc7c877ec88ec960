"""A TCP proxy that a test can turn bad: it cuts, swallows, delays or refuses, and is good again a moment later."""

import asyncio
import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType

CHUNK = 65_536


class HostileProxy:
    """Forwards `127.0.0.1:port` to `127.0.0.1:target`, in a thread of its own. Use as a context manager.

    `swallowing`: what comes in either way is read and never passed on, as with a pulled cable. `deafening`: the same
    for answers only; what clients say arrives.
    `refusing`: new connections are reset. `delay`: seconds each chunk is held. `cut()` resets what is open.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.swallowing = False
        self.deafening = False
        self.refusing = False
        self.delay = 0.0
        self.accepted = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="hostile-proxy")
        self._ready = threading.Event()
        self._stop = asyncio.Event()

    def __enter__(self) -> "HostileProxy":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def cut(self) -> None:
        """Reset every open connection, now."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(10)

    @property
    def open(self) -> int:
        """How many connections to clients and to the target are open."""
        return len(self._writers)

    async def _cut(self) -> None:
        for writer in list(self._writers):
            _reset(writer)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        await self._cut()
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        if self.refusing:
            _reset(writer)
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            _reset(writer)
            return
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._pump(reader, back), self._pump(there, writer, answers=True))
        except asyncio.CancelledError:
            return  # the proxy ends; asyncio would log it as an error of the connection
        finally:
            self._writers -= {writer, back}
            writer.close()
            back.close()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False
    ) -> None:
        try:
            while chunk := await reader.read(CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if not self._swallows(answers):
                    writer.write(chunk)
                    await writer.drain()
        except OSError:
            pass
        if not self._swallows(answers):
            writer.close()

    def _swallows(self, answers: bool) -> bool:
        return self.swallowing or (answers and self.deafening)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, so that nobody mistakes it for a goodbye."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        with suppress(OSError):  # it is closed already
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
