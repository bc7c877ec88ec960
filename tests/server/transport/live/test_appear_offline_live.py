"""A recording of all that an observer receives of somebody invisible, byte for byte that of somebody gone."""

from typing import Any

import pytest

from tests.fakes.presence import HandClock
from tests.server.transport.live.presence_world import Client, World, world


async def readings(observers: list[Client]) -> list[Any]:
    """What each was told, and is answered, now."""
    found: list[Any] = []
    for observer in observers:
        found.append(await observer.all_heard())
        found.append(await observer.ask("online:list"))
        found.append(await observer.ask("status:query", {"targetUserId": 1}))
        observer.heard.clear()
    found.append(await observers[0].ask("presence:watch", {"userIds": [1, 2]}))
    found.append(await observers[0].ask("presence:watch", {"userIds": None}))
    observers[0].heard.clear()
    return found


async def live_hidden(there: World, mine: Client, step: int) -> None:
    """What may be done without being seen."""
    if step == 0:
        await there.welcome("1")
        await mine.ask("status:custom", {"text": "secret", "emoji": "🤫"})
    elif step == 1:
        await mine.ask("heartbeat", {"state": {"locked": True}})
        await mine.ask("status:query", {"targetUserId": 2})
        await mine.ask("status:update", {"status": "offline"})
    else:
        await mine.close()
        await there.welcome("1", presence=2)


async def recording(fast: bool, *, hidden: bool) -> list[Any]:
    clock = HandClock()
    async with world(fast=fast, clock=clock) as there:
        full, plain = await there.welcome("2", presence=2), await there.welcome("3")
        mine = await there.welcome("1", presence=2)
        found = [await readings([full, plain])]
        clock.wait(10_000)
        if hidden:
            await mine.ask("status:update", {"status": "offline"})
        else:
            await mine.close()
        await plain.until(lambda: any(name == "user:status" for name, _ in plain.heard))
        for step in range(3):
            clock.wait(7_000)
            if hidden:
                await live_hidden(there, mine, step)
            found.append(await readings([full, plain]))
        late = await there.join("4", presence=2)
        found.append(await late.wait_for("online:users"))
        return found


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "stock"])
async def test_nothing_tells_somebody_invisible_from_somebody_gone(fast: bool) -> None:
    assert await recording(fast, hidden=True) == await recording(fast, hidden=False)
