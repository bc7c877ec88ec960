"""The fault matrix of two servers on one Redis: one is killed and comes back, Redis is killed and comes back.

Bounds (PRODUCT A and CONTRACT section 8): the people of a server that died are offline for all within 75 s, and so are
the others' people while Redis is gone; 5 s after its return all agree again.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.daemon import Daemon, redis
from tests.fakes.server_process import Person
from tests.fakes.socket_client import SocketClient
from tests.integration import rows
from tests.integration.town import REAL, SCALED, Timings, Town, Watch, town
from tests.waiting import eventually

AGREE_SECONDS = 5.0
WRITTEN_SECONDS = 2.0


@dataclass(frozen=True)
class Pace:
    """How long a server may be silent before its peers take it for dead, how often it speaks; the bound."""

    timings: Timings
    lease: float
    beat: float
    bound: float = 75.0


QUICK = Pace(SCALED, lease=2.0, beat=0.3)
TRUE = Pace(REAL, lease=70, beat=5)


class Pair:
    """Two servers, `here` and `there`, each with somebody at it and an observer of its own."""

    def __init__(self, here: Town, there: Town, daemon: Daemon, pace: Pace) -> None:
        self.here = here
        self.there = there
        self.redis = daemon
        self.pace = pace
        self.ann, self.bob, self.both = here.person(), here.person(), here.person()
        self.looks = (Watch(here), Watch(here))
        self.looks[1].place = there
        for client in (self.looks[1].plain, self.looks[1].full):
            client.url = there.server.url
        for who in (self.ann, self.bob, self.both, self.looks[1].me):
            eventually(lambda who=who: _known(there, who), what="the other server knows the account")

    def people(self) -> list[SocketClient]:
        """Ann here, Bob there (busy), and somebody at both."""
        clients = [
            self.here.client(self.ann),
            self.there.client(self.bob),
            self.here.client(self.both),
            self.there.client(self.both, presence=2),
        ]
        for client in clients:
            client.open()
        clients[1].ask("status:update", {"status": "busy"})
        return clients

    @property
    def everybody(self) -> dict[int, str]:
        """What is to be seen of them."""
        return {self.ann.user_id: "online", self.bob.user_id: "busy", self.both.user_id: "online"}

    def agree(self, expected: dict[int, str], *, within: float = 10) -> None:
        """Both observers see these people, and each other."""
        for look, other in (self.looks, self.looks[::-1]):
            look.agree({**expected, other.me.user_id: "online"}, within=within)


def _known(place: Town, who: Person) -> bool:
    return place.server.get(f"/api/online-status/{who.user_id}", who).status_code == 200


def _readiness(place: Town, who: Person) -> tuple[str, str]:
    answer = place.server.get("/readyz", who).json()
    return answer["status"], answer["redis"]


@contextmanager
def pair(folder: Path, pace: Pace) -> Iterator[Pair]:
    """Two servers on one new Redis and one new database."""
    daemon, url = redis(folder)
    daemon.start()
    settings = {
        "redis_url": url,
        "redis_prefix": folder.name[-64:],
        "database_url": f"sqlite+aiosqlite:///{folder / 'presence.db'}",
        "key_file": folder / "secret.key",
        "node_lease_seconds": pace.lease,
        "node_beat_seconds": pace.beat,
        "accounts_poll_seconds": 0.1,
    }
    with ExitStack() as stack:
        stack.callback(daemon.stop)
        places = []
        for name in ("here", "there"):
            (folder / name).mkdir()
            places.append(stack.enter_context(town(folder / name, pace.timings, **settings)))
        yield Pair(places[0], places[1], daemon, pace)


def _row(folder: Path, who: Person) -> str:
    return rows.of_sqlite(folder).get(who.user_id, ("",))[0]


def test_one_of_two_servers_is_killed_and_comes_back(tmp_path: Path) -> None:
    _server_killed(tmp_path, QUICK)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_one_of_two_servers_is_killed_and_its_people_are_offline_within_75_seconds(tmp_path: Path) -> None:
    _server_killed(tmp_path, TRUE)


def _server_killed(folder: Path, pace: Pace) -> None:
    with pair(folder, pace) as two, two.looks[0]:
        with two.looks[1]:
            ann, bob, here, there = two.people()
            two.agree(two.everybody)
            eventually(lambda: _row(folder, two.bob) == "busy", within=WRITTEN_SECONDS)
            look = two.looks[0]
            since = look.fence()
            two.there.server.kill()
            began = time.monotonic()
        for client in (bob, there):
            client.close()
        seconds = look.sees(two.bob.user_id, "offline", within=2 * pace.bound) - began
        print(f"| kill -9 of one of two servers | {pace.lease:g} | {seconds:.2f} | {pace.bound:g} |")
        assert seconds <= min(pace.bound, pace.lease + 2 * pace.beat + pace.timings.slack)
        look.agree({two.ann.user_id: "online", two.both.user_id: "online"})
        assert look.told_of(two.bob.user_id, since) == (["offline"], ["offline"])
        assert look.told_of(two.both.user_id, since) == ([], [])
        eventually(lambda: _row(folder, two.bob) == "offline", within=WRITTEN_SECONDS)
        moved = two.here.client(two.bob).open()
        look.agree(two.everybody)
        two.there.server.start()
        began = time.monotonic()
        newcomer = two.there.client(two.ann, presence=2)
        newcomer.url = two.there.server.url
        newcomer.open()
        wanted = {**two.everybody, look.me.user_id: "online"}
        newcomer.until(
            lambda: newcomer.picture.here == wanted, lambda: f"{newcomer.picture.here}, not {wanted}"
        )
        seconds = time.monotonic() - began
        print(f"| a server that starts shows the whole picture | 0 | {seconds:.2f} | 5 |")
        assert seconds <= AGREE_SECONDS
        for client in (ann, here, moved, newcomer):
            client.close()
        look.agree({})


def test_redis_is_killed_and_comes_back(tmp_path: Path) -> None:
    _redis_killed(tmp_path, QUICK)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_redis_is_killed_and_the_others_people_are_offline_within_75_seconds(tmp_path: Path) -> None:
    _redis_killed(tmp_path, TRUE)


def _redis_killed(folder: Path, pace: Pace) -> None:
    with pair(folder, pace) as two, two.looks[0] as look, two.looks[1] as other:
        ann, bob, here, there = two.people()
        two.agree(two.everybody)
        two.redis.kill()
        began = time.monotonic()
        assert ann.ask("status:update", {"status": "away"})["status"] == "away"
        told = look.sees(two.ann.user_id, "away", within=1.0) - began
        print(f"| kill -9 of Redis: one's own people go on | 0 | {told:.2f} | 1 |")
        seconds = max(
            look.sees(two.bob.user_id, "offline", within=2 * pace.bound),
            other.sees(two.ann.user_id, "offline", within=2 * pace.bound),
        )
        print(
            f"| kill -9 of Redis: others' people offline | {pace.lease:g} | {seconds - began:.2f} | {pace.bound:g} |"
        )
        assert seconds - began <= min(pace.bound, pace.lease + 2 * pace.beat + pace.timings.slack)
        look.agree({two.ann.user_id: "away", two.both.user_id: "online"})
        other.agree({two.bob.user_id: "busy", two.both.user_id: "online"})
        for place in (two.here, two.there):
            assert _readiness(place, two.ann) == ("degraded", "down"), place.server.log
            assert len([line for line in place.server.log.splitlines() if " redis.lost" in line]) == 1
        bob.ask("status:update", {"status": "away"})
        two.redis.start()
        began = time.monotonic()
        two.agree(
            {two.ann.user_id: "away", two.bob.user_id: "away", two.both.user_id: "online"},
            within=AGREE_SECONDS,
        )
        seconds = time.monotonic() - began
        print(f"| Redis back: all agree | 0 | {seconds:.2f} | 5 |")
        assert seconds <= AGREE_SECONDS
        for place in (two.here, two.there):
            assert _readiness(place, two.ann) == ("ok", "up")
        for client in (ann, bob, here, there):
            client.close()
        two.agree({})
