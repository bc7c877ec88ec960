"""A websocket that asks to take over a polling session (Engine.IO's upgrade).

Decides what a probe must say and how long it may take. Failing, it leaves the session as it was.
"""

import asyncio
from typing import Any, Protocol

from engineio.packet import NOOP, Packet

from presence_desktop.server.transport.fast.websocket import FastWebSocket, Handshake
from presence_desktop.server.transport.link.engine import log
from presence_desktop.server.transport.link.frames import NORMAL, POLICY, TEXT, frame


class Polling(Protocol):
    """The session that is to move over."""

    sid: str
    queue: Any
    polling: bool
    upgrading: bool
    closing: bool

    def move_to(self, link: FastWebSocket) -> None:
        """The websocket has it from now on."""


class Probe:
    """One such websocket, of `session`: it has `seconds` to upgrade, and may send messages of up to `limit` bytes."""

    def __init__(self, session: Polling, handshake: Handshake, *, seconds: float, limit: int) -> None:
        self._session = session
        self._answered = False
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._fail, "no upgrade followed")
        self._link = handshake.accept(self, limit)

    def receive_text(self, text: str) -> None:
        """Take the probe, then the word to move over."""
        if self._session.closing:
            self._fail("the session has ended")
        elif text == "2probe" and not self._answered:
            self._answered = True
            self._link.transport.write(frame(TEXT, b"3probe"))
            if self._session.polling:
                self._session.queue.put_nowait(Packet(NOOP))
        elif text == "5" and self._answered:
            self._timer.cancel()
            self._session.move_to(self._link)
        else:
            self._fail("not a probe")

    def receive_binary(self, data: bytes) -> None:
        """A probe is text."""
        self._fail("not a probe")

    def pause(self, paused: bool) -> None:
        """Nothing is written yet."""

    def lost(self) -> None:
        """The websocket is gone; the session goes on polling."""
        self._timer.cancel()
        self._session.upgrading = False

    def end(self, reason: str, code: int = NORMAL, why: str = "") -> None:
        """The server ends this websocket."""
        self._fail(why)

    def _fail(self, why: str) -> None:
        log.info("socket.probe sid=%s failed: %s", self._session.sid, why)
        self.lost()
        self._link.close(POLICY, why)
