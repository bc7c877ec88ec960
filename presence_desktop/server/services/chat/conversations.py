"""All that is done with conversations, joined: what the transports call, and what presence and it tell each other."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from msgspec import Struct

from presence_desktop.protocol.status import Status
from presence_desktop.server.services.chat.attendance import Attendance
from presence_desktop.server.services.chat.commit import Committer
from presence_desktop.server.services.chat.means import Means, Profiles
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.chat.messages import ChatService
from presence_desktop.server.services.chat.pace import ChatPace
from presence_desktop.server.services.chat.ports import ChatPeers, ChatPublisher, ChatStore
from presence_desktop.server.services.chat.reading import ChatReading
from presence_desktop.server.services.chat.returns import Returns
from presence_desktop.server.services.chat.rooms import RoomService
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.presence.service import PresenceService


class Conversations(Struct, frozen=True):
    """The services of conversations."""

    chat: ChatService
    rooms: RoomService
    reading: ChatReading
    attendance: Attendance
    pace: ChatPace
    committer: Committer
    returns: Returns

    async def stop(self, within: float) -> None:
        """What was begun is stored and told, as far as that takes no longer than `within` seconds."""
        await self.returns.stop()
        await self.attendance.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.committer.stop()


def conversations(
    *,
    clock: Clock,
    store: ChatStore,
    publisher: ChatPublisher,
    profiles: Profiles,
    presence: PresenceService,
    members: Membership,
    pace: ChatPace,
    peers: Callable[[], ChatPeers | None],
) -> Conversations:
    """Join them. `presence` is told who has sent something and who was put out, and tells who is back.

    `peers` are asked for whenever the people of a conversation changed; None: there are no other servers.
    """
    attendance = Attendance(presence, members, pace.ask)
    committer = Committer(store, publisher)

    def visible(user_id: int) -> bool:
        return presence.status_and_last_seen(user_id)[0] is not Status.OFFLINE

    def quiet(conversation_id: int, user_id: int) -> None:
        presence.sent(user_id, conversation_id)

    def changed(conversation_id: int) -> None:
        members.changed(conversation_id)
        if (others := peers()) is not None:
            others.changed(conversation_id)

    def gone(conversation_id: int, user_id: int) -> None:
        attendance.gone(conversation_id, user_id)
        if (others := peers()) is not None:
            others.gone(conversation_id, user_id)

    means = Means(clock, store, committer, publisher, profiles)
    chat = ChatService(means, visible=visible, quiet=quiet)
    rooms = RoomService(means, changed=changed, gone=gone)
    returns = Returns(chat.appeared)
    presence.appeared = returns.note
    return Conversations(chat, rooms, ChatReading(store), attendance, pace, committer, returns)
