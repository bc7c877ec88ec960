"""What the events of presence need from the live link underneath, so that it can be swapped.

Only the shape; `link_outbox` brings it, for the fast transport and for the stock one.
"""

from collections.abc import Iterable
from typing import Any, Protocol

PLAIN = "presence:1"
"""The room of clients that get every change as one `user:status`."""
FULL = "presence:2"
"""The room of clients that get `presence:changes` of everybody."""


class Outbox(Protocol):
    """Sends, in the order of the calls; calls return at once."""

    def emit(self, event: str, data: Any, room: str | None = None, skip: str | None = None) -> None:
        """Send an event to a room, to one socket (its sid is a room), or to everybody, but not to `skip`."""
        ...

    def encode(self, event: str, data: Any) -> Any:
        """An event made ready, to be sent any number of times."""
        ...

    def send(self, entry: Any, room: str | None = None, skip: str | None = None) -> None:
        """`emit` with what `encode` gave."""
        ...

    def gather(self, entry: Any, sids: Iterable[str]) -> None:
        """`send` to each of these sockets, best where much is told within a tick."""
        ...


class Rooms(Protocol):
    """Who is in which room."""

    def enter(self, sid: str, room: str) -> None:
        """From now on `sid` gets what goes to `room`."""
        ...

    def leave(self, sid: str, room: str) -> None:
        """From now on it does not."""
        ...

    def accepted(self, sid: str) -> bool:
        """Whether its CONNECT has been answered, so that events may be sent."""
        ...

    def disconnect(self, sid: str) -> None:
        """End the connection, after what was sent to it before."""
        ...
