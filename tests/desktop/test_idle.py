"""How long nobody touched the computer, and whether it is locked: told by services on a bus of our own, and by X."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import Message, new_error, new_method_return
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from presence_desktop.desktop.idle import Idle, SaverUnit
from presence_desktop.desktop.idle_x11 import open_x11
from tests.fakes.bus_service import BusService
from tests.waiting import eventually

MUTTER, SAVER, LOGIND = (
    "org.gnome.Mutter.IdleMonitor",
    "org.freedesktop.ScreenSaver",
    "org.freedesktop.login1",
)


class HandClock:
    """Time in the hand."""

    def __init__(self) -> None:
        self.time = 1_000_000

    def now(self) -> int:
        return self.time

    def monotonic(self) -> int:
        return self.time


class Desktop(BusService):
    """The services of a desktop, on that bus: answers what stands in `answers`, an error for all else."""

    def __init__(self, bus: str, *names: str) -> None:
        self.answers: dict[str, tuple[str, tuple[object, ...]]] = {}
        super().__init__(bus, *names)

    def _answer(self, call: Message, method: str) -> None:
        known = self.answers.get(method)
        if known is None:
            self._bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))
        else:
            self._bus.send(new_method_return(call, *known))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a message bus that nobody else is on."""
    address = f"--address=unix:path={tmp_path}/bus"
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desktop(bus: str) -> Iterator[Desktop]:
    found = Desktop(bus, MUTTER, SAVER, LOGIND)
    yield found
    found.end()


@pytest.fixture
def idle(bus: str, clock: HandClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Idle]:
    """On that bus, and without an X server to fall back to."""
    monkeypatch.setattr("presence_desktop.desktop.idle.open_x11", lambda: None)
    connection = QDBusConnection.connectToBus(bus, "test-idle")
    found = Idle(clock, connection, connection)
    yield found
    found.end()
    qtbot.waitUntil(lambda: not found.asked, timeout=5000)
    QDBusConnection.disconnectFromBus("test-idle")


def test_the_compositor_tells_it_where_there_is_one(desktop: Desktop, idle: Idle, qtbot: QtBot) -> None:
    desktop.answers = {"GetIdletime": ("t", (123_456,)), "GetSessionIdleTime": ("u", (7,))}
    idle.watch()
    qtbot.waitUntil(lambda: idle.idle_seconds == 123, timeout=5000)
    assert idle.source == "mutter"


def test_a_screen_saver_service_tells_it_once_its_unit_is_known(
    desktop: Desktop, idle: Idle, clock: HandClock, qtbot: QtBot
) -> None:
    desktop.answers = {"GetSessionIdleTime": ("u", (10_000,))}
    idle.watch()
    qtbot.waitUntil(lambda: idle.source == "screensaver", timeout=5000)
    assert idle.idle_seconds is None, "10,000 seconds, or 10 of them? Nobody can know yet"
    clock.time += 5_000
    desktop.answers = {"GetSessionIdleTime": ("u", (15_000,))}
    idle.look()
    qtbot.waitUntil(lambda: idle.idle_seconds == 15, timeout=5000)


def test_seconds_are_told_from_milliseconds() -> None:
    for factor in (1, 1000):
        unit = SaverUnit()
        assert unit.milliseconds(20_000 // factor, 0) is None
        assert unit.milliseconds(0, 3_000) is None, "somebody touched it: nothing is learned"
        assert unit.milliseconds(2_000 // factor, 5_000) == 2_000
        assert unit.milliseconds(9_000 // factor, 6_000) == 9_000


def test_where_nobody_tells_it_nothing_is_claimed(bus: str, idle: Idle, qtbot: QtBot) -> None:
    with qtbot.waitSignal(idle.said, timeout=5000) as said:
        idle.watch()
    assert said.args == [None, False]
    assert idle.source == ""


def test_a_service_that_goes_away_is_followed_by_the_next(
    desktop: Desktop, idle: Idle, clock: HandClock, qtbot: QtBot
) -> None:
    desktop.answers = {"GetIdletime": ("t", (1_000,))}
    idle.watch()
    qtbot.waitUntil(lambda: idle.source == "mutter", timeout=5000)
    desktop.answers = {"GetSessionIdleTime": ("u", (5,))}
    idle.look()
    qtbot.waitUntil(lambda: idle.source == "screensaver", timeout=5000)


@pytest.mark.parametrize(
    ("method", "answer"),
    [("Get", ("v", (("b", True),))), ("GetActive", ("b", (True,)))],
    ids=["logind", "saver"],
)
def test_a_lock_is_seen_and_its_end(
    desktop: Desktop, idle: Idle, qtbot: QtBot, method: str, answer: tuple[str, tuple[object, ...]]
) -> None:
    desktop.answers = {method: answer}
    idle.watch()
    qtbot.waitUntil(lambda: idle.locked, timeout=5000)
    desktop.answers = {}
    idle.look()
    qtbot.waitUntil(lambda: not idle.locked, timeout=5000)


def test_without_any_bus_it_says_so(
    clock: HandClock, qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("presence_desktop.desktop.idle.open_x11", lambda: None)
    nowhere = QDBusConnection("no-such-bus")
    idle = Idle(clock, nowhere, nowhere)
    with qtbot.waitSignal(idle.said, timeout=5000) as said:
        idle.watch()
    idle.end()
    assert said.args == [None, False]


def test_the_x_server_counts_and_a_touch_begins_anew(qapp: object) -> None:
    assert os.environ.get("DISPLAY"), "the tests have a virtual screen"
    read = open_x11()
    assert read is not None
    eventually(lambda: (read() or 0) >= 300, what="an idle X server")
    subprocess.run(["xdotool", "mousemove_relative", "--", "3", "3"], check=True)
    eventually(lambda: (read() or 10**9) < 300, what="a touch")
