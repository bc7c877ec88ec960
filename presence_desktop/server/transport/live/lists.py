"""Sends the list of who is here, encoded once for as long as it stays the same, however many clients ask."""

from typing import Any

from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.transport.live.outbox import Outbox
from presence_desktop.server.transport.live.sockets import Socket


class Lists:
    """`online:users` for plain clients and for those of presence 2."""

    def __init__(self, presence: PresenceService, outbox: Outbox) -> None:
        self._presence = presence
        self._outbox = outbox
        self._encoded: dict[bool, tuple[dict[str, Any], Any]] = {}

    def send(self, socket: Socket) -> dict[str, Any]:
        """Send it to this socket; returns what was sent."""
        payload = self._presence.list_for(socket.user_id, full=socket.full)
        kept = self._encoded.get(socket.full)
        if kept is None or kept[0] is not payload:
            kept = self._encoded[socket.full] = (payload, self._outbox.encode("online:users", payload))
        self._outbox.send(kept[1], socket.sid)
        return payload
