"""The link between servers on a real Redis: what is kept there, and that it is tried again whatever went wrong."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from presence_desktop.protocol.events import StatusUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.services.cluster.peers import Cluster
from presence_desktop.server.services.cluster.shared_presence import SharedPresence
from presence_desktop.server.stores.redis.keys import Keys
from presence_desktop.server.stores.redis.presence import Lives, PresenceRedis
from tests.fakes.presence import Listener, MemoryClaims, MemoryRows, profile
from tests.waiting import eventually_async

KEYS = Keys("test")
LIVES = Lives(entry=1800, lease=70, beat=0.1)


@pytest.fixture
async def client(redis_url: str) -> AsyncIterator[Redis]:
    """Somebody who looks into it; it is empty at first."""
    async with Redis.from_url(redis_url) as looking:
        await looking.flushall()
        yield looking


class Node:
    """A server as far as its link knows it."""

    def __init__(self, url: str, name: str) -> None:
        self.presence = SharedPresence(
            clock=SystemClock(),
            publisher=Listener(),
            profiles=profile,
            rows=MemoryRows(),
            claims=MemoryClaims(),
            epoch=name,
            pace=Window(1000, 1),
        )
        self.cluster = Cluster(self.presence, node=name, clock=SystemClock(), lease=70_000, refresh=60)
        self.presence.join(self.cluster)
        self.link = PresenceRedis(url, self.cluster, KEYS, LIVES)

    def shown(self, user_id: int) -> str:
        return self.presence.one(user_id).status.value


async def names(client: Redis) -> set[str]:
    return {name.decode() for name in await client.keys()}


async def test_entries_live_for_half_an_hour_leases_for_theirs_and_a_goodbye_leaves_nothing(
    client: Redis, redis_url: str
) -> None:
    one, two = Node(redis_url, "n1"), Node(redis_url, "n2")
    one.presence.connect(1, "a")
    await one.link.start()
    await two.link.start()
    assert two.shown(1) == "online"  # before it says that it is ready
    one.presence.connect(2, "b")
    two.presence.claim(2, StatusUpdate(status=Status.BUSY))
    await eventually_async(lambda: one.shown(2) == two.shown(2) == "busy")
    entries = {KEYS.entry("n1", 1), KEYS.entry("n1", 2)}
    rest = {KEYS.nodes, KEYS.node("n1"), KEYS.node("n2"), KEYS.index("n1"), KEYS.chosen, KEYS.choice(2)}
    assert await names(client) == entries | rest
    for name in (*entries, KEYS.index("n1"), KEYS.chosen, KEYS.choice(2)):
        assert 1790 < await client.ttl(name) <= 1800
    assert 60 < await client.ttl(KEYS.node("n1")) <= 70
    one.presence.disconnect(1, "a", graceful=True)
    await eventually_async(lambda: two.shown(1) == "offline")
    assert KEYS.entry("n1", 1) not in await names(client)
    await one.link.stop()
    await eventually_async(lambda: two.shown(2) == "offline")
    await two.link.stop()
    assert await names(client) == {KEYS.chosen, KEYS.choice(2)}


@pytest.mark.parametrize("error", [RuntimeError("the handler is closed"), KeyError("a bug")])
async def test_whatever_ends_a_session_another_one_is_tried(
    client: Redis,
    redis_url: str,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one, two = Node(redis_url, "n1"), Node(redis_url, "n2")
    await one.link.start()
    await two.link.start()
    tell = one.link._tell

    async def fail(*_: object) -> bool:
        monkeypatch.setattr(one.link, "_tell", tell)
        raise error

    monkeypatch.setattr(one.link, "_tell", fail)
    await eventually_async(lambda: not one.cluster.linked)
    one.presence.connect(1, "a")
    await eventually_async(lambda: one.cluster.linked and two.shown(1) == "online")
    lost = [record for record in caplog.records if record.message == "redis.lost"]
    assert [record.exc_info is not None for record in lost] == [isinstance(error, KeyError)]
    await one.link.stop()
    await two.link.stop()


async def test_what_a_dead_server_left_is_cleared_by_whoever_finds_it(client: Redis, redis_url: str) -> None:
    dead, one = Node(redis_url, "n0"), Node(redis_url, "n1")
    dead.presence.connect(1, "a")
    await dead.link.start()
    assert dead.link._task is not None
    dead.link._task.cancel()
    await asyncio.wait([dead.link._task])
    await client.delete(KEYS.node("n0"))
    await one.link.start()
    assert await names(client) == {KEYS.nodes, KEYS.node("n1")}
    assert one.shown(1) == "offline"
    await client.sadd(KEYS.nodes, "n8", "n9")
    await client.set(KEYS.node("n8"), b"", px=60_000)
    await one.link.clear_up(["n8", "n9"])
    assert await client.smembers(KEYS.nodes) == {b"n1", b"n8"}  # who holds a lease is back
    await one.link.stop()
    await one.link.clear_up(["n1"])


async def test_a_server_that_was_taken_for_dead_introduces_itself_again(
    client: Redis, redis_url: str
) -> None:
    one, two = Node(redis_url, "n1"), Node(redis_url, "n2")
    await one.link.start()
    await two.link.start()
    one.presence.connect(1, "a")
    await eventually_async(lambda: two.shown(1) == "online")
    await client.delete(*(KEYS.node("n1"), KEYS.index("n1"), KEYS.entry("n1", 1), KEYS.nodes))
    two.cluster._silence.heard("n1", remaining=-1)
    two.cluster.look()
    assert two.shown(1) == "offline"
    await eventually_async(lambda: two.shown(1) == "online")
    assert KEYS.entry("n1", 1) in await names(client)
    await one.link.stop()
    await two.link.stop()


async def test_nonsense_on_the_channel_and_in_keys_is_passed_over(
    client: Redis, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    one = Node(redis_url, "n1")
    await client.sadd(KEYS.nodes, "n9")
    await client.set(KEYS.node("n9"), "nonsense", px=60_000)
    await one.link.start()
    await client.publish(KEYS.channel, "nonsense")
    await eventually_async(lambda: [r.message for r in caplog.records].count("redis.unreadable") > 2)
    assert one.cluster.linked
    await one.link.stop()


async def test_a_line_that_is_cut_is_noticed_at_once_and_made_anew(client: Redis, redis_url: str) -> None:
    one, two = Node(redis_url, "n1"), Node(redis_url, "n2")
    await one.link.start()
    await two.link.start()
    await client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    one.presence.connect(1, "a")
    await eventually_async(lambda: two.shown(1) == "online", within=5)
    await one.link.stop()
    await two.link.stop()
