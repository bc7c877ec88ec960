"""Finding one among 100,000 people takes no longer than among 1,000: `python -m tests.bench.presence_growth`.

Prints the cost of a heartbeat and of a coming and going in microseconds, at both sizes, and their ratio.
"""

import asyncio
import time
from collections.abc import Callable, Iterator

from tests.server.services.presence.test_memory import crowd

FEW, MANY = 1_000, 100_000
CALLS = 20_000
ROUNDS = 5


def costs(people: int) -> Iterator[tuple[str, float]]:
    """Microseconds of CPU per call, the best of five rounds, among so many who are here."""
    hand, user_ids, sids = crowd(people)
    service = hand.service
    for user_id, sid in zip(user_ids, sids, strict=True):
        service.connect(user_id, sid)
    some = [(at % people + 1, sids[at % people]) for at in range(0, CALLS * 7, 7)]

    def gone_and_back(user_id: int, sid: str) -> None:
        service.disconnect(user_id, sid, graceful=True)
        service.connect(user_id, sid)

    calls: dict[str, Callable[[int, str], object]] = {
        "heartbeat": lambda user_id, sid: service.heartbeat(user_id, sid),
        "look-up": lambda user_id, sid: service.one(user_id),
        "removal and insertion": gone_and_back,
    }
    for name, call in calls.items():
        yield name, min(spent(call, some) for _ in range(ROUNDS)) / CALLS * 1e6


def spent(call: Callable[[int, str], object], some: list[tuple[int, str]]) -> float:
    """Seconds of CPU for all these calls."""
    begun = time.process_time()
    for user_id, sid in some:
        call(user_id, sid)
    return time.process_time() - begun


async def main() -> None:
    """Print the table."""
    few, many = dict(costs(FEW)), dict(costs(MANY))
    print(f"{'':24}{FEW:>12,}{MANY:>12,}{'ratio':>8}")
    for name in few:
        print(f"{name:24}{few[name]:>9.2f} us{many[name]:>9.2f} us{many[name] / few[name]:>8.2f}")


if __name__ == "__main__":
    asyncio.run(main())
