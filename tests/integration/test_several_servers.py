"""Two and three servers on one Redis and one database: one person's devices and choices, whichever server they are at.

That servers and Redis die and come back is `test_cluster_faults`; all of it at random is `test_random_kills`.
"""

import asyncio
import itertools
import os
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from presence_desktop.server.clock import SystemClock
from tests.fakes.live_client import LiveClient
from tests.fakes.several import LEASE, Several, several
from tests.integration import rows
from tests.waiting import eventually, eventually_async

AGREE_SECONDS = 5.0


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def two(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Several]:
    """Two servers, on each kind of database, that the tests share."""
    with several(tmp_path_factory.mktemp("two"), 2, database=request.param) as running:
        yield running


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run a scene with asyncio clients to its end."""

    async def timed() -> None:
        async with asyncio.timeout(60):
            await scene()

    asyncio.run(timed())


async def shown(observers: list[LiveClient], who: LiveClient, status: str, *, within: float = 5) -> None:
    """All observers show this person so."""
    await eventually_async(
        lambda: {observer.picture.get(who.user_id, "offline") for observer in observers} == {status},
        within=within,
        what=f"{status} for {[observer.picture for observer in observers]}",
    )
    assert [observer.versions_back for observer in observers] == [[]] * len(observers)


async def at(server: Several, number: int, client: LiveClient, **auth: object) -> LiveClient:
    return await client.connect(server.servers[number].url, **auth)


def test_devices_of_one_person_at_two_servers_in_all_orders(two: Several) -> None:
    """Both come and go, idle and active: whatever the order, the most active device that is there counts."""

    async def scene() -> None:
        here, there, tokens = *two.clients(2), two.people(1)
        ((user_id, token),) = tokens.items()
        await at(two, 0, here)
        await at(two, 1, there)
        observers = [here, there]
        for order in itertools.permutations([(0, 0), (1, 600)]):
            for leaving in ([0, 1], [1, 0]):
                devices = {number: LiveClient(token, user_id=user_id) for number, _ in order}
                active: dict[int, bool] = {}
                for number, idle in order:
                    await at(two, number, devices[number], state={"idleSeconds": idle, "locked": False})
                    active[number] = idle == 0
                    await shown(observers, devices[number], "online" if any(active.values()) else "away")
                devices[1].heartbeat(idle=0)
                devices[0].heartbeat(idle=600)
                await shown(observers, devices[0], "online")
                devices[1].heartbeat(locked=True)
                await shown(observers, devices[0], "away")
                for number in leaving:
                    await devices[number].close()
                    del active[number]
                    await shown(observers, devices[number], "away" if active else "offline")
        await here.drop()
        await there.drop()

    play(scene)


def test_a_choice_made_at_one_server_holds_at_the_other_and_is_confirmed_there(two: Several) -> None:
    async def scene() -> None:
        ((user_id, token),) = two.people(1).items()
        observers = two.clients(2)
        here, there = (LiveClient(token, user_id=user_id) for _ in range(2))
        for number, (device, observer) in enumerate(zip((here, there), observers, strict=True)):
            await at(two, number, device)
            await at(two, number, observer)
        until = SystemClock().now() + 1500
        here.choose("busy", until=until)
        await shown(observers, here, "busy")
        await eventually_async(lambda: there.own["claim"] == "busy" and there.own["claimUntil"] == until)
        there.emit("status:custom", {"text": "lunch", "emoji": "🍜"})
        await eventually_async(lambda: observers[0].entries[user_id]["text"] == "lunch")
        await shown(observers, here, "online")  # the end time, at both
        assert SystemClock().now() - until < 2000
        there.choose("away")
        await shown(observers, here, "away")
        here.choose("online")
        await shown(observers, here, "online")
        await eventually_async(lambda: there.own["claim"] is None)
        for client in (here, there, *observers):
            await client.close()

    play(scene)


def test_whoever_appears_offline_at_one_server_is_offline_at_all(two: Several) -> None:
    async def scene() -> None:
        ((user_id, token),) = two.people(1).items()
        observers = two.clients(2)
        here, there = (LiveClient(token, user_id=user_id) for _ in range(2))
        for number, observer in enumerate(observers):
            await at(two, number, observer)
        await at(two, 0, here)
        await shown(observers, here, "online")
        here.choose("offline")
        await shown(observers, here, "offline")
        told = [dict(observer.entries[user_id]) for observer in observers]
        await at(two, 1, there)
        there.heartbeat(idle=0)
        here.heartbeat(idle=600)
        await there.close()
        await here.close()
        for number, observer in enumerate(observers):
            await at(two, number, observer)  # a fence: whatever was to be told has been
            headers = {"Authorization": f"Bearer {observer.token}"}
            one = two.servers[number].get(f"/api/online-status/{user_id}", headers=headers).json()
            assert (one["online"], one["status"]) == (False, "offline")
            assert abs(one["lastSeen"] - told[number]["lastSeen"]) < 1000
            assert user_id not in observer.picture
            await observer.close()

    play(scene)


def test_a_person_who_moves_between_servers_is_never_seen_leaving(two: Several) -> None:
    async def scene() -> None:
        mover, fence, *observers = two.clients(4)
        for number, observer in enumerate(observers):
            await at(two, number, observer)
        await at(two, 0, mover)
        await shown(observers, mover, "online")
        versions = [observer.entries[mover.user_id]["version"] for observer in observers]
        for number in (1, 0, 1):
            second = LiveClient(mover.token, user_id=mover.user_id)
            await at(two, number, second)
            await mover.drop()
            mover = second
        await at(two, 0, fence)
        await shown(observers, fence, "online")
        await fence.drop()
        await shown(observers, fence, "offline")  # its grace is over, and so are those of before
        await shown(observers, mover, "online")
        assert [observer.entries[mover.user_id]["version"] for observer in observers] == versions
        for client in (mover, *observers):
            await client.close()
        await eventually_async(lambda: _row(two, mover.user_id) == "offline")

    play(scene)


def test_who_is_here_by_rest_alone_may_ask_any_server(two: Several) -> None:
    async def scene() -> None:
        quiet, *observers = two.clients(3)
        for number, observer in enumerate(observers):
            await at(two, number, observer)
        headers = {"Authorization": f"Bearer {quiet.token}"}
        for number in (0, 1, 0):
            server = two.servers[number]
            await asyncio.to_thread(server.post, "/api/online-status/heartbeat", headers=headers)
            await shown(observers, quiet, "online")
        await at(two, 1, quiet)
        await quiet.close()
        await shown(
            observers, quiet, "offline"
        )  # the socket took over from the lease at the other server too
        for client in observers:
            await client.close()

    play(scene)


def test_a_server_that_stops_takes_its_people_along_at_once_and_the_rest_stays(tmp_path: Path) -> None:
    with several(tmp_path, 3) as three:

        async def scene() -> None:
            clients = three.clients(4)
            for number, client in enumerate(clients[:3]):
                await at(three, number, client)
            both = clients[3]
            second = LiveClient(both.token, user_id=both.user_id)
            await at(three, 2, both)
            await at(three, 0, second)
            observers = clients[:2]
            everybody = {client.user_id: "online" for client in clients}
            await eventually_async(lambda: all(client.picture == everybody for client in clients[:3]))
            clients[2].choose("busy")
            await shown(observers, clients[2], "busy")
            stopping = asyncio.create_task(asyncio.to_thread(three.servers[2].stop))
            began = time.monotonic()
            await shown(observers, clients[2], "offline")
            assert time.monotonic() - began < LEASE
            assert await stopping == 0
            await shown(observers, both, "online")
            assert _row(three, clients[2].user_id) == "offline"
            assert _row(three, both.user_id) == "online"
            assert all("node-silent" not in server.log for server in three.servers)
            await asyncio.to_thread(three.servers[2].start)
            assert _row(three, both.user_id) == "online"
            await at(three, 2, clients[2])
            everybody[clients[2].user_id] = "busy"
            await eventually_async(lambda: all(client.picture == everybody for client in clients[:3]))
            await asyncio.gather(*(client.drop() for client in (*clients, second)))

        play(scene)


def test_a_choice_outlives_the_server_that_dies_in_the_same_moment(two_apart: Several) -> None:
    """Whoever was told of it keeps it, writes it, and gives it back to the server that starts again."""

    async def scene() -> None:
        chooser, observer = two_apart.clients(2)
        await at(two_apart, 0, chooser)
        await at(two_apart, 1, observer)
        await shown([observer], chooser, "online")
        chooser.choose("busy")
        await shown([observer], chooser, "busy")
        await asyncio.to_thread(two_apart.servers[0].kill)
        await shown([observer], chooser, "offline", within=LEASE + 3)
        await asyncio.to_thread(two_apart.servers[0].start)
        await at(two_apart, 0, chooser)
        await shown([observer, chooser], chooser, "busy")
        await asyncio.gather(chooser.drop(), observer.drop())

    play(scene)


def test_a_server_that_slept_takes_nobody_down_and_is_back_at_once(two_apart: Several) -> None:
    async def scene() -> None:
        here, there = two_apart.clients(2)
        await at(two_apart, 0, here)
        await at(two_apart, 1, there)
        everybody = {here.user_id: "online", there.user_id: "online"}
        await eventually_async(lambda: here.picture == there.picture == everybody)
        os.kill(two_apart.servers[0].pid, signal.SIGSTOP)
        try:
            await shown([there], here, "offline", within=LEASE + 3)
        finally:
            os.kill(two_apart.servers[0].pid, signal.SIGCONT)
        if not here.connected:
            await at(two_apart, 0, here)
        await eventually_async(lambda: here.picture == there.picture == everybody, within=AGREE_SECONDS)
        assert here.versions_back == there.versions_back == []
        await asyncio.gather(here.drop(), there.drop())

    play(scene)


def test_redis_that_hangs_is_as_one_that_is_gone(two_apart: Several) -> None:
    async def scene() -> None:
        here, there = two_apart.clients(2)
        await at(two_apart, 0, here)
        await at(two_apart, 1, there)
        everybody = {here.user_id: "online", there.user_id: "online"}
        await eventually_async(lambda: here.picture == there.picture == everybody)
        assert two_apart.redis.process is not None
        two_apart.redis.process.send_signal(signal.SIGSTOP)
        try:
            await shown([there], here, "offline", within=LEASE + 5)
            await shown([here], there, "offline", within=LEASE + 5)
            here.choose("offline")  # without Redis, through the database
            here_too = LiveClient(here.token, user_id=here.user_id)
            await shown([here], here, "offline")
            await eventually_async(lambda: _claims(two_apart, here.user_id) == ["offline"])
            await at(two_apart, 1, here_too)
            await shown([there], here, "offline", within=2)
            await eventually_async(lambda: here_too.own["claim"] == "offline", within=2)
            await here_too.close()
        finally:
            two_apart.redis.process.send_signal(signal.SIGCONT)
        here.choose("away")
        await shown([here, there], here, "away", within=AGREE_SECONDS)
        await shown([here, there], there, "online", within=AGREE_SECONDS)
        for server in two_apart.servers:
            eventually(lambda server=server: server.get("/readyz").json()["redis"] == "up")
        await asyncio.gather(here.drop(), there.drop())

    play(scene)


def test_a_server_that_starts_without_redis_serves_its_own_people(tmp_path: Path) -> None:
    with several(tmp_path, 2) as pair:

        async def scene() -> None:
            here, there = pair.clients(2)
            for server in pair.servers:
                server.stop()
            pair.redis.kill()
            for number, (server, client) in enumerate(zip(pair.servers, (here, there), strict=True)):
                await asyncio.to_thread(server.start)
                answer = server.get("/readyz")
                assert (answer.status_code, answer.json()["status"], answer.json()["redis"]) == (
                    200,
                    "degraded",
                    "down",
                )
                await at(pair, number, client)
                assert client.picture == {client.user_id: "online"}
            pair.redis.start()
            everybody = {here.user_id: "online", there.user_id: "online"}
            await eventually_async(lambda: here.picture == there.picture == everybody, within=AGREE_SECONDS)
            for server in pair.servers:
                assert server.log.count("redis.lost") == 1
            await asyncio.gather(here.drop(), there.drop())

        play(scene)


def test_rows_that_a_dead_cluster_left_are_taken_down_at_the_next_start(tmp_path: Path) -> None:
    with several(tmp_path, 2) as pair:

        async def scene() -> None:
            here, there = pair.clients(2)
            await at(pair, 0, here)
            await at(pair, 1, there)
            for client in (here, there):
                await eventually_async(lambda client=client: _row(pair, client.user_id) == "online")
            for server in pair.servers:
                server.kill()
            assert (_row(pair, here.user_id), _row(pair, there.user_id)) == ("online", "online")
            await asyncio.to_thread(pair.servers[0].start)
            for client in (here, there):
                await eventually_async(lambda client=client: _row(pair, client.user_id) == "offline")
            await asyncio.gather(here.drop(), there.drop())

        play(scene)


@pytest.fixture
def two_apart(tmp_path: Path) -> Iterator[Several]:
    """Two servers of one test's own, which may end what it likes."""
    with several(tmp_path, 2) as running:
        yield running


def _row(running: Several, user_id: int) -> str:
    """What the table says of somebody."""
    if running.database_url.startswith("mysql"):
        return rows.of_mariadb(running.database_url).get(user_id, ("",))[0]
    return rows.of_sqlite(running.folder).get(user_id, ("",))[0]


def _claims(running: Several, user_id: int) -> list[str]:
    """The claims that are written of somebody."""
    with closing(sqlite3.connect(running.folder / "presence.db", timeout=10)) as connection:
        found = connection.execute("SELECT status FROM presence_claims WHERE user_id = ?", [user_id])
        return [status for (status,) in found]
