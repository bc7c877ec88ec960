"""The link between servers through Redis: messages over one channel, whole pictures in keys, a lease for each node.

Decides how what `Cluster` says gets to the peers and how it is got again after a loss; not what it means. A session of
the link begins thus: subscribe, write the own picture, say so, read the others'. A picture is exchanged as a whole: who
reads sees the one before or the new one. A node's keys are cleared up by its peers only while it holds no lease, which
Redis itself sees to, so that who comes back in that moment loses nothing.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from presence_desktop.server.domain.feeds import Item, Message, Picture, Word
from presence_desktop.server.domain.nodes import Chosen
from presence_desktop.server.services.cluster.peers import Cluster
from presence_desktop.server.stores.redis import presence_codec as codec
from presence_desktop.server.stores.redis.keys import Keys
from presence_desktop.server.stores.redis.link import FAILURES, LinkBroken, RedisLink

AT_ONCE = 1000
"""Keys written or read in one go."""

_KEEP_NEWEST = """
local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not held or tonumber(held) <= tonumber(ARGV[2]) then
    redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
    redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[4])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', tonumber(ARGV[2]) - tonumber(ARGV[4]) * 1000)
redis.call('EXPIRE', KEYS[1], ARGV[4])
"""

_CLEAR_UP = """
if redis.call('EXISTS', KEYS[2]) == 1 then
    return
end
for _, user in ipairs(redis.call('SMEMBERS', KEYS[3])) do
    redis.call('UNLINK', ARGV[2] .. user)
end
redis.call('SREM', KEYS[1], ARGV[1])
redis.call('UNLINK', KEYS[3])
"""
"""Asked and done in one: a node that is back holds a lease, and keeps what it has written."""

_log = logging.getLogger(__name__)


class Lives(Struct, frozen=True):
    """How long what lives, in seconds."""

    entry: float
    """Somebody's entry without a heartbeat."""
    lease: float
    """A node without a word."""
    beat: float
    """The longest time between two words of a node."""


