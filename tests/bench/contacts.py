"""What 1,000 changes a second cost the client's mind: `python -m tests.bench.contacts [seconds]`.

The server's arrays of 100 arrive as text; they are read (JSON, then wire types), taken in by `Client.apply` ten times a
second, and the rows settle once a second. Prints the share of one core at 10,000 and 100,000 contacts, all parts alone.
"""

import json
import random
import sys
import time

from presence_desktop.core import incoming
from presence_desktop.core.client import Client
from presence_desktop.net.decoding import decode
from presence_desktop.protocol.status import Status
from tests.core.world import ME, SERVER, HandClock, RememberingGateway, entry, picture, up, user

PER_SECOND = 1_000
BATCHES = 10


def batches(count: int, seconds: int) -> list[list[str]]:
    """For each tenth of a second one array of 100 changes, as text, as the server sends it."""
    chance, version, made = random.Random(1), 10, []
    for _ in range(seconds * BATCHES):
        changes = []
        for _ in range(PER_SECOND // BATCHES):
            version += 1
            who = chance.randrange(2, count + 2)
            changes.append(
                {
                    "userId": who, "username": f"name{who:06}", "status": chance.choice(list(Status)).value,
                    "avatar": None, "lastSeen": 1_700_000_000_000 + version, "version": version,
                    "since": 1_700_000_000_000 + version, "reason": "active", "text": None, "emoji": None,
                }
            )  # fmt: skip
        made.append([json.dumps({"epoch": "e1", "version": version, "changes": changes})])
    return made


def run(count: int, seconds: int, *, settle_every: int = BATCHES) -> dict[str, float]:
    """Shares of a core in percent, by part."""
    client = Client(RememberingGateway(), HandClock())
    people = [user(who, f"name{who:06}") for who in range(2, count + 2)]
    begun = time.process_time()
    client.apply([incoming.SignedIn(SERVER, ME), up(), incoming.People(picture(*people))])
    client.apply(
        [incoming.DirectoryArrived([entry(who, f"name{who:06}") for who in range(2, count + 2)], last=True)]
    )
    client.order.settle()
    start = time.process_time() - begun
    spent = {"read": 0.0, "apply": 0.0, "settle": 0.0}
    for index, texts in enumerate(batches(count, seconds)):
        first = time.process_time()
        items = [decode("presence:changes", json.loads(text)) for text in texts]
        second = time.process_time()
        client.apply([item for item in items if item is not None])
        third = time.process_time()
        if index % settle_every == settle_every - 1:
            client.order.settle()
        spent["read"] += second - first
        spent["apply"] += third - second
        spent["settle"] += time.process_time() - third
    shares = {part: 100 * used / seconds for part, used in spent.items()}
    begun = time.process_time()
    client.search("name0")
    client.order.settle()
    return shares | {
        "all": sum(shares.values()),
        "start ms": 1000 * start,
        "search ms": 1000 * (time.process_time() - begun),
    }


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    for count in (10_000, 100_000):
        for settle_every, how in ((BATCHES, "rows settle each second"), (1, "each 100 ms")):
            figures = run(count, seconds, settle_every=settle_every)
            told = ", ".join(f"{part} {value:.1f}" for part, value in figures.items())
            sys.stdout.write(f"{count:>7} contacts, {how:<24} % of a core: {told}\n")


if __name__ == "__main__":
    main()
