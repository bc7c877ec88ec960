"""The link between servers through Redis, as far as conversations go: one channel, nothing kept.

Decides how packets of `ChatCluster` get to the peers; not what is in them. What was lost is never asked for here: the
database has it.
"""

import logging

from msgspec import Struct
from redis.asyncio import Redis

from presence_desktop.server.services.chat.ports import ChatPeers, Neighbour
from presence_desktop.server.services.cluster.chat_peers import ChatCluster
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.stores.redis import chat_codec as codec
from presence_desktop.server.stores.redis.keys import Keys
from presence_desktop.server.stores.redis.link import RedisLink
from presence_desktop.server.stores.redis.reading import Unreadable

_log = logging.getLogger(__name__)


class ChatRedisSettings(Struct, frozen=True):
    """Where Redis is; a node that is silent for `lease` (s) is dead, each says something every `beat` (s)."""

    url: str
    first_word: str
    lease: float
    beat: float


class ChatRedis(RedisLink):
    """The link of this server. `start` it before the first client, `stop` it after the last one was told."""

    def __init__(self, settings: ChatRedisSettings, neighbour: Neighbour, *, node: str, clock: Clock) -> None:
        channel = Keys(settings.first_word).conversations
        super().__init__(settings.url, channel, beat=settings.beat, name="redis-chat", node=node)
        self._cluster = ChatCluster(neighbour, node=node, clock=clock, lease=round(settings.lease * 1000))
        self._cluster.wake = self._news.set

    @property
    def peers(self) -> ChatPeers:
        """What tells the other servers."""
        return self._cluster

    @property
    def linked(self) -> bool:
        """Whether the other servers hear what is said here."""
        return self._cluster.linked

    async def _joined(self, redis: Redis) -> None:
        self._cluster.up()
        await self._say(redis)

    async def _say(self, redis: Redis) -> None:
        for node in self._cluster.look():
            _log.warning("redis-chat.node-silent", extra={"fields": {"node": node}})
        while True:
            await redis.publish(self._channel, codec.packet(self._cluster.outgoing()))
            if not self._cluster.waiting:
                break

    async def _hear(self, redis: Redis, data: bytes) -> None:
        try:
            self._cluster.receive(codec.read_packet(data))
        except Unreadable as error:
            _log.warning("redis-chat.unreadable", extra={"fields": {"why": str(error)}})

    async def _say_goodbye(self, redis: Redis) -> None:
        while self._cluster.waiting:
            await self._say(redis)
        await redis.publish(self._channel, codec.packet(self._cluster.goodbye()))
        self._cluster.down()

    def _down(self) -> None:
        self._cluster.down()
