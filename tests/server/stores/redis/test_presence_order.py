"""A node comes back to Redis while its peers take it for dead or look at it: whatever comes between which commands, its
people are there afterwards, and never seen leaving.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from presence_desktop.server.stores.redis.link import LinkBroken
from tests.server.stores.redis.test_presence import KEYS, Node

Step = Callable[[], Awaitable[object]]


@pytest.fixture
async def client(redis_url: str) -> AsyncIterator[Redis]:
    """The connection that everybody uses here."""
    async with Redis.from_url(redis_url) as used:
        yield used


@contextmanager
def between(number: int, step: Step) -> Iterator[list[int]]:
    """This happens before request `number` (counted from 0) goes to Redis; yields the requests there were."""
    requests: list[int] = []
    steps = {number: step}

    async def before() -> None:
        requests.append(len(requests))
        due = steps.pop(requests[-1], None)
        if due is not None:
            patch.undo()
            await due()
            put()

    command, batch = Redis.execute_command, Pipeline.execute

    async def one(self: Redis, *words: object, **more: object) -> object:
        await before()
        return await command(self, *words, **more)

    async def several(self: Pipeline, *words: bool) -> object:
        await before()
        return await batch(self, *words)

    def put() -> None:
        patch.setattr(Redis, "execute_command", one)
        patch.setattr(Pipeline, "execute", several)

    with pytest.MonkeyPatch.context() as patch:
        put()
        yield requests


async def back_from_the_dead(client: Redis, url: str) -> tuple[Node, Node]:
    """A node with somebody at it whose lease ran out, and a peer that forgot it."""
    await client.flushall()
    one, two = Node(url, "n1"), Node(url, "n2")
    one.presence.connect(1, "a")
    await one.link._introduce(client)
    await client.delete(KEYS.node("n1"))
    one.cluster.down()
    return one, two


async def introduced(node: Node, client: Redis) -> None:
    """A new session begins, as often as it has to."""
    try:
        await node.link._introduce(client)
    except LinkBroken:
        await node.link._introduce(client)


async def seen(one: Node, two: Node, client: Redis) -> str:
    """What the peer shows after the next beat."""
    await one.link._say(client)
    await two.link._meet(client)
    return two.shown(1)


async def test_it_comes_back_while_a_peer_clears_up_after_it(client: Redis, redis_url: str) -> None:
    for number in count():
        one, two = await back_from_the_dead(client, redis_url)
        with between(number, lambda one=one: introduced(one, client)) as requests:
            await two.link._clear(client, "n1")
        if len(requests) <= number:
            break
        assert await seen(one, two, client) == "online", number
    assert number > 0


async def test_a_peer_clears_up_while_it_comes_back(client: Redis, redis_url: str) -> None:
    for number in count():
        one, two = await back_from_the_dead(client, redis_url)
        with between(number, lambda two=two: two.link._clear(client, "n1")) as requests:
            await introduced(one, client)
        if len(requests) <= number:
            break
        assert await seen(one, two, client) == "online", number
    assert number > 1


async def test_one_whose_lease_runs_out_while_it_writes_begins_anew(client: Redis, redis_url: str) -> None:
    one, two = await back_from_the_dead(client, redis_url)

    async def late() -> None:
        await client.delete(KEYS.node("n1"))
        await two.link._clear(client, "n1")

    with between(3, late), pytest.raises(LinkBroken):
        await one.link._introduce(client)
    await introduced(one, client)
    assert await seen(one, two, client) == "online"


async def test_a_peer_that_looks_while_it_writes_anew_sees_nobody_leave(
    client: Redis, redis_url: str
) -> None:
    for number in count():
        one, two = await back_from_the_dead(client, redis_url)
        await one.link._introduce(client)
        one.cluster.down()
        pictures = []

        async def look(two: Node = two, pictures: list[set[int]] = pictures) -> None:
            picture = await two.link._picture(client, "n1")
            assert picture is not None
            pictures.append(set(picture.words))

        with between(number, look) as requests:
            await one.link._introduce(client)
        if len(requests) <= number:
            break
        assert pictures == [{1}], number
    assert number > 1
