"""Three servers, 300 clients, Redis: everything is killed at random, everybody does what they like. In the end every
client's picture is the same, and it is right.

What is right follows from what each client is told of itself, whether it is connected, and how active it said it was.
"""

import asyncio
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.fakes.live_client import LiveClient
from tests.fakes.several import LEASE, Several, several
from tests.waiting import eventually_async

pytestmark = pytest.mark.alone

CLIENTS = 300
AGREE_SECONDS = 30.0


class Roamer:
    """A client that keeps coming back, to any server, while it wants to be there."""

    def __init__(self, client: LiveClient, urls: list[str], chance: random.Random) -> None:
        self.client = client
        self.urls = urls
        self.chance = chance
        self.ended = False
        self.wants = True
        self.goodbye = True
        self.idle = 0

    async def roam(self) -> None:
        """Until it is to end."""
        while not self.ended:
            if not self.wants:
                await (self.client.close() if self.goodbye else self.client.drop())
            elif not self.client.connected:
                with suppress(OSError):
                    await self.client.connect(
                        self.chance.choice(self.urls), state={"idleSeconds": self.idle, "locked": False}
                    )
            await asyncio.sleep(self.chance.uniform(0.1, 0.4))

    def act(self) -> None:
        """Do something."""
        match self.chance.randrange(6):
            case 0:
                self.client.choose(self.chance.choice(["online", "away", "busy", "offline"]))
            case 1:
                self.idle = self.chance.choice([0, 1000])
                self.client.heartbeat(idle=self.idle)
            case 2:
                self.wants, self.goodbye = False, self.chance.random() < 0.5
            case _:
                self.wants = True

    @property
    def shown(self) -> str:
        """What everybody is to see of this person in the end."""
        if not self.client.connected:
            return "offline"
        return self.client.own["claim"] or ("away" if self.idle else "online")


@pytest.mark.timeout(240)
def test_every_picture_is_right_after_ten_seconds_of_random_kills(tmp_path: Path) -> None:
    _kill(tmp_path, seconds=10, database="sqlite")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_picture_is_right_after_a_minute_of_random_kills(tmp_path: Path) -> None:
    _kill(tmp_path, seconds=60, database="mariadb")


def _kill(folder: Path, *, seconds: float, database: str) -> None:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    with several(folder, 3, database=database) as three:
        clients = three.clients(CLIENTS)
        asyncio.run(_chaos(three, clients, seconds, random.Random(seed)))


async def _chaos(three: Several, clients: list[LiveClient], seconds: float, chance: random.Random) -> None:
    urls = [server.url for server in three.servers]
    roamers = [Roamer(client, urls, chance) for client in clients]
    roaming = [asyncio.create_task(roamer.roam()) for roamer in roamers]
    try:
        await eventually_async(lambda: all(client.connected for client in clients), within=60)
        killing = [
            asyncio.create_task(_kill_and_start(three, number, seconds, chance)) for number in range(4)
        ]
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for roamer in chance.sample(roamers, 5):
                roamer.act()
            await asyncio.sleep(0.25)
        await asyncio.gather(*killing)
        await eventually_async(
            lambda: all(roamer.client.connected == roamer.wants for roamer in roamers),
            within=60,
            what="everybody who wants is back",
        )
        for roamer in roamers:
            if roamer.wants:
                roamer.client.heartbeat(idle=roamer.idle)
        await _agree(roamers)
    finally:
        for roamer in roamers:
            roamer.ended = True
        await asyncio.wait(roaming)
        await asyncio.gather(*(client.drop() for client in clients))
    assert [client.versions_back for client in clients if client.versions_back] == []


async def _kill_and_start(three: Several, number: int, seconds: float, chance: random.Random) -> None:
    """Kill server `number` (3: Redis) now and then, and start it again."""
    ends = time.monotonic() + seconds
    while time.monotonic() + LEASE < ends:
        await asyncio.sleep(chance.uniform(1, min(8, seconds / 2)))
        victim = three.redis if number == 3 else three.servers[number]
        await asyncio.to_thread(victim.kill)
        await asyncio.sleep(chance.uniform(0, 1.5 * LEASE))
        await asyncio.to_thread(victim.start)


async def _agree(roamers: list[Roamer]) -> None:
    def wrong() -> dict[int, dict[int, tuple[str | None, str | None]]]:
        right = {roamer.client.user_id: roamer.shown for roamer in roamers if roamer.shown != "offline"}
        return {
            roamer.client.user_id: {
                who: (roamer.client.picture.get(who), right.get(who))
                for who in right.keys() | roamer.client.picture.keys()
                if roamer.client.picture.get(who) != right.get(who)
            }
            for roamer in roamers
            if roamer.client.connected and roamer.client.picture != right
        }

    try:
        await eventually_async(lambda: not wrong(), within=AGREE_SECONDS)
    except AssertionError:
        raise AssertionError(
            f"pictures (seen, right) of {len(wrong())} differ: {dict(list(wrong().items())[:3])}"
        ) from None
