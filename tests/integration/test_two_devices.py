"""Several connections of one person: all orders of two devices, and reconnects that nobody is to notice."""

import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fakes.server_process import Person
from tests.fakes.socket_client import SocketClient
from tests.integration.town import SCALED, Town, Watch, nothing_left_of, town

SOCKETS = 3
IDLE_SECONDS = 300
GONE, ACTIVE, IDLE, LOCKED = "gone", "active", "idle", "locked"
STATES = {
    ACTIVE: {"idleSeconds": 0, "locked": False},
    IDLE: {"idleSeconds": IDLE_SECONDS, "locked": False},
    LOCKED: {"idleSeconds": 0, "locked": True},
}
BUSY = "busy"
CLAIMS = [None, BUSY, "offline"]

Devices = tuple[str, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A server whose people have 3 s to come back: a reconnect on a busy machine takes less."""
    timings = replace(SCALED, grace=3.0)
    settings = {"idle_seconds": IDLE_SECONDS, "sockets_per_user": SOCKETS, "status_changes": 1000}
    with town(tmp_path_factory.mktemp("town"), timings, **settings) as running:
        yield running


def rightly(devices: Devices, claim: str | None) -> str:
    """What is to be seen of somebody with these devices, who chose that by hand."""
    live = {device for device in devices if device != GONE}
    if not live:
        return "offline"
    if claim is not None:
        return claim
    return "online" if ACTIVE in live else "away"


def all_orders() -> Iterator[tuple[int, str]]:
    """Steps (which device, to what) from both gone back to both gone, that take each way from each state once."""
    ways: dict[Devices, list[tuple[int, str]]] = {
        state: [
            (device, to) for device in (0, 1) for to in (GONE, ACTIVE, IDLE, LOCKED) if to != state[device]
        ]
        for state in itertools.product((GONE, ACTIVE, IDLE, LOCKED), repeat=2)
    }
    for state in sorted(ways):
        random.shuffle(ways[state])
    trail: list[tuple[Devices, tuple[int, str] | None]] = [((GONE, GONE), None)]
    walk: list[tuple[int, str]] = []
    while trail:  # Hierholzer: every state has as many ways in as out
        state, came = trail[-1]
        if ways[state]:
            step = ways[state].pop()
            trail.append((_after(state, step), step))
        else:
            trail.pop()
            if came is not None:
                walk.append(came)
    return reversed(walk)


def _after(state: Devices, step: tuple[int, str]) -> Devices:
    device, to = step
    return (to, state[1]) if device == 0 else (state[0], to)


class Pair:
    """The two devices of one person; `go` does one step and waits until the server knows of it."""

    def __init__(self, place: Town, who: Person) -> None:
        self.place = place
        self.who = who
        self.now: Devices = (GONE, GONE)
        self.sockets: dict[int, SocketClient] = {}

    def go(self, step: tuple[int, str]) -> None:
        device, to = step
        if to == GONE:
            self.sockets.pop(device).close()
        elif self.now[device] == GONE:
            self.sockets[device] = self.place.client(self.who, presence=1 + device, state=STATES[to]).open()
        else:
            self.sockets[device].ask("heartbeat", {"state": STATES[to]})
        self.now = _after(self.now, step)


def test_the_walk_takes_every_way_once() -> None:
    state: Devices = (GONE, GONE)
    taken = []
    for step in all_orders():
        taken.append((state, step))
        state = _after(state, step)
    assert len(taken) == len(set(taken)) == 16 * 6
    assert state == (GONE, GONE)


@pytest.mark.parametrize("claim", CLAIMS)
def test_two_devices_in_all_orders_show_what_the_rules_say_and_nothing_twice(
    claim: str | None, place: Town
) -> None:
    who = place.person()
    with Watch(place) as watch:
        pair = Pair(place, who)
        if claim is not None:
            with_claim = place.client(who).open()
            with_claim.ask("status:update", {"status": claim})
            with_claim.close()
            watch.sees(who.user_id, "offline")
        for step in all_orders():
            since, before, was = watch.fence(), rightly(pair.now, claim), pair.now
            pair.go(step)
            watch.fence()
            after = rightly(pair.now, claim)
            told = [after] if after != before else []
            assert watch.told_of(who.user_id, since) == (told, told), (was, step)
            assert watch.full.picture.statuses.get(who.user_id, "offline") == after, (was, step)
            assert watch.shown(who.user_id) == after, (was, step)
        watch.agree({})
        if claim is None:
            nothing_left_of(who, watch, SOCKETS)


def test_50_quick_reconnects_are_never_seen(place: Town) -> None:
    who = place.person()
    with Watch(place) as watch:
        socket = place.client(who).open()
        watch.sees(who.user_id, "online")
        since = watch.fence()
        began = time.monotonic()
        for number in range(50):
            socket.drop()
            socket = place.client(who, presence=1 + number % 2).open()
            assert socket.refused is None
        print(f"| 50 quick reconnects | | {time.monotonic() - began:.2f} in all | never seen |")
        watch.agree({who.user_id: "online"})
        watch.fence()
        assert watch.told_of(who.user_id, since) == ([], [])
        socket.close()
        watch.sees(who.user_id, "offline", within=place.timings.grace + place.timings.slack)
        assert watch.told_of(who.user_id, since) == (["offline"], ["offline"])
        nothing_left_of(who, watch, SOCKETS)


def test_one_of_two_devices_that_is_lost_is_not_missed(place: Town) -> None:
    who = place.person()
    with Watch(place) as watch:
        lost, kept = place.client(who).open(), place.client(who, state=STATES[IDLE], presence=2).open()
        watch.sees(who.user_id, "online")
        since = watch.fence()
        began = time.monotonic()
        lost.drop()
        seconds = watch.sees(who.user_id, "away", within=20) - began
        assert seconds >= place.timings.grace
        assert watch.told_of(who.user_id, since) == (["away"], ["away"])
        kept.close()
        watch.sees(who.user_id, "offline", within=1.0)
        nothing_left_of(who, watch, SOCKETS)


def test_goodbyes_of_both_in_one_moment_are_told_once(place: Town) -> None:
    who = place.person()
    with Watch(place) as watch:
        one, other = place.client(who).open(), place.client(who, presence=2).open()
        watch.sees(who.user_id, "online")
        since = watch.fence()
        for socket in (one, other):
            socket.raw("41")
        watch.sees(who.user_id, "offline", within=1.0)
        for socket in (one, other):
            socket.close()
        watch.fence()
        assert watch.told_of(who.user_id, since) == (["offline"], ["offline"])
        nothing_left_of(who, watch, SOCKETS)
