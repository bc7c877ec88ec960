"""The open connections: whose they are, by which sign-in, and what they want to hear.

Decides how many one user may have. What is sent to them is decided in `fanout` and `presence_events`.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import ConnectAuth, Cursor, DeviceState, StatusUpdate


class Hello(NamedTuple):
    """What a client said at CONNECT, its token apart; all None for plain clients, which share one."""

    known: Cursor | None
    state: DeviceState | None
    claim: StatusUpdate | None


_PLAIN = Hello(None, None, None)


class Socket:
    """One connection. `welcomed` once it has its first picture; `watch` None: everybody (presence 2 only)."""

    __slots__ = ("family", "full", "hello", "sid", "user_id", "watch", "welcomed")

    def __init__(self, sid: str, user_id: int, family: str, hello: ConnectAuth) -> None:
        self.sid = sid
        self.user_id = user_id
        self.family = family
        self.full = hello.presence >= 2
        said = Hello(hello.known, hello.state, hello.claim)
        self.hello = _PLAIN if said == _PLAIN else said
        self.welcomed = False
        self.watch: frozenset[int] | None = None


class Sockets:
    """All of them, by sid and by user."""

    def __init__(self, *, per_user: int = 20) -> None:
        self._per_user = per_user
        self._by_sid: dict[str, Socket] = {}
        self.get: Callable[[str], Socket | None] = self._by_sid.get
        """The socket of this sid; bound, as every request begins with it."""
        self._by_user: dict[int, tuple[Socket, ...]] = {}
        self._watching: dict[str, Socket] = {}

    def __len__(self) -> int:
        return len(self._by_sid)

    def crowd(self) -> tuple[int, int]:
        """How many people, and how many connections."""
        return len(self._by_user), len(self._by_sid)

    def add(self, socket: Socket) -> None:
        """One more. Raises `Refused(TOO_MANY_CONNECTIONS)`."""
        mine = self._by_user.get(socket.user_id, ())
        if len(mine) >= self._per_user:
            raise Refused(Code.TOO_MANY_CONNECTIONS)
        self._by_user[socket.user_id] = (*mine, socket)
        self._by_sid[socket.sid] = socket

    def remove(self, sid: str) -> Socket | None:
        """It is gone; None if it was not known."""
        socket = self._by_sid.pop(sid, None)
        if socket is None:
            return None
        self._watching.pop(sid, None)
        left = tuple(other for other in self._by_user[socket.user_id] if other is not socket)
        if left:
            self._by_user[socket.user_id] = left
        else:
            del self._by_user[socket.user_id]
        return socket

    def of(self, user_id: int) -> tuple[Socket, ...]:
        """All of one user."""
        return self._by_user.get(user_id, ())

    def everybody(self) -> list[Socket]:
        """All there are."""
        return list(self._by_sid.values())

    def watch(self, socket: Socket, user_ids: Iterable[int] | None) -> None:
        """It wants to hear of these people only, or (None) of everybody."""
        if user_ids is None:
            socket.watch = None
            self._watching.pop(socket.sid, None)
        else:
            socket.watch = frozenset(user_ids)
            self._watching[socket.sid] = socket

    def watching(self) -> Iterable[Socket]:
        """Those that want to hear of some only."""
        return self._watching.values()
