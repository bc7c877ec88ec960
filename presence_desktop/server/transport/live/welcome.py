"""What a client gets first, in the order the contract fixes: `connected`, then the list of who is here.

A socket is welcomed once its CONNECT has been answered, and counts as present from then on. Sockets that are accepted
in one storm are welcomed together, so that all of them get the same list: the next group waits twice as long as the
last took until everybody had been written to, 50 ms at most, and not at all when nothing is going on.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from msgspec import to_builtins

from presence_desktop.protocol.errors import Refused
from presence_desktop.server.services.chat.attendance import Attendance
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.transport.live.lists import Lists
from presence_desktop.server.transport.live.outbox import FULL, PLAIN, Outbox, Rooms
from presence_desktop.server.transport.live.sockets import Socket

_PATIENCE = 2.0
_WAIT_MAX = 0.05


class Welcome:
    """Holds sockets between being accepted and being welcomed."""

    def __init__(
        self,
        presence: PresenceService,
        attendance: Attendance,
        outbox: Outbox,
        rooms: Rooms,
        lists: Lists,
        server_name: Callable[[], str | None],
    ) -> None:
        self._presence = presence
        self._attendance = attendance
        self._lists = lists
        self._outbox = outbox
        self._rooms = rooms
        self._server_name = server_name
        self._waiting: dict[str, Socket] = {}
        self._timer: asyncio.Handle | None = None
        self._sending = False
        self._ended = 0.0
        self._took = 0.0

    def later(self, socket: Socket) -> None:
        """Welcome this socket as soon as it is accepted."""
        self._waiting[socket.sid] = socket
        self._schedule()

    def drop(self, sid: str) -> None:
        """It went before it was welcomed."""
        self._waiting.pop(sid, None)

    def now(self) -> None:
        """Welcome all that are accepted."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        begun = loop.time()
        accepted = [socket for sid, socket in self._waiting.items() if self._rooms.accepted(sid)]
        for socket in accepted:
            del self._waiting[socket.sid]
        for socket in [socket for socket in accepted if self._arrive(socket)]:
            self._greet(socket)
        self._sending = True
        loop.call_soon(self._flushed, begun)

    def _flushed(self, begun: float) -> None:
        """What was said is on its way; the writes themselves end with this turn of the event loop."""
        asyncio.get_running_loop().call_soon(self._sent, begun)

    def _sent(self, begun: float) -> None:
        self._sending = False
        self._ended = asyncio.get_running_loop().time()
        self._took = self._ended - begun
        if self._waiting:
            self._schedule()

    def _schedule(self) -> None:
        if self._timer is not None or self._sending:
            return
        loop = asyncio.get_running_loop()
        wait = min(_WAIT_MAX, _PATIENCE * self._took) - (loop.time() - self._ended)
        self._timer = loop.call_later(wait, self.now) if wait > 0 else loop.call_soon(self.now)

    def _arrive(self, socket: Socket) -> bool:
        try:
            self._attendance.connect(
                socket.user_id, socket.sid, state=socket.hello.state, claim=socket.hello.claim
            )
        except Refused as refusal:
            ended = {"code": refusal.code.value, "message": refusal.message}
            self._outbox.emit("session:ended", ended, socket.sid)
            self._rooms.disconnect(socket.sid)
            return False
        return True

    def _greet(self, socket: Socket) -> None:
        presence = self._presence
        profile, own = presence.profile(socket.user_id), presence.own(socket.user_id)
        greeting: dict[str, Any] = {
            "userId": profile.user_id,
            "username": profile.username,
            "status": own.status.value,
            "timestamp": presence.time(),
        }
        if socket.full:
            greeting |= {
                "epoch": presence.epoch,
                "version": presence.version(),
                "own": to_builtins(own),
                "avatar": profile.avatar,
                "idleSeconds": round(presence.rules.idle),
                "serverName": self._server_name(),
            }
        self._outbox.emit("connected", greeting, socket.sid)
        missed = presence.catch_up(socket.hello.known) if socket.full else None
        if missed is None:
            self._lists.send(socket)
        else:
            self._outbox.emit("presence:changes", missed, socket.sid)
        self._rooms.enter(socket.sid, FULL if socket.full else PLAIN)
        socket.welcomed = True
