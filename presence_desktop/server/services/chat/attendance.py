"""Where people are and what they type, as far as they belong there: only members open a conversation, or type in it.

`presence` holds who is where; this asks first whether they may be. Looking that up takes a while, so what one
connection says is taken in turn, in the order in which it was said. A heartbeat waits for nothing: its place follows.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from presence_desktop.protocol.errors import Refused
from presence_desktop.protocol.events import DeviceState, OwnPresence, StatusUpdate
from presence_desktop.protocol.location_events import LocationRoster, LocationUpdate, TypingUpdate
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.services.presence.service import PresenceService

_log = logging.getLogger("presence.rooms")


class _Turn:
    """The turns of one connection: who has one or waits for one is counted."""

    __slots__ = ("count", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.count = 0


class Attendance:
    """Who attends which conversation. `pace` bounds how often each user makes the store be asked (raises Refused)."""

    def __init__(self, presence: PresenceService, members: Membership, pace: Callable[[int], None]) -> None:
        self._presence = presence
        self._members = members
        self._pace = pace
        self._turns: dict[str, _Turn] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def locate(self, user_id: int, sid: str, update: LocationUpdate) -> None:
        """A device has another conversation open, or none. Raises Refused."""
        async with self._turn(sid):
            if update.room_id is not None:
                await self._require(update.room_id, user_id)
            self._presence.locate(user_id, sid, update)

    async def type(self, user_id: int, sid: str, update: TypingUpdate) -> None:
        """A device's person types, or no longer. Raises Refused."""
        async with self._turn(sid):
            await self._require(update.conversation_id, user_id)
            self._presence.type(user_id, sid, update)

    async def here(self, user_id: int, sid: str, conversation_id: int) -> LocationRoster:
        """Who has a conversation open, as far as one may know. Raises Refused."""
        async with self._turn(sid):
            await self._require(conversation_id, user_id)
            return self._presence.here(conversation_id)

    def connect(
        self, user_id: int, sid: str, *, state: DeviceState | None, claim: StatusUpdate | None
    ) -> OwnPresence:
        """A socket was accepted, as `PresenceService.connect`; its place counts once it is known to be right."""
        believed = None if state is None else self._believed(user_id, sid, state)
        own = self._presence.connect(user_id, sid, state=believed, claim=claim)
        if state is not None and believed is not state:
            self._later(user_id, sid, state)
        return own

    def heartbeat(self, user_id: int, sid: str, state: DeviceState) -> int:
        """A heartbeat of a socket, as `PresenceService.heartbeat`; its place counts once it is known to be right."""
        believed = self._believed(user_id, sid, state)
        now = self._presence.heartbeat(user_id, sid, believed)
        if believed is not state:
            self._later(user_id, sid, state)
        return now

    def gone(self, conversation_id: int, user_id: int) -> None:
        """Somebody is in this conversation no longer: they have it open nowhere and type there no longer."""
        self._presence.put_out(user_id, conversation_id)

    async def stop(self) -> None:
        """Wait for nothing any more."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _believed(self, user_id: int, sid: str, state: DeviceState) -> DeviceState:
        if not state.room_id or self._presence.is_at(user_id, sid, state.room_id):
            return state
        company = self._members.known(state.room_id)
        if company is not None and user_id in company.people:
            return state
        return DeviceState(idle_seconds=state.idle_seconds, locked=state.locked)

    def _later(self, user_id: int, sid: str, state: DeviceState) -> None:
        task = asyncio.create_task(self._place(user_id, sid, state))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _place(self, user_id: int, sid: str, state: DeviceState) -> None:
        async with self._turn(sid):
            try:
                await self._require(state.room_id or 0, user_id)
            except Refused:
                state = DeviceState(room_id=None)
            except StoreUnavailable as error:
                _log.error("place.store-unavailable", extra={"fields": {"reason": str(error)}})
                return
            self._presence.place(user_id, sid, state)

    async def _require(self, conversation_id: int, user_id: int) -> None:
        if self._members.known(conversation_id) is None:
            self._pace(user_id)
        await self._members.require(conversation_id, user_id)

    @asynccontextmanager
    async def _turn(self, sid: str) -> AsyncIterator[None]:
        turn = self._turns.setdefault(sid, _Turn())
        turn.count += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.count -= 1
            if not turn.count:
                del self._turns[sid]
