"""Builds all that has to do with conversations from the settings, and joins it with presence and the live link."""

import logging
from typing import TYPE_CHECKING

from presence_desktop.server.account_side import milliseconds
from presence_desktop.server.config import Config
from presence_desktop.server.services.chat.conversations import Conversations, conversations
from presence_desktop.server.services.chat.means import Profiles
from presence_desktop.server.services.chat.membership import Membership
from presence_desktop.server.services.chat.pace import ChatPace
from presence_desktop.server.services.cluster.chat_neighbour import ChatNeighbour
from presence_desktop.server.services.cluster.shared_presence import SharedPresence
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.stores.sql.chat.store import SqlChat
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.transport.link.sio_server import SioServer
from presence_desktop.server.transport.live import chat_events
from presence_desktop.server.transport.live.chat_fanout import ChatFanout
from presence_desktop.server.transport.live.door import Door
from presence_desktop.server.transport.live.outbox import Outbox
from presence_desktop.server.transport.live.sockets import Sockets

if TYPE_CHECKING:
    from presence_desktop.server.stores.redis.chat import ChatRedis

_log = logging.getLogger("presence.server")


class ChatPeersLink:
    """The link to the other servers, and what is done with what they say."""

    def __init__(self, link: "ChatRedis", neighbour: ChatNeighbour) -> None:
        self._link = link
        self._neighbour = neighbour

    @property
    def linked(self) -> bool:
        """Whether the other servers hear what is said here."""
        return self._link.linked

    async def start(self) -> None:
        """Begin; without Redis, go on alone and keep trying."""
        await self._link.start()

    async def stop(self) -> None:
        """Say what is left to be said, and goodbye."""
        await self._link.stop()
        await self._neighbour.stop()


class ChatSide:
    """The parts of conversations, before presence is there; `join` makes the whole."""

    def __init__(
        self, config: Config, database: Database, clock: Clock, outbox: Outbox, sockets: Sockets
    ) -> None:
        self._config = config
        self._clock = clock
        self._store = SqlChat(database)
        self._sockets = sockets
        self._outbox = outbox
        self._pace = ChatPace(clock, count=config.messages, span=milliseconds(config.message_window_seconds))
        self.members = Membership(self._store.company, clock)
        self.fanout = ChatFanout(outbox, sockets)

    def nearby(self, user_id: int, room_id: int) -> list[str]:
        """Who has a direct conversation hears the other type in it, on every device (`whereabouts.Nearby`)."""
        others = self.members.partners(room_id, user_id)
        return [socket.sid for one in others for socket in self._sockets.of(one)]

    def join(self, presence: PresenceService, profiles: Profiles) -> Conversations:
        """The services of conversations."""
        return conversations(
            clock=self._clock,
            store=self._store,
            publisher=self.fanout,
            profiles=profiles,
            presence=presence,
            members=self.members,
            pace=self._pace,
            peers=lambda: self.fanout.peers,
        )

    def peers(self, url: str, talks: Conversations, presence: SharedPresence, node: str) -> ChatPeersLink:
        """The other servers, told from now on of all that is told here. To be called once, before anybody connects."""
        from presence_desktop.server.stores.redis.chat import ChatRedis, ChatRedisSettings

        config = self._config
        settings = ChatRedisSettings(
            url, config.redis_prefix, config.node_lease_seconds, config.node_beat_seconds
        )
        neighbour = ChatNeighbour(self.fanout, self.members, talks.attendance, presence)
        link = ChatRedis(settings, neighbour, node=node, clock=self._clock)
        self.fanout.peers = link.peers
        presence.places_to(link.peers)
        return ChatPeersLink(link, neighbour)

    def attach(self, sio: SioServer, door: Door, talks: Conversations, presence: PresenceService) -> None:
        """Register what clients may ask of conversations, part by part."""
        requests = chat_events.ChatRequests(talks, presence.touch)
        for part, handlers in requests.tables().items():
            chat_events.attach(sio, handlers, door=door, outbox=self._outbox)
            _log.info("%s.initialized", part)
