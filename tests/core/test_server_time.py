"""A clock that is wrong here does not make the server's moments wrong."""

from presence_desktop.core import incoming
from presence_desktop.core.pulse import Pulse
from presence_desktop.core.server_time import ServerTime
from presence_desktop.protocol.errors import Code
from tests.core.world import HandClock, World

HOUR = 3_600_000


def test_a_clock_that_is_an_hour_wrong_is_not_believed() -> None:
    clock, pulse = HandClock(), Pulse()
    time = ServerTime(clock, pulse)
    assert time.now() == clock.time
    pulse.welcomed(clock.time - HOUR, clock.time)
    assert time.now() == clock.time - HOUR
    clock.time += 5
    assert time.now() == clock.time - HOUR
    assert time.monotonic() == clock.time


def test_what_the_way_there_may_take_is_not_a_wrong_clock() -> None:
    clock, pulse = HandClock(), Pulse()
    pulse.welcomed(clock.time - 9_000, clock.time)
    assert ServerTime(clock, pulse).now() == clock.time


def test_it_is_known_at_once_measured_by_heartbeats_and_kept_when_the_link_breaks() -> None:
    world = World()
    time = world.client.time
    world.clock.time += HOUR
    world.online()
    assert time.now() == world.clock.time - HOUR
    world.client.tick()
    world.client.pulse.answered(world.clock.time - HOUR, world.clock.time, world.clock.time)
    world.client.apply([incoming.LinkLost(Code.UNREACHABLE, "")])
    assert time.now() == world.clock.time - HOUR
    assert world.client.pulse.offset is None
