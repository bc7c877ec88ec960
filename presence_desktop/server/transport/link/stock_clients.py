"""Who hears an emit on the stock transport: python-socketio's client manager, held to the protocol.

Decides that a client hears nothing before its connect handler accepted it: what is told to it alone is held back, what
is told to rooms does not reach it. Everything else is python-socketio's.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import socketio

from presence_desktop.server.transport.link.engine_session import start
from presence_desktop.server.transport.link.sio_codec import Encoded


class StockClients(socketio.AsyncManager):  # type: ignore[misc]  # python-socketio ships no types
    """The client manager of the stock transport."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, list[Any]] = {}

    def get_participants(self, namespace: str, room: Any) -> Iterator[tuple[str, str]]:
        """The sids that an emit to `room` reaches, each with its session's."""
        asking = self.pending_connect.get(namespace, ())
        for sid, eio_sid in super().get_participants(namespace, room):
            if sid not in asking:
                yield sid, eio_sid

    async def emit(self, event: str, data: Any, namespace: str, room: Any = None, **kwargs: Any) -> None:
        """Emit an event, or hold it back until the one it is for is accepted."""
        room = kwargs.pop("to", None) or room
        if isinstance(room, str) and self.is_pre_connected(room, namespace):
            self._hold(room, (event, data, namespace, room, kwargs))
        else:
            await super().emit(event, data, namespace, room=room, **kwargs)

    def tell(self, entry: Encoded, room: Any = None, skip: Iterable[str | None] = ()) -> None:
        """Send an encoded packet in the main namespace, at once and in order; whom to as in `emit`."""
        if isinstance(room, str) and self.is_pre_connected(room, "/"):
            self._hold(room, (entry, room, skip))
            return
        left_out = frozenset(skip)
        for sid, eio_sid in self.get_participants("/", room):
            session = self.server.eio.sockets.get(eio_sid)
            if sid not in left_out and session is not None:
                for packet in entry.packets:
                    session.put(packet)

    def gather(self, entry: Encoded, sids: Iterable[str]) -> None:
        """Send an encoded packet to clients of the main namespace."""
        for sid in sids:
            self.tell(entry, sid)

    def end(self, sid: str) -> None:
        """Disconnect a client of the main namespace and close its connection, after what was sent to it before."""
        start(self._end(sid))

    async def _end(self, sid: str) -> None:
        session = self.server.eio.sockets.get(self.eio_sid_from_sid(sid, "/"))
        await self.server.disconnect(sid, ignore_queue=True)
        if session is not None:
            await session.close(reason=self.server.reason.SERVER_DISCONNECT)

    def _hold(self, sid: str, what: Any) -> None:
        self._held.setdefault(sid, []).append(what)

    async def connect(self, sid: str, namespace: str) -> Any:
        """The connect handler has accepted it, and it was told so."""
        accepted = await super().connect(sid, namespace)
        for what in self._held.pop(sid, ()):
            if isinstance(what[0], Encoded):
                self.tell(*what)
            else:
                event, data, space, room, kwargs = what
                await super().emit(event, data, space, room=room, **kwargs)
        return accepted

    def basic_disconnect(self, sid: str, namespace: str, **kwargs: Any) -> None:
        """It has left."""
        self._held.pop(sid, None)
        super().basic_disconnect(sid, namespace, **kwargs)
