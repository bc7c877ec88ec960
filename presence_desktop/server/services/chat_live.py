"""What is true only now: who is typing (a lease of 6 s), who has which conversation open. In memory, told to members.

Nobody who appears offline is ever told of, and whoever begins to appear so is taken out as one who left. Who is in a
conversation is asked of the store, and kept for as long as nothing changed it, two seconds at most.
"""

import asyncio
from collections.abc import Callable, Collection

from presence_desktop.protocol import limits
from presence_desktop.protocol.chat_events import RoomHere, TypingChanged
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.chat_ports import ChatPublisher, ChatStore
from presence_desktop.server.services.ports import Clock

_LEASE = limits.TYPING_SECONDS * 1000
_KEPT = 2_000
"""How long (ms) a list of members is believed: a server without peers hears of no change."""


class ChatLive:
    """Typing and rosters at this server. `visible` says whether others may know that somebody is here."""

    def __init__(
        self, *, clock: Clock, store: ChatStore, publisher: ChatPublisher, visible: Callable[[int], bool]
    ) -> None:
        self._clock = clock
        self._store = store
        self._publisher = publisher
        self._visible = visible
        self._members: dict[int, tuple[int, Collection[int]]] = {}
        self._typing: dict[tuple[int, int], asyncio.TimerHandle] = {}
        self._open: dict[str, tuple[int, int]] = {}
        """By sid: whose device it is, and which conversation it shows."""
        self._here: dict[int, dict[int, int]] = {}
        """By conversation: who has it open, on how many devices."""

    async def typing(self, user_id: int, conversation_id: int, *, on: bool) -> None:
        """One types, or no longer. Raises Refused(UNKNOWN_CONVERSATION)."""
        members = await self._require(conversation_id, user_id)
        if not on:
            self.quiet(conversation_id, user_id)
        elif self._visible(user_id):
            self._stop_timer(conversation_id, user_id)
            self._typing[conversation_id, user_id] = asyncio.get_running_loop().call_later(
                _LEASE / 1000, self.quiet, conversation_id, user_id
            )
            self._tell_typing(members, conversation_id, user_id, typing=True)

    def quiet(self, conversation_id: int, user_id: int) -> None:
        """One no longer types there, if one did."""
        if self._stop_timer(conversation_id, user_id):
            members = self._members.get(conversation_id, (0, ()))[1]
            self._tell_typing(members, conversation_id, user_id, typing=False)

    async def enter(self, user_id: int, sid: str, conversation_id: int | None) -> list[int]:
        """This device shows that conversation now (None: none); who else does. Raises Refused."""
        if conversation_id is not None:
            await self._require(conversation_id, user_id)
        self.left(sid)
        if conversation_id is None:
            return []
        self._open[sid] = user_id, conversation_id
        here = self._here.setdefault(conversation_id, {})
        here[user_id] = here.get(user_id, 0) + 1
        if here[user_id] == 1 and self._visible(user_id):
            self._tell_here(conversation_id, user_id, here=True)
        return self.roster(conversation_id, user_id)

    def left(self, sid: str) -> None:
        """This device shows none any more, or is gone."""
        user_id, conversation_id = self._open.pop(sid, (0, 0))
        here = self._here.get(conversation_id)
        if here is None:
            return
        here[user_id] -= 1
        if here[user_id]:
            return
        del here[user_id]
        if self._visible(user_id):
            self._tell_here(conversation_id, user_id, here=False)
        if not here:
            del self._here[conversation_id]

    def roster(self, conversation_id: int, viewer: int) -> list[int]:
        """Who has it open, as far as one may know."""
        here = self._here.get(conversation_id, {})
        return sorted(one for one in here if one == viewer or self._visible(one))

    def gone(self, conversation_id: int, user_id: int) -> None:
        """Somebody is in this conversation no longer."""
        self.changed(conversation_id)
        self._stop_timer(conversation_id, user_id)
        for sid in [sid for sid, where in self._open.items() if where == (user_id, conversation_id)]:
            self.left(sid)

    def changed(self, conversation_id: int) -> None:
        """Its people changed: ask the store again."""
        self._members.pop(conversation_id, None)

    def shown(self, user_id: int, *, visible: bool) -> None:
        """Others see somebody come (back), or go: on the rosters too; whoever goes types nowhere."""
        places = {conversation_id for who, conversation_id in self._open.values() if who == user_id}
        for conversation_id in places:
            self._tell_here(conversation_id, user_id, here=visible)
        if not visible:
            for conversation_id, who in list(self._typing):
                if who == user_id:
                    self.quiet(conversation_id, user_id)

    def close(self) -> None:
        """Nobody types any more."""
        for timer in self._typing.values():
            timer.cancel()
        self._typing.clear()

    def is_typing(self, user_id: int) -> bool:
        """Whether somebody types anywhere."""
        return any(who == user_id for _, who in self._typing)

    async def _require(self, conversation_id: int, user_id: int) -> Collection[int]:
        now = self._clock.ticks()
        kept = self._members.get(conversation_id)
        if kept is None or now - kept[0] > _KEPT:
            kept = self._members[conversation_id] = now, await self._store.people(conversation_id)
        if user_id not in kept[1]:
            raise Refused(Code.UNKNOWN_CONVERSATION)
        return kept[1]

    def _stop_timer(self, conversation_id: int, user_id: int) -> bool:
        timer = self._typing.pop((conversation_id, user_id), None)
        if timer is None:
            return False
        timer.cancel()
        return True

    def _tell_typing(
        self, members: Collection[int], conversation_id: int, user_id: int, *, typing: bool
    ) -> None:
        others = [one for one in members if one != user_id]
        self._publisher.tell(
            others, TypingChanged(conversation_id=conversation_id, user_id=user_id, typing=typing)
        )

    def _tell_here(self, conversation_id: int, user_id: int, *, here: bool) -> None:
        others = [one for one in self._here.get(conversation_id, ()) if one != user_id]
        self._publisher.tell(others, RoomHere(conversation_id=conversation_id, user_id=user_id, here=here))
