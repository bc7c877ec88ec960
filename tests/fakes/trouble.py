"""A bad network and bad luck, at random: what tests do to proxies and processes while others work."""

import asyncio
import random
import time
from typing import Protocol

from tests.fakes.hostile_proxy import HostileProxy


class Mortal(Protocol):
    """A process that can be killed (`kill -9`) and started again."""

    def kill(self) -> object:
        """Kill it."""

    def start(self) -> object:
        """Start it, and return when it serves."""


async def bad_network(proxy: HostileProxy, chance: random.Random, seconds: float) -> None:
    """Cut, swallow, swallow answers alone, delay, refuse; good again at the end."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        await asyncio.sleep(chance.uniform(0.2, 1.2))
        trouble = chance.choice(["none", "swallowing", "deafening", "deafening", "delay", "refusing"])
        if trouble == "delay":
            proxy.delay = chance.uniform(0.01, 0.15)
        elif trouble != "none":
            setattr(proxy, trouble, True)
        await asyncio.sleep(chance.uniform(0.05, 0.8) if trouble != "none" else 0)
        if trouble != "delay":
            proxy.cut()
        proxy.swallowing = proxy.deafening = proxy.refusing = False
        proxy.delay = 0.0


async def sudden_deaths(
    mortal: Mortal, chance: random.Random, seconds: float, *, dead: float, alive: tuple[float, float]
) -> int:
    """Kill it after it was `alive` (between these seconds), start it within `dead` seconds; how often."""
    ends, killed = time.monotonic() + seconds, 0
    while True:
        await asyncio.sleep(chance.uniform(*alive))
        if time.monotonic() > ends:
            return killed
        await asyncio.to_thread(mortal.kill)
        killed += 1
        await asyncio.sleep(chance.uniform(0, dead))
        await asyncio.to_thread(mortal.start)
