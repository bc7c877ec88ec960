"""Tells the clients (the services' `Publisher`): who gets which event of a change, and in which order.

Plain clients get every change as its own `user:status`. Clients of presence 2 get `presence:changes` once a tick,
newest per person, of everybody or of those they watch. What may be told of a person is decided before, in
`server.domain.visibility`; how bytes reach sockets is the outbox's.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import to_builtins

from presence_desktop.protocol.errors import MESSAGES, Code
from presence_desktop.protocol.events import Event, OwnPresence
from presence_desktop.server.domain.presence import Change
from presence_desktop.server.services.ports import Profile
from presence_desktop.server.services.presence.pictures import change_entry
from presence_desktop.server.transport.live.outbox import FULL, PLAIN, Outbox, Rooms
from presence_desktop.server.transport.live.sockets import Sockets

GOING_AWAY = "going_away"
"""The code of `session:ended` when the server stops; clients may come back."""


class Fanout:
    """Implements `services.ports.Publisher` over the open sockets."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        rooms: Rooms,
        sockets: Sockets,
        profiles: Callable[[int], Profile | None],
        epoch: str,
    ) -> None:
        self._outbox = outbox
        self._rooms = rooms
        self._sockets = sockets
        self._profiles = profiles
        self._epoch = epoch
        self._changed: dict[int, dict[str, Any]] = {}
        self._newest = 0

    def publish(self, change: Change) -> None:
        """Tell everybody of a change."""
        profile = self._profiles(change.user_id)
        if profile is None:
            return
        if change.restated or change.before is not change.status:
            status = {
                "userId": profile.user_id,
                "username": profile.username,
                "status": change.status.value,
                "timestamp": change.at,
            }
            self._outbox.emit("user:status", status, PLAIN)
        if not change.restated:
            if not self._changed:
                asyncio.get_running_loop().call_soon(self._flush)
            self._changed[change.user_id] = change_entry(change, profile)
            self._newest = change.version

    def confirm(self, user_id: int, own: OwnPresence, at: int) -> None:
        """Tell a person's own devices what is held of them now."""
        plain = {"userId": user_id, "status": own.status.value, "timestamp": at}
        full: dict[str, Any] | None = None
        for socket in self._sockets.of(user_id):
            if not socket.welcomed:
                continue
            if socket.full and full is None:
                full = {**plain, "own": to_builtins(own)}
            self._outbox.emit("status:updated", full if socket.full else plain, socket.sid)

    def tell(self, sids: Iterable[str], event: Event) -> None:
        """Send an event to these connections, as far as they are welcomed."""
        entry = self._outbox.encode(event.name, to_builtins(event, str_keys=True))
        for sid in sids:
            socket = self._sockets.get(sid)
            if socket is not None and socket.welcomed:
                self._outbox.send(entry, sid)

    def cut(self, user_id: int, code: Code, *, token_family: str | None = None) -> None:
        """End all connections of a user, or of one sign-in, telling them why."""
        for socket in self._sockets.of(user_id):
            if token_family is None or socket.family == token_family:
                self._end(socket.sid, code.value, MESSAGES[code])

    def farewell(self) -> None:
        """The server is about to stop: tell everybody. The connections end with the server."""
        self._outbox.emit("session:ended", {"code": GOING_AWAY, "message": "The server is going away."})

    def _end(self, sid: str, code: str, message: str) -> None:
        if self._rooms.accepted(sid):
            self._outbox.emit("session:ended", {"code": code, "message": message}, sid)
        self._rooms.disconnect(sid)

    def _flush(self) -> None:
        changed, self._changed = self._changed, {}
        self._outbox.emit("presence:changes", self._batch(list(changed.values())), FULL)
        for socket in self._sockets.watching():
            wanted = [changed[user_id] for user_id in changed.keys() & (socket.watch or ())]
            if wanted:
                self._outbox.emit("presence:changes", self._batch(wanted), socket.sid)

    def _batch(self, changes: list[dict[str, Any]]) -> dict[str, Any]:
        return {"epoch": self._epoch, "version": self._newest, "changes": changes}
