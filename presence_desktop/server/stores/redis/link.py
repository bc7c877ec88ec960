"""A lasting connection to Redis: one channel that is listened to while things are said, begun anew after each failure.

Decides how long is waited and when the next try begins. One session lasts from a connection that works to the first
failure; then everything begins anew. Nothing is ever repaired half. What is said and heard is decided by who builds on
it (`presence`, `chat`).
"""

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Coroutine

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

PATIENCE = 2.0
"""How long (s) one answer of Redis is waited for."""
RETRY_SECONDS = 0.5
"""How long (s) after a failure the next try begins; all servers agree again within 5 s of Redis's return."""

_log = logging.getLogger(__name__)


class LinkBroken(Exception):
    """Redis answers, but messages may have been lost: begin anew."""


FAILURES = (RedisError, OSError, TimeoutError, RuntimeError, LinkBroken)
"""What a lost connection looks like; uvloop raises RuntimeError where a transport has just been closed."""


class RedisLink(ABC):
    """Something is said at least every `beat` seconds; `name` is what the log calls the link."""

    def __init__(self, url: str, channel: str, *, beat: float, name: str, node: str) -> None:
        self._url = url
        self._channel = channel
        self._beat = beat
        self._name = name
        self._node = node
        self._news = asyncio.Event()
        self._tried = asyncio.Event()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin; returns when the first session has begun, or Redis cannot be reached."""
        self._task = asyncio.create_task(self._run())
        await self._tried.wait()

    async def stop(self) -> None:
        """Say goodbye to the peers, if they can be reached, and end."""
        self._stopping.set()
        self._news.set()
        if self._task is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._task, PATIENCE)
            self._task = None

    # --- what is said and heard ---------------------------------------------------------------------------------

    @property
    @abstractmethod
    def linked(self) -> bool:
        """Whether a session has begun, and lasts."""

    @abstractmethod
    async def _joined(self, redis: Redis) -> None:
        """The channel is subscribed to: introduce ourselves. What is heard meanwhile waits."""

    @abstractmethod
    async def _say(self, redis: Redis) -> None:
        """There is news, or the time for a sign of life."""

    @abstractmethod
    async def _hear(self, redis: Redis, data: bytes) -> None:
        """Something came, perhaps our own words."""

    @abstractmethod
    async def _say_goodbye(self, redis: Redis) -> None:
        """The server stops."""

    @abstractmethod
    def _down(self) -> None:
        """The session has ended."""

    # --- sessions -----------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while not self._stopping.is_set():
            session = asyncio.create_task(self._session())
            try:
                await asyncio.wait([session])
            finally:
                session.cancel()
            self._ended(None if session.cancelled() else session.exception())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), RETRY_SECONDS)

    def _ended(self, error: BaseException | None) -> None:
        """A session has ended. Whatever it was, the next one is tried: what is unexpected is only told at length."""
        if error is not None and (self.linked or not self._tried.is_set()):
            why = str(error) or type(error).__name__
            unexpected = None if isinstance(error, FAILURES) else error
            _log.error(f"{self._name}.lost", extra={"fields": {"why": why}}, exc_info=unexpected)
        self._down()
        self._tried.set()

    def _client(self) -> Redis:
        return Redis.from_url(
            self._url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
        )

    async def _session(self) -> None:
        async with self._client() as redis, redis.pubsub() as channel:
            await self._subscribe(channel)
            await self._joined(redis)
            _log.info(f"{self._name}.linked", extra={"fields": {"node": self._node}})
            self._tried.set()
            await _first_of(self._listen(redis, channel), self._speak(redis))

    async def _subscribe(self, channel: PubSub) -> None:
        await channel.subscribe(self._channel)
        answer = await channel.get_message(timeout=PATIENCE)
        if answer is None or answer["type"] != "subscribe":
            raise LinkBroken("no subscription")

    async def _speak(self, redis: Redis) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._beat)
            self._news.clear()
            if self._stopping.is_set():
                break
            await self._say(redis)
        await self._say_goodbye(redis)

    async def _listen(self, redis: Redis, channel: PubSub) -> None:
        silence = 2 * self._beat + PATIENCE
        while True:
            got = await channel.get_message(timeout=silence)
            if got is None:  # our own words come back to us: nothing at all means a dead line
                raise LinkBroken("silence")
            if got["type"] != "message":  # the library has connected again by itself
                raise LinkBroken("connected anew")
            await self._hear(redis, got["data"])


async def _first_of(*doings: Coroutine[None, None, None]) -> None:
    """Run these until one ends, or fails; then none runs any more."""
    tasks = [asyncio.create_task(doing) for doing in doings]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
