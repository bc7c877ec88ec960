"""Tells people what happens in their conversations (the services' `ChatPublisher`): each on all their devices.

An event is encoded once. Each socket gets what was told in the order it was told; one that was not welcomed yet gets
nothing, and asks for what it missed. Whom something concerns is decided by the services.
"""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import to_builtins

from presence_desktop.protocol.chat_events import NotificationStale
from presence_desktop.protocol.events import Event
from presence_desktop.server.services.chat.ports import ChatPeers
from presence_desktop.server.transport.live.outbox import Outbox
from presence_desktop.server.transport.live.sockets import Sockets


class ChatFanout:
    """Implements `services.chat.ports.ChatPublisher` over the open sockets."""

    def __init__(self, outbox: Outbox, sockets: Sockets) -> None:
        self._outbox = outbox
        self._sockets = sockets
        self.peers: ChatPeers | None = None
        """The other servers, where there are any."""

    def tell(self, user_ids: Collection[int], event: Event) -> None:
        """Send an event to these people, wherever they are connected."""
        payload = to_builtins(event, str_keys=True)
        self.deliver(user_ids, event.name, payload)
        if self.peers is not None:
            self.peers.tell(user_ids, event.name, payload)

    def deliver(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        """Send an event to those of these people who are connected here."""
        here = [socket.sid for user_id in user_ids for socket in self._sockets.of(user_id) if socket.welcomed]
        if here:
            self._outbox.gather(self._outbox.encode(event, payload), here)

    def stale(self) -> None:
        """Everybody is to ask again what they missed, wherever they are connected."""
        self.stale_here()
        if self.peers is not None:
            self.peers.stale()

    def stale_here(self) -> None:
        """Whoever is connected here is to ask again."""
        entry = self._outbox.encode(NotificationStale.name, {})
        for socket in self._sockets.everybody():
            if socket.welcomed:
                self._outbox.send(entry, socket.sid)
