"""The computer sleeps and wakes: told by a logind of our own on a bus of our own; the clock tells where none is."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from presence_desktop.desktop.network import Network, Reachability
from presence_desktop.desktop.power import LOOK_MS, Power


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
def logind(bus: str) -> Iterator[DBusConnection]:
    """Somebody on that bus with logind's name."""
    connection = open_dbus_connection(bus)
    connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
    yield connection
    connection.close()


@pytest.fixture
def power(bus: str, qapp: object) -> Iterator[Power]:
    """Power on that bus."""
    connection = QDBusConnection.connectToBus(bus, "test-power")
    power = Power(HandClock(), connection)
    yield power
    power.end()
    QDBusConnection.disconnectFromBus("test-power")


def prepare_for_sleep(logind: DBusConnection, before: bool) -> None:
    manager = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
    logind.send(new_signal(manager, "PrepareForSleep", "b", (before,)))


def test_logind_tells_before_the_sleep_and_after_it(
    logind: DBusConnection, power: Power, qtbot: QtBot
) -> None:
    power.watch()
    assert power.heard_by_logind
    with qtbot.waitSignal(power.sleeping, timeout=5000):
        prepare_for_sleep(logind, True)
    with qtbot.waitSignal(power.woke, timeout=5000):
        prepare_for_sleep(logind, False)


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


def test_a_network_that_came_back_is_news_and_a_flicker_is_not(qtbot: QtBot) -> None:
    network = Network()
    network.watch()
    with qtbot.assertNotEmitted(network.changed):
        network.reached(Reachability.Online)
        network.reached(Reachability.Site)
        network.reached(Reachability.Disconnected)
    with qtbot.waitSignal(network.changed, timeout=1000):
        network.reached(Reachability.Online)
