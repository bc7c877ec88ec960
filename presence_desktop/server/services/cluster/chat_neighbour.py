"""What this server does with what its peers say of conversations: tell own clients, believe nothing that is void.

After a gap nothing is believed: own clients ask again what they missed, and who has a conversation open is asked of the
store whether they are still in it. What came, and whether anything was missed, is decided by `ChatCluster`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Protocol

from presence_desktop.server.domain.places import Seen
from presence_desktop.server.services.chat.attendance import Attendance
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.chat.ports import Neighbour
from presence_desktop.server.services.cluster.shared_presence import SharedPresence
from presence_desktop.server.services.ports import StoreUnavailable

_log = logging.getLogger("presence.rooms")


class OwnClients(Protocol):
    """Tells the clients that are connected here."""

    def deliver(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        """Send this to those of these people who are connected here."""
        ...

    def stale_here(self) -> None:
        """Whoever is connected here is to ask again."""
        ...


class ChatNeighbour(Neighbour):
    """See `chat.ports.Neighbour`."""

    def __init__(
        self, clients: OwnClients, members: Membership, attendance: Attendance, presence: SharedPresence
    ) -> None:
        self._clients = clients
        self._members = members
        self._attendance = attendance
        self._presence = presence
        self._tasks: set[asyncio.Task[None]] = set()

    def deliver(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        """See Neighbour."""
        self._clients.deliver(user_ids, event, payload)

    def changed(self, conversation_id: int) -> None:
        """See Neighbour."""
        self._members.changed(conversation_id)

    def gone(self, conversation_id: int, user_id: int) -> None:
        """See Neighbour."""
        self._members.changed(conversation_id)
        self._attendance.gone(conversation_id, user_id)

    def placed(self, node: str, user_id: int, seen: Seen) -> None:
        """See Neighbour."""
        self._presence.take_place(node, user_id, seen)
        for room_id in seen.typing:
            if self._members.known(room_id) is None:
                self._later(self._type, user_id, room_id)

    def stale(self) -> None:
        """See Neighbour."""
        self._members.forget()
        self._clients.stale_here()
        self._later(self._look)

    async def stop(self) -> None:
        """Wait for nothing any more."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _type(self, user_id: int, room_id: int) -> None:
        """In a direct conversation the other person hears it, once it is known who that is."""
        await self._members.company(room_id)
        self._presence.still_types(user_id, room_id)

    async def _look(self) -> None:
        """Whoever was put out while nothing was heard has nothing open there any more."""
        for room_id, people in self._presence.rooms_here().items():
            company = await self._members.company(room_id)
            for user_id in people - set(company.people):
                self._attendance.gone(room_id, user_id)

    def _later(self, doing: Callable[..., Awaitable[None]], *about: int) -> None:
        task = asyncio.create_task(self._done(doing, *about))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, doing: Callable[..., Awaitable[None]], *about: int) -> None:
        try:
            await doing(*about)
        except StoreUnavailable as error:
            _log.error("place.store-unavailable", extra={"fields": {"reason": str(error)}})