class PresenceRedis(RedisLink):
    """The link of this server. `start` it when presence is loaded, `stop` it after the last client was told."""

    def __init__(self, url: str, cluster: Cluster, keys: Keys, lives: Lives) -> None:
        super().__init__(url, keys.channel, beat=lives.beat, name="redis", node=cluster.node)
        self._cluster = cluster
        self._keys = keys
        self._entry_life = max(1, round(lives.entry))
        self._lease = round(lives.lease * 1000)
        self._cluster.wake = self._news.set

    async def clear_up(self, nodes: Iterable[str]) -> None:
        """Remove what dead nodes left. Does nothing while Redis is away."""
        if not self._cluster.linked:
            return
        redis = self._client()
        try:
            for node in nodes:
                await self._clear(redis, node)
        except FAILURES as error:
            _log.debug("redis.not-cleared", extra={"fields": {"why": str(error)}})
        finally:
            await redis.aclose()

    # --- what the link asks for ---------------------------------------------------------------------------------

    @property
    def linked(self) -> bool:
        """Whether the peers are heard, and hear what is said."""
        return self._cluster.linked

    async def _joined(self, redis: Redis) -> None:
        await self._introduce(redis)
        await self._meet(redis)
        self._cluster.up()

    async def _say(self, redis: Redis) -> None:
        if await self._tell(redis, self._cluster.outgoing()):
            await self._introduce(redis)

    async def _hear(self, redis: Redis, data: bytes) -> None:
        self._receive(data)
        for node in self._cluster.wanted():
            await self._read(redis, node)

    def _down(self) -> None:
        self._cluster.down()

    # --- speaking -----------------------------------------------------------------------------------------------

    async def _tell(self, redis: Redis, message: Message) -> bool:
        """Send one message and keep what it says; whether the peers had taken us for dead."""
        async with redis.pipeline(transaction=True) as pipe:
            self._keep(pipe, message)
            pipe.sadd(self._keys.nodes, message.node)
            self._publish(pipe, message)
            answers = await pipe.execute()
        return bool(answers[-3] == 1)

    def _publish(self, pipe: Pipeline, message: Message) -> None:
        pipe.set(self._keys.node(message.node), codec.lease(message), px=self._lease)
        pipe.publish(self._keys.channel, codec.message(message))

    def _keep(self, pipe: Pipeline, message: Message) -> None:
        node, keys = message.node, self._keys
        here = {item.user_id: item.word for item in message.items if isinstance(item, Word)}
        gone = [user_id for user_id, word in here.items() if not word.state.connected]
        stay = [(user_id, word) for user_id, word in here.items() if word.state.connected]
        for user_id, word in stay:
            pipe.set(keys.entry(node, user_id), codec.entry(message.seq, word), ex=self._entry_life)
        if stay:
            pipe.sadd(keys.index(node), *(user_id for user_id, _ in stay))
        if gone:
            pipe.unlink(*(keys.entry(node, user_id) for user_id in gone))
            pipe.srem(keys.index(node), *gone)
        self._keep_choices(pipe, message.items)
        pipe.expire(keys.index(node), self._entry_life)

    def _keep_choices(self, pipe: Pipeline, items: Sequence[Item]) -> None:
        for item in items:
            if isinstance(item, Chosen):
                names = self._keys.chosen, self._keys.choice(item.user_id)
                values = item.user_id, item.stamp, codec.choice(item), self._entry_life
                pipe.eval(_KEEP_NEWEST, len(names), *names, *values)

    async def _introduce(self, redis: Redis) -> None:
        """Write our whole picture anew, and ask the peers to read it."""
        message, picture = self._cluster.fresh()
        await self._take_lease(redis, message.node)
        await self._lay_out(redis, picture)
        keys, node = self._keys, message.node
        async with redis.pipeline(transaction=True) as pipe:
            if picture.words:
                pipe.rename(keys.next(node), keys.index(node))
            else:
                pipe.unlink(keys.index(node))
            pipe.sadd(keys.nodes, node)
            self._publish(pipe, message)
            answers = await pipe.execute()
        if answers[-3] == 1:
            raise LinkBroken("cleared away while it was written")

    async def _take_lease(self, redis: Redis, node: str) -> None:
        """From now on nobody clears up after us. Without a lease so far, nobody reads our picture yet either."""
        keys, lease = self._keys, self._lease
        async with redis.pipeline(transaction=True) as pipe:
            pipe.set(keys.node(node), b"", px=lease, nx=True)
            pipe.pexpire(keys.node(node), lease)
            pipe.sadd(keys.nodes, node)
            pipe.unlink(keys.next(node))
            await pipe.execute()

    async def _lay_out(self, redis: Redis, picture: Picture) -> None:
        """Write everything of our picture beside the one that is read, in pieces."""
        node, keys = picture.node, self._keys
        words = list(picture.words.items())
        async with redis.pipeline(transaction=False) as pipe:
            for start in range(0, len(words), AT_ONCE):
                part = words[start : start + AT_ONCE]
                for user_id, (seq, word) in part:
                    pipe.set(keys.entry(node, user_id), codec.entry(seq, word), ex=self._entry_life)
                pipe.sadd(keys.next(node), *(user_id for user_id, _ in part))
                pipe.expire(keys.next(node), self._entry_life)
                await pipe.execute()
            self._keep_choices(pipe, picture.chosen)
            await pipe.execute()

    async def _say_goodbye(self, redis: Redis) -> None:
        message = self._cluster.outgoing(leaving=True)
        await redis.publish(self._keys.channel, codec.message(message))
        await redis.unlink(self._keys.node(message.node))
        await self._clear(redis, message.node)
        self._cluster.down()

    # --- listening ----------------------------------------------------------------------------------------------

    def _receive(self, data: bytes) -> None:
        try:
            self._cluster.receive(codec.read_message(data))
        except codec.Unreadable as error:
            _log.warning("redis.unreadable", extra={"fields": {"why": str(error)}})

    async def _meet(self, redis: Redis) -> None:
        """Learn who else is there, and read their pictures."""
        for node in sorted(_text(await _answer(redis.smembers(self._keys.nodes)))):
            if node == self._cluster.node:
                continue
            remaining = int(await redis.pttl(self._keys.node(node)))
            if remaining <= 0:
                await self._clear(redis, node)
            else:
                self._cluster.meet(node, remaining)
        for node in self._cluster.wanted():
            await self._read(redis, node)

    async def _read(self, redis: Redis, node: str) -> None:
        try:
            picture = await self._picture(redis, node)
        except codec.Unreadable as error:
            _log.warning("redis.unreadable", extra={"fields": {"node": node, "why": str(error)}})
            return
        if picture is not None:
            self._cluster.adopt(picture)

    async def _picture(self, redis: Redis, node: str) -> Picture | None:
        async with redis.pipeline(transaction=True) as pipe:
            pipe.get(self._keys.node(node))
            pipe.smembers(self._keys.index(node))
            pipe.zrange(self._keys.chosen, 0, -1)
            lease, members, choosers = await pipe.execute()
        if not lease:
            return None
        entries = await _held(redis, {who: self._keys.entry(node, who) for who in codec.read_users(members)})
        choices = await _held(redis, {who: self._keys.choice(who) for who in codec.read_users(choosers)})
        return codec.read_picture(node, lease, entries.items(), choices.values())

    # --- the dead -----------------------------------------------------------------------------------------------

    async def _clear(self, redis: Redis, node: str) -> None:
        """Remove everything of a node, unless it holds a lease."""
        keys = self._keys
        names = keys.nodes, keys.node(node), keys.index(node)
        await _answer(redis.eval(_CLEAR_UP, len(names), *names, node, keys.entries(node)))


async def _answer(asked: Any) -> Any:
    """What a command answers; the library's types leave open whether it is to be awaited."""
    return await asked


async def _held(redis: Redis, names: Mapping[int, str]) -> dict[int, bytes]:
    """What is held under these names, as far as it is."""
    found: dict[int, bytes] = {}
    who = list(names)
    for start in range(0, len(who), AT_ONCE):
        part = who[start : start + AT_ONCE]
        values = await _answer(redis.mget([names[one] for one in part]))
        found.update((one, data) for one, data in zip(part, values, strict=True) if data is not None)
    return found


def _text(members: Iterable[bytes]) -> list[str]:
    return [member.decode(errors="replace") for member in members]
