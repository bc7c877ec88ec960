"""The presence of 100,000 people takes what was promised, and finding one of them takes no longer than among 1,000."""

import gc
import time
import tracemalloc
from uuid import uuid4

from presence_desktop.protocol.events import DeviceState
from presence_desktop.server.services.ports import Profile
from tests.fakes.presence import Hand

BYTES_AT_MOST = 220
PEOPLE = 100_000
ROUND = 20_000


class Deaf:
    """A publisher that keeps nothing."""

    def publish(self, change: object) -> None:
        return

    def confirm(self, user_id: int, own: object, at: int) -> None:
        return


def crowd(people: int) -> tuple[Hand, list[str]]:
    """A service, and the sids of as many sockets as it is to have; users are 1, 2, 3, ..."""
    somebody = Profile(1, "somebody", None, "member")
    hand = Hand(profiles=lambda user_id: somebody)
    hand.service._publisher = Deaf()  # type: ignore[assignment]
    return hand, [uuid4().hex for _ in range(people)]


async def test_somebody_online_takes_about_200_bytes_at_most() -> None:
    hand, sids = crowd(PEOPLE)
    user_ids = list(range(1, PEOPLE + 1))
    state = DeviceState(idle_seconds=3)
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for user_id, sid in zip(user_ids, sids, strict=True):
            if user_id % 100 == 0:
                hand.clock.wait(1)
            hand.service.connect(user_id, sid, state=state)
            hand.service.heartbeat(user_id, sid, state)
        hand.service._writer._presence.clear()  # rows on their way to the database are gone within 250 ms
        gc.collect()
        each = (tracemalloc.get_traced_memory()[0] - before) / PEOPLE
    finally:
        tracemalloc.stop()
    print(f"presence state per online user: {each:.1f} bytes")
    assert hand.service.summary().total == PEOPLE
    assert each <= BYTES_AT_MOST, f"{each:.1f} bytes"


async def test_a_heartbeat_among_100_000_costs_what_it_costs_among_1_000() -> None:
    def cost(people: int) -> float:
        hand, sids = crowd(people)
        for user_id, sid in enumerate(sids, 1):
            hand.service.connect(user_id, sid)
        beats = [(at % people + 1, sids[at % people]) for at in range(0, ROUND * 7, 7)]
        times = []
        for _ in range(5):
            begun = time.process_time()
            for user_id, sid in beats:
                hand.service.heartbeat(user_id, sid)
            times.append(time.process_time() - begun)
        return min(times)

    few, many = cost(1000), cost(PEOPLE)
    assert many < 5 * few, (few, many)  # caches are colder; a search through all would be a hundredfold
