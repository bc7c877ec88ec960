"""Latency and clock offset from heartbeats."""

from presence_desktop.core import incoming
from presence_desktop.core.pulse import Pulse
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import HeartbeatAck
from tests.core.world import World


def test_there_and_back_and_the_clocks_apart() -> None:
    pulse = Pulse()
    pulse.beat(1_000)
    pulse.answered(timestamp=70_500, monotonic=1_040, now=70_000)
    assert (pulse.latency, pulse.offset) == (40, 520)


def test_an_answer_to_nothing_tells_nothing() -> None:
    pulse = Pulse()
    pulse.answered(1, 2, 3)
    assert (pulse.latency, pulse.offset) == (None, None)


def test_what_was_not_answered_yet_counts_from_its_first_beat() -> None:
    pulse = Pulse()
    pulse.beat(1_000)
    pulse.beat(1_500)
    pulse.answered(0, 2_000, 0)
    assert pulse.latency == 1_000


def test_a_broken_link_forgets() -> None:
    pulse = Pulse()
    pulse.beat(1_000)
    pulse.answered(0, 1_010, 0)
    pulse.beat(2_000)
    pulse.lost()
    pulse.answered(0, 9_000, 0)
    assert (pulse.latency, pulse.offset) == (None, None)


def test_the_client_measures_on_the_heartbeats_it_sends() -> None:
    world = World()
    world.online()
    world.client.tick()
    sent_at = world.clock.monotonic()
    world.clock.time += 30
    ack = HeartbeatAck(timestamp=world.clock.now() + 1_000)
    world.client.apply([incoming.Acked(ack)])
    assert world.client.pulse.latency == world.clock.monotonic() - sent_at == 30
    assert world.client.pulse.offset == 1_015
    world.client.apply([incoming.LinkLost(Code.UNREACHABLE, "")])
    assert world.client.pulse.latency is None
