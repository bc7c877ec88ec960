"""The presence of 100,000 people takes what was promised; measured in a process of its own."""

import asyncio
import gc
import json
import subprocess
import sys
import tracemalloc
from uuid import uuid4

from presence_desktop.protocol.events import DeviceState
from presence_desktop.server.services.ports import Profile
from tests.fakes.presence import Hand

BYTES_AT_MOST = 220
PEOPLE = 100_000


class Deaf:
    """A publisher that keeps nothing."""

    def publish(self, change: object) -> None:
        return

    def confirm(self, user_id: int, own: object, at: int) -> None:
        return


def crowd(people: int) -> tuple[Hand, list[int], list[str]]:
    """A service, and the ids and sids of those who are to come."""
    somebody = Profile(1, "somebody", None, "member")
    hand = Hand(profiles=lambda user_id: somebody)
    hand.service._publisher = Deaf()  # type: ignore[assignment]
    return hand, list(range(1, people + 1)), [uuid4().hex for _ in range(people)]


def bytes_each() -> float:
    """What one person takes, beyond profile, socket and their ids."""
    hand, user_ids, sids = crowd(PEOPLE)
    state = DeviceState(idle_seconds=3)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for user_id, sid in zip(user_ids, sids, strict=True):
        if user_id % 100 == 0:
            hand.clock.wait(1)
        hand.service.connect(user_id, sid, state=state)
        hand.service.heartbeat(user_id, sid, state)
    hand.service._writer._presence.clear()  # rows on their way to the database are gone within 250 ms
    gc.collect()
    assert hand.service.summary().total == PEOPLE
    return (tracemalloc.get_traced_memory()[0] - before) / PEOPLE


async def measure() -> dict[str, float]:
    """The figure, taken on a running loop."""
    return {"bytes": bytes_each()}


def test_100_000_people_are_kept_small() -> None:
    run = subprocess.run(
        [sys.executable, "-m", __spec__.name], capture_output=True, text=True, timeout=110, check=False
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    print(f"presence state per online user: {found['bytes']:.1f} bytes")
    assert found["bytes"] <= BYTES_AT_MOST, found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure())))
