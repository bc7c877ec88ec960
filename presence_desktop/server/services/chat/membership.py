"""Who is in which conversation, remembered for a while: asked for everything that is not stored, like typing.

What is stored asks the store each time, and needs none of this. What is remembered of a conversation is forgotten as
soon as this server changes its people; changes made by others count within `KEPT`.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.chat.ports import Company
from presence_desktop.server.services.ports import Clock

KEPT = 10_000
"""How long (ms) a list of members is believed: a server without peers hears of no change."""
ROOMS = 20_000
"""How many conversations are remembered; the one that was asked for longest ago goes first."""

Look = Callable[[int], Awaitable[Company]]


class Membership:
    """Looks people up with `look`, which may raise `ports.StoreUnavailable`."""

    def __init__(self, look: Look, clock: Clock) -> None:
        self._look = look
        self._clock = clock
        self._kept: OrderedDict[int, tuple[int, Company]] = OrderedDict()
        self._changes: dict[int, int] = {}
        """How often the people of each conversation were changed."""
        self._forgotten = 0

    def known(self, conversation_id: int) -> Company | None:
        """Who is in a conversation, if that is remembered."""
        kept = self._kept.get(conversation_id)
        if kept is None or (self._clock.ticks() - kept[0] > KEPT and not kept[1].direct):
            return None
        self._kept.move_to_end(conversation_id)
        return kept[1]

    async def require(self, conversation_id: int, user_id: int) -> None:
        """Raises Refused(UNKNOWN_CONVERSATION) for who is no member."""
        company = await self.company(conversation_id)
        if user_id not in company.people:
            raise Refused(Code.UNKNOWN_CONVERSATION)

    async def company(self, conversation_id: int) -> Company:
        """Who is in a conversation; nobody if there is none."""
        return self.known(conversation_id) or await self._find(conversation_id)

    def partners(self, conversation_id: int, user_id: int) -> list[int]:
        """Who else is in this conversation, if it is a direct one that is remembered."""
        company = self.known(conversation_id)
        if company is None or not company.direct:
            return []
        return [one for one in company.people if one != user_id]

    def changed(self, conversation_id: int) -> None:
        """Its people changed: what is remembered, or being looked up, is void."""
        self._changes[conversation_id] = self._changes.get(conversation_id, 0) + 1
        self._kept.pop(conversation_id, None)

    def forget(self) -> None:
        """Nothing that is remembered, or being looked up, holds any longer."""
        self._forgotten += 1
        self._kept.clear()

    async def _find(self, conversation_id: int) -> Company:
        while True:  # whoever is put out meanwhile must not be let in by what was true before
            state, asked = self._state(conversation_id), self._clock.ticks()
            company = await self._look(conversation_id)
            if state == self._state(conversation_id):
                break
        if company.people:
            self._kept[conversation_id] = asked, company
            if len(self._kept) > ROOMS:
                self._kept.popitem(last=False)
        return company

    def _state(self, conversation_id: int) -> tuple[int, int]:
        return self._forgotten, self._changes.get(conversation_id, 0)
