"""How conversations are made and who is in them: opening, creating, inviting, joining, leaving, roles.

The rules are `domain.rooms`. Everybody concerned is told the conversation as they may see it.
"""

from collections.abc import Callable, Iterable

from presence_desktop.protocol import chat
from presence_desktop.protocol.chat import Kind, MemberRole, Visibility
from presence_desktop.protocol.chat_events import DmOpened, RoomRemoved, RoomUpdated
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain import marks as marking
from presence_desktop.server.domain import rooms
from presence_desktop.server.domain.marks import Marks
from presence_desktop.server.domain.rooms import Circle, Place
from presence_desktop.server.services.chat import views
from presence_desktop.server.services.chat.commit import Outcome, Told
from presence_desktop.server.services.chat.ledger import Ledger, Wanted
from presence_desktop.server.services.chat.means import Means
from presence_desktop.server.services.chat.ports import (
    Collision,
    Founding,
    Standing,
)

Step = Callable[[Circle | None, int], object]


class RoomService:
    """Conversations and their people.

    `changed` is told whose people are others now, then `gone` who is in one no longer.
    """

    def __init__(
        self,
        means: Means,
        *,
        changed: Callable[[int], None],
        gone: Callable[[int, int], None],
    ) -> None:
        self._means = means
        self._changed = changed
        self._gone = gone

    async def open_direct(self, user_id: int, other: int) -> chat.Conversation:
        """The direct conversation of two people, made if there was none. Raises Refused(UNKNOWN_USER)."""
        self._known([other])
        now = self._means.clock.now()
        people = {one: Place(MemberRole.MEMBER, now) for one in sorted({user_id, other})}
        key = rooms.direct_key(user_id, other)
        founding = Founding(key, Kind.DIRECT, None, "", Visibility.PRIVATE, people, now)
        found, new = await self._found(founding, user_id)
        if new:
            self._means.publisher.tell(
                list(people), DmOpened(conversation=views.for_everybody(found.circle, found.marks))
            )
        return views.standing(found, user_id)

    async def create(self, user_id: int, new: chat.NewRoom) -> tuple[chat.Conversation, bool]:
        """Make a room, or find the one made before with this id; whether it is new. Raises Refused."""
        title, topic = rooms.title_of(new.title), rooms.topic_of(new.topic)
        self._known(new.user_ids)
        now = self._means.clock.now()
        people = {user_id: Place(MemberRole.OWNER, now)}
        for other in new.user_ids:
            people.setdefault(other, Place(MemberRole.MEMBER, now))
        founding = Founding(f"{user_id}/{new.id}", Kind.ROOM, title, topic, new.visibility, people, now)
        found, is_new = await self._found(founding, user_id)
        if is_new:
            whole = views.for_everybody(found.circle, found.marks)
            self._means.publisher.tell(list(people), RoomUpdated(conversation=whole))
        return views.standing(found, user_id), is_new

    async def update(self, user_id: int, conversation_id: int, patch: chat.RoomPatch) -> chat.Conversation:
        """Change title, topic, visibility. Raises Refused."""
        return await self._step(
            user_id, conversation_id, lambda circle, who: rooms.change(circle, who, patch)
        )

    async def invite(self, user_id: int, conversation_id: int, wanted: Iterable[int]) -> chat.Conversation:
        """Bring people in. Raises Refused."""
        guests, now = list(wanted), self._means.clock.now()
        self._known(guests)
        return await self._step(
            user_id, conversation_id, lambda circle, who: rooms.invite(circle, who, guests, now)
        )

    async def join(self, user_id: int, conversation_id: int) -> chat.Conversation:
        """Come into a public room. Raises Refused."""
        now = self._means.clock.now()
        return await self._step(user_id, conversation_id, lambda circle, who: rooms.join(circle, who, now))

    async def leave(self, user_id: int, conversation_id: int) -> None:
        """Go out of a room. Raises Refused."""
        await self._change(user_id, conversation_id, rooms.leave)

    async def remove(self, user_id: int, conversation_id: int, other: int) -> None:
        """Put somebody out of a room. Raises Refused."""
        await self._change(user_id, conversation_id, lambda circle, who: rooms.remove(circle, who, other))

    async def give_role(
        self, user_id: int, conversation_id: int, other: int, role: MemberRole
    ) -> chat.Conversation:
        """Say who is what. Raises Refused."""
        return await self._step(
            user_id, conversation_id, lambda circle, who: rooms.give_role(circle, who, other, role)
        )

    async def public(self, user_id: int) -> list[chat.RoomEntry]:
        """The public rooms, by title."""
        found = await self._means.store.public_rooms(user_id)
        return [
            chat.RoomEntry(
                id=room.id, title=room.title, topic=room.topic, members=room.members, joined=room.joined
            )
            for room in found
        ]

    async def _step(self, user_id: int, conversation_id: int, step: Step) -> chat.Conversation:
        await self._change(user_id, conversation_id, step)
        return await self._seen(conversation_id, user_id)

    async def _change(self, user_id: int, conversation_id: int, step: Step) -> None:
        def decide(ledger: Ledger) -> Outcome[list[int] | None]:
            circle = ledger.circles.get(conversation_id)
            if circle is None:
                raise Refused(Code.UNKNOWN_CONVERSATION)
            before, version = dict(circle.people), circle.version
            step(circle, user_id)
            if circle.version == version:
                return Outcome(None)
            ledger.people.setdefault(circle.id, before)
            return _told(ledger, circle, before, user_id)

        here = frozenset({conversation_id})
        wanted = Wanted(conversations=here, everyone=here)
        gone = await self._means.committer.do(wanted, decide)
        if gone is None:
            return
        self._changed(conversation_id)
        for one in gone:
            self._gone(conversation_id, one)

    async def _found(self, founding: Founding, user_id: int) -> tuple[Standing, bool]:
        try:
            conversation_id, new = await self._means.store.found(founding)
        except Collision:
            raise Refused(Code.UNAVAILABLE) from None
        if new:
            self._changed(conversation_id)
        found = await self._means.store.standing(conversation_id, user_id)
        if found is None:  # made before, and left since
            raise Refused(Code.UNKNOWN_CONVERSATION)
        return found, new

    async def _seen(self, conversation_id: int, user_id: int) -> chat.Conversation:
        found = await self._means.store.standing(conversation_id, user_id)
        if found is None:
            raise Refused(Code.UNKNOWN_CONVERSATION)
        return views.standing(found, user_id)

    def _known(self, user_ids: Iterable[int]) -> None:
        if any(self._means.profiles(user_id) is None for user_id in user_ids):
            raise Refused(Code.UNKNOWN_USER)


def _told(ledger: Ledger, circle: Circle, before: dict[int, Place], by: int) -> Outcome[list[int] | None]:
    for user_id in circle.people.keys() - before.keys():
        ledger.mark(circle.id, user_id, Marks(*[circle.last_seq] * 4))
    out = sorted(before.keys() - circle.people.keys())
    told: Told = [(out, RoomRemoved(conversation_id=circle.id, by_id=by))] if out else []
    marks = {user_id: ledger.marks.get((circle.id, user_id), Marks()) for user_id in circle.people}
    open_ones = [user_id for user_id, known in marks.items() if known == marking.shown(known)]
    told.append((open_ones, RoomUpdated(conversation=views.for_everybody(circle, marks))))
    told += [  # who hides how far they are is told it all the same
        ([user_id], RoomUpdated(conversation=views.conversation(circle, marks, user_id)))
        for user_id, known in marks.items()
        if known != marking.shown(known)
    ]
    return Outcome(out, told)
