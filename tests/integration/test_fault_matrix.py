"""The fault matrix: what goes wrong between a client and the server, and until when everybody knows (PRODUCT A).

Each row is a fault. It names the timers that it has to wait for, the bound of the product, and how it is done to a real
client. After each: all observers agree, no version went back, and nothing is left of the client.
`pytest tests/integration -m "slow or not slow" -k fault -rP | grep '^|'` prints what was measured.
"""

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.client_process import ClientProcess
from tests.fakes.hostile_proxy import HostileProxy
from tests.fakes.server_process import Person
from tests.integration.town import REAL, SCALED, Timings, Town, Watch, nothing_left_of, town

SOCKETS = 3
WEBSOCKET, POLLING = "websocket", "polling"


class Victim:
    """A client in its own process, behind a proxy of its own."""

    def __init__(self, place: Town, who: Person, proxy: HostileProxy, folder: Path, transport: str) -> None:
        self.place = place
        self.who = who
        self.proxy = proxy
        url = f"http://127.0.0.1:{proxy.port}"
        self.process = ClientProcess(url, who.token, folder / "client.log", transport=transport)

    def say_goodbye(self) -> None:
        self.process.close()

    def be_killed(self) -> None:
        self.process.signal(signal.SIGKILL)

    def freeze(self) -> None:
        self.process.signal(signal.SIGSTOP)

    def lose_the_cable(self) -> None:
        self.proxy.swallowing = True

    def be_reset(self) -> None:
        self.proxy.refusing = True
        self.proxy.cut()


@dataclass(frozen=True)
class Row:
    """A fault: `waits` gives the least and the most that its timers take; `bound` is the product's word, in seconds."""

    name: str
    fault: Callable[[Victim], None]
    waits: Callable[[Timings], tuple[float, float]]
    bound: float
    transport: str = WEBSOCKET

    def __str__(self) -> str:
        return self.name


def _at_once(timings: Timings) -> tuple[float, float]:
    return 0, 0


def _the_grace(timings: Timings) -> tuple[float, float]:
    return timings.grace, timings.grace


def _pings_and_grace(timings: Timings) -> tuple[float, float]:
    least = timings.ping_timeout + timings.grace
    return least, least + timings.ping_interval


MATRIX = [
    #   what happens                    how it is done           what it waits for  known to all within
    Row("goodbye", Victim.say_goodbye, _at_once, 1),
    Row("goodbye, polling", Victim.say_goodbye, _at_once, 1, POLLING),
    Row("kill -9", Victim.be_killed, _the_grace, 10),
    Row("kill -9, polling", Victim.be_killed, _the_grace, 10, POLLING),
    Row("connection reset", Victim.be_reset, _the_grace, 10),
    Row("SIGSTOP", Victim.freeze, _pings_and_grace, 75),
    Row("SIGSTOP, polling", Victim.freeze, _pings_and_grace, 75, POLLING),
    Row("traffic swallowed", Victim.lose_the_cable, _pings_and_grace, 75),
    Row("traffic swallowed, polling", Victim.lose_the_cable, _pings_and_grace, 75, POLLING),
]


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A server with short timings."""
    with town(tmp_path_factory.mktemp("quick"), SCALED, sockets_per_user=SOCKETS) as place:
        yield place


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A server with the timings of the product."""
    with town(tmp_path_factory.mktemp("real"), REAL, sockets_per_user=SOCKETS) as place:
        yield place


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_everybody_knows_of_a_fault_in_time(row: Row, quick: Town, tmp_path: Path) -> None:
    least, seconds, most = _measure(row, quick, tmp_path)
    assert least <= seconds <= most + quick.timings.slack


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_everybody_knows_of_a_fault_within_the_products_bound(row: Row, real: Town, tmp_path: Path) -> None:
    least, seconds, most = _measure(row, real, tmp_path)
    assert least <= seconds <= min(most + real.timings.slack, row.bound)


def _measure(row: Row, place: Town, folder: Path) -> tuple[float, float, float]:
    """The least it must take, how long it took, the most its timers may take."""
    who, bad_luck = place.person(), row.fault
    with HostileProxy(place.server.port) as proxy, Watch(place) as watch:
        victim = Victim(place, who, proxy, folder, row.transport)
        try:
            victim.process.start()
            watch.sees(who.user_id, "online")
            before = watch.fence()
            began = time.monotonic()
            bad_luck(victim)
            seconds = watch.sees(who.user_id, "offline", within=2 * row.bound) - began
            assert watch.told_of(who.user_id, before) == (["offline"], ["offline"])
        finally:
            victim.process.end()
        nothing_left_of(who, watch, SOCKETS)
    least, most = row.waits(place.timings)
    print(f"| {row.name} | {least:g}-{most:g} | {seconds:.2f} | {row.bound:g} |")
    return least, seconds, most


def test_heartbeats_over_rest_that_stop_are_known_after_their_lease(quick: Town) -> None:
    _lease(quick)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_heartbeats_over_rest_that_stop_are_known_after_75_seconds(real: Town) -> None:
    _lease(real)


def _lease(place: Town) -> None:
    who = place.person()
    with Watch(place) as watch:
        began = time.monotonic()
        assert place.server.post("/api/online-status/heartbeat", who).status_code == 200
        watch.sees(who.user_id, "online")
        lease = place.timings.lease
        seconds = watch.sees(who.user_id, "offline", within=2 * lease + 5) - began
        nothing_left_of(who, watch, SOCKETS)
    print(f"| REST heartbeats stop | {lease:g} | {seconds:.2f} | {lease:g} after the last |")
    assert lease <= seconds <= lease + place.timings.slack
