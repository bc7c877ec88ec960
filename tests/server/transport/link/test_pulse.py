"""The pulse: who is pinged when, and who is given up."""

import asyncio

from presence_desktop.server.transport.link.pulse import Pulse
from tests.waiting import eventually_async

INTERVAL, TIMEOUT = 0.05, 0.04


class Patient:
    """Something that is pinged."""

    def __init__(self, pulse: Pulse, answers: int = 0) -> None:
        self.beat = 0
        self.pulse = pulse
        self.answers = answers
        self.pings: list[float] = []
        self.given_up: list[float] = []

    def ping(self) -> None:
        self.pings.append(asyncio.get_running_loop().time())
        if len(self.pings) <= self.answers:
            asyncio.get_running_loop().call_soon(self.pulse.alive, self)

    def give_up(self) -> None:
        self.given_up.append(asyncio.get_running_loop().time())


async def test_it_pings_and_gives_up_in_time() -> None:
    pulse, loop = Pulse(INTERVAL, TIMEOUT), asyncio.get_running_loop()
    silent, begun = Patient(pulse), loop.time()
    pulse.alive(silent)
    await eventually_async(lambda: silent.given_up)
    assert len(silent.pings) == 1
    assert silent.pings[0] - begun >= INTERVAL - 0.002
    assert silent.given_up[0] - begun >= INTERVAL + TIMEOUT - 0.002


async def test_an_answer_buys_another_round() -> None:
    pulse = Pulse(INTERVAL, TIMEOUT)
    patients = [Patient(pulse, answers) for answers in (0, 2, 5)]
    for patient in patients:
        pulse.alive(patient)
    await eventually_async(lambda: all(patient.given_up for patient in patients))
    assert [len(patient.pings) for patient in patients] == [1, 3, 6]
    assert [len(patient.given_up) for patient in patients] == [1, 1, 1]
    assert patients[0].given_up < patients[1].given_up < patients[2].given_up


async def test_the_forgotten_hear_nothing() -> None:
    pulse = Pulse(INTERVAL, TIMEOUT)
    forgotten, other = Patient(pulse), Patient(pulse)
    pulse.alive(forgotten)
    pulse.forget(forgotten)
    pulse.alive(other)
    await eventually_async(lambda: other.given_up)
    assert (forgotten.pings, forgotten.given_up) == ([], [])


async def test_a_late_server_gives_time_to_be_answered() -> None:
    pulse, loop = Pulse(INTERVAL, TIMEOUT), asyncio.get_running_loop()
    patient = Patient(pulse)
    pulse.alive(patient)
    await eventually_async(lambda: patient.pings)
    end = loop.time() + 3 * TIMEOUT
    while loop.time() < end:
        pass  # the server itself is busy, and reads nothing
    resumed = loop.time()
    await eventually_async(lambda: patient.given_up)
    assert patient.given_up[0] - resumed >= TIMEOUT / 2


async def test_stopped_it_forgets_all() -> None:
    pulse = Pulse(INTERVAL, TIMEOUT)
    patient, other = Patient(pulse), Patient(pulse)
    pulse.alive(patient)
    pulse.stop()
    pulse.alive(other)
    await eventually_async(lambda: other.given_up)
    assert patient.pings == []
    pulse.stop()
