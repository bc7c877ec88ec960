"""Telling clients something without waiting, over either transport: what `outbox` asks for.

Decides nothing but which transport is asked. Order is the same on both: each socket gets what was emitted in the
order it was emitted, through here and through `sio.emit` alike. All of it is about the main namespace.
"""

from collections.abc import Iterable
from typing import Any

from presence_desktop.server.transport.fast.clients import FastClients
from presence_desktop.server.transport.link.sio_codec import Encoded, encode_event
from presence_desktop.server.transport.link.stock_clients import StockClients


class LiveOutbox:
    """Implements `outbox.Outbox` and `outbox.Rooms`."""

    __slots__ = ("_clients", "_tell")

    def __init__(self, clients: FastClients | StockClients) -> None:
        self._clients = clients
        self._tell = clients.tell

    def encode(self, event: str, data: Any = None) -> Encoded:
        """An event ready to be sent any number of times. `data` may hold `orjson.Fragment`s: JSON made before."""
        return encode_event(event, data)

    def emit(self, event: str, data: Any = None, room: str | None = None, skip: str | None = None) -> None:
        """Send an event to a room or to one socket (None: to everybody), but not to the socket `skip`."""
        self._tell(encode_event(event, data), room, (skip,))

    def send(self, entry: Encoded, room: str | None = None, skip: str | None = None) -> None:
        """The same with an event that was encoded before."""
        self._tell(entry, room, (skip,))

    def gather(self, entry: Encoded, sids: Iterable[str]) -> None:
        """Send an encoded event to some sockets, in one write each with what else this tick tells them."""
        self._clients.gather(entry, sids)

    def enter(self, sid: str, room: str) -> None:
        """From now on `sid` gets what goes to `room`; nothing happens if it is gone."""
        if self._clients.eio_sid_from_sid(sid, "/") is not None:
            self._clients.basic_enter_room(sid, "/", room)

    def leave(self, sid: str, room: str) -> None:
        """From now on it does not."""
        self._clients.basic_leave_room(sid, "/", room)

    def accepted(self, sid: str) -> bool:
        """Whether its CONNECT has been answered, so that events may be sent."""
        return self._clients.is_connected(sid, "/")

    def disconnect(self, sid: str) -> None:
        """End the connection, after what was sent to it before."""
        self._clients.end(sid)
