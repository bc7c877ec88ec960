"""The link of conversations on a real Redis: what is said arrives, what is lost is noticed, whatever ends a session."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from presence_desktop.server.clock import SystemClock
from presence_desktop.server.domain.places import Seen
from presence_desktop.server.services.cluster import chat_peers
from presence_desktop.server.stores.redis.chat import ChatRedis, ChatRedisSettings
from tests.fakes.daemon import Daemon, redis
from tests.server.services.cluster.test_chat_peers import Notes
from tests.waiting import eventually_async

ROOM = Seen({7: None}, 7)


class Node:
    """A server as far as its link knows it."""

    def __init__(self, url: str, name: str, *, lease: float = 70) -> None:
        self.notes = Notes()
        settings = ChatRedisSettings(url, "test", lease, 0.1)
        self.link = ChatRedis(settings, self.notes, node=name, clock=SystemClock())

    @property
    def heard(self) -> list[str]:
        return [name for _, name, _ in self.notes.done]


@pytest.fixture
async def pair(running: tuple[Daemon, str]) -> AsyncIterator[tuple[Node, Node]]:
    """Two servers that know each other."""
    one, two = Node(running[1], "n1"), Node(running[1], "n2")
    await one.link.start()
    await two.link.start()
    await eventually_async(lambda: one.link._cluster.peers == ["n2"] and two.link._cluster.peers == ["n1"])
    yield one, two
    for node in (one, two):
        await node.link.stop()


async def test_a_thousand_events_arrive_in_order_and_a_goodbye_ends_it(pair: tuple[Node, Node]) -> None:
    one, two = pair
    stales = two.notes.stales
    for at in range(2_500):
        one.link.peers.tell([1, 2], f"e{at}", {"at": at})
        if at % 100 == 0:
            await asyncio.sleep(0)
    one.link.peers.placed(1, ROOM)
    await eventually_async(lambda: two.notes.places == {("n1", 1): ROOM})
    assert two.heard == [f"e{at}" for at in range(2_500)]
    one.link.peers.tell([1], "last", {})
    await one.link.stop()
    await eventually_async(lambda: two.notes.places == {})
    assert two.heard[-1] == "last"
    assert (two.notes.stales, one.link.linked) == (stales, False)


async def test_nothing_is_kept_in_redis(pair: tuple[Node, Node], running: tuple[Daemon, str]) -> None:
    pair[0].link.peers.placed(1, ROOM)
    await eventually_async(lambda: pair[1].notes.places != {})
    async with Redis.from_url(running[1]) as looking:
        assert await looking.keys() == []


@pytest.mark.parametrize("error", [RuntimeError("the handler is closed"), KeyError("a bug")])
async def test_what_a_broken_link_lost_is_noticed_by_the_others(
    pair: tuple[Node, Node],
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one, two = pair
    say = one.link._say

    async def fail(*_: object) -> None:
        monkeypatch.setattr(one.link, "_say", say)
        raise error

    stales = two.notes.stales
    monkeypatch.setattr(one.link, "_say", fail)
    await eventually_async(lambda: not one.link.linked)
    one.link.peers.tell([1], "lost", {})
    one.link.peers.placed(1, ROOM)
    await eventually_async(lambda: one.link.linked and two.notes.stales == stales + 1)
    await eventually_async(lambda: two.notes.places == {("n1", 1): ROOM})
    assert "lost" not in two.heard
    lost = [record for record in caplog.records if record.message == "redis-chat.lost"]
    assert [record.exc_info is not None for record in lost] == [isinstance(error, KeyError)]


async def test_whoever_heard_nothing_for_a_while_has_clients_ask_again(
    pair: tuple[Node, Node], running: tuple[Daemon, str]
) -> None:
    one, two = pair
    stales = two.notes.stales
    async with Redis.from_url(running[1]) as looking:
        numbers = [
            int(line.split(b"id=")[1].split()[0])
            for line in (await looking.execute_command("CLIENT", "LIST", "TYPE", "PUBSUB")).splitlines()
        ]
        for number in numbers:
            await looking.execute_command("CLIENT", "KILL", "ID", number)
        one.link.peers.tell([1], "maybe", {})
    await eventually_async(lambda: "maybe" in two.heard or two.notes.stales > stales)
    await eventually_async(lambda: one.link.linked and two.link.linked)


async def test_what_is_none_of_ours_is_passed_over(
    pair: tuple[Node, Node], running: tuple[Daemon, str], caplog: pytest.LogCaptureFixture
) -> None:
    one, two = pair
    async with Redis.from_url(running[1]) as other:
        await other.publish("test:conversations", b"{}")
    one.link.peers.changed(7)
    await eventually_async(lambda: ("changed", 7) in two.notes.done)
    assert "redis-chat.unreadable" in [record.message for record in caplog.records]
    assert one.link.linked
    assert two.link.linked


async def test_a_server_that_fell_silent_is_named_in_the_log(
    running: tuple[Daemon, str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_peers, "STALE_EVERY", 0)
    one, two = Node(running[1], "n1"), Node(running[1], "n2", lease=1)
    await one.link.start()
    await two.link.start()
    one.link.peers.placed(1, ROOM)
    await eventually_async(lambda: two.notes.places != {})
    assert one.link._task is not None
    one.link._task.cancel()
    await asyncio.wait([one.link._task])
    await eventually_async(lambda: two.notes.places == {} and two.notes.stales > 0)
    assert "redis-chat.node-silent" in [record.message for record in caplog.records]
    await two.link.stop()


async def test_without_redis_it_starts_alone_and_goes_on_when_it_is_there(tmp_path: Path) -> None:
    daemon, url = redis(tmp_path)
    node = Node(url, "n1")
    await node.link.start()
    assert not node.link.linked
    daemon.start()
    try:
        await eventually_async(lambda: node.link.linked)
    finally:
        await node.link.stop()
        daemon.stop()
