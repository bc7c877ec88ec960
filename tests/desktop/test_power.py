"""The computer sleeps and wakes: told by a logind of our own on a bus of our own; the clock tells where none is."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from presence_desktop.desktop.power import LOOK_MS, Power
from tests.fakes.logind import Logind


class HandClock:
    """Time in the hand."""

    def __init__(self) -> None:
        self.time = 1_700_000_000_000

    def now(self) -> int:
        return self.time

    def monotonic(self) -> int:
        return self.time


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a message bus that nobody else is on."""
    command = [
        "dbus-daemon",
        "--session",
        "--nofork",
        "--print-address",
        f"--address=unix:path={tmp_path}/bus",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def logind(bus: str) -> Iterator[Logind]:
    made = Logind(bus)
    yield made
    made.end()


@pytest.fixture
def power(bus: str, qapp: object) -> Iterator[Power]:
    """Power on that bus."""
    connection = QDBusConnection.connectToBus(bus, "test-power")
    power = Power(HandClock(), connection)
    yield power
    power.end()
    QDBusConnection.disconnectFromBus("test-power")


def test_logind_tells_before_the_sleep_and_after_it(logind: Logind, power: Power, qtbot: QtBot) -> None:
    power.watch()
    assert power.heard_by_logind
    with qtbot.waitSignal(power.sleeping, timeout=5000):
        logind.prepare_for_sleep(True)
    with qtbot.waitSignal(power.woke, timeout=5000):
        logind.prepare_for_sleep(False)


def test_the_sleep_waits_for_the_goodbye_each_time(logind: Logind, power: Power, qtbot: QtBot) -> None:
    power.watch()
    held_at_goodbye = []
    power.sleeping.connect(lambda: held_at_goodbye.append(logind.held()))
    for times in (1, 2):
        qtbot.waitUntil(lambda: logind.held() == 1)
        logind.prepare_for_sleep(True)
        qtbot.waitUntil(lambda: logind.held() == 0)
        logind.prepare_for_sleep(False)
        qtbot.waitUntil(lambda wanted=times + 1: len(logind.inhibited) == wanted)
    assert held_at_goodbye == [1, 1]
    assert {(what, how) for what, _who, _why, how in logind.inhibited} == {("sleep", "delay")}
    qtbot.waitUntil(lambda: logind.held() == 1)
    power.end()
    qtbot.waitUntil(lambda: logind.held() == 0)


def test_a_sleep_that_never_comes_keeps_nobody_away(qtbot: QtBot) -> None:
    clock = HandClock()
    power = Power(clock, QDBusConnection("no such bus"))
    power.watch()
    power.prepare(True)
    with qtbot.waitSignal(power.woke, timeout=1000):
        for _ in range(6):
            clock.time += LOOK_MS
            power.look()
    with qtbot.assertNotEmitted(power.woke):
        for _ in range(10):
            clock.time += LOOK_MS
            power.look()
    power.end()


def test_without_a_bus_the_clock_tells_that_the_computer_slept(qtbot: QtBot) -> None:
    clock = HandClock()
    power = Power(clock, QDBusConnection("no such bus"))
    power.watch()
    assert not power.heard_by_logind
    clock.time += LOOK_MS
    with qtbot.assertNotEmitted(power.woke):
        power.look()
    clock.time += 3_600_000
    with qtbot.waitSignal(power.woke, timeout=1000):
        power.look()
    power.end()
