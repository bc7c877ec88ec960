"""Closing the window: into the tray where there is one; without one it ends or is minimised, and never vanishes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.app.background import Background, Closing, Way, way_of
from presence_desktop.gui.tray import Tray
from tests.fakes.notification_service import own_bus
from tests.fakes.tray_host import TrayHost
from tests.gui.scene import Scene
from tests.waiting import eventually


class Seat:
    """The window's process: say a word, hear how the window stands."""

    def __init__(self, bus: str, *words: str, **variables: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.tray_seat", *words],
            env={**os.environ, **variables, "DBUS_SESSION_BUS_ADDRESS": bus},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, word: str) -> list[str]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().split()


@contextmanager
def seated(bus: str, *words: str, **variables: str) -> Iterator[Seat]:
    """`variables` lead to another screen than the tests'."""
    seat = Seat(bus, *words, **variables)
    try:
        yield seat
    finally:
        if seat.process.poll() is None:
            seat.process.kill()
        seat.process.communicate(timeout=10)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    with own_bus(tmp_path) as address:
        yield address


@pytest.fixture
def tray_host(bus: str) -> Iterator[TrayHost]:
    host = TrayHost(bus)
    yield host
    host.end()


def test_in_the_tray_are_status_and_menu_and_closing_hides(bus: str, tray_host: TrayHost) -> None:
    with seated(bus) as seat:
        assert seat.say("look") == ["shown", "tray"]
        eventually(lambda: tray_host.items, what="the icon")
        assert list(tray_host.menu()) == ["Open", "Quit"]
        seat.say("sign in")
        entries = eventually(lambda: len(tray_host.menu()) > 2 and tray_host.menu())
        assert list(entries) == ["Online", "Away", "Busy", "Appear offline", "Open", "Quit"]
        assert [label for label, (_, ticked) in entries.items() if ticked] == ["Online"]
        assert tray_host.tip().startswith("Presence Desktop · Online · Unread: ")
        tray_host.choose("Busy")
        eventually(lambda: "busy" in seat.say("look")[2:])
        assert seat.say("close")[0] == "hidden"
        tray_host.click()
        eventually(lambda: seat.say("look")[0] == "shown")
        assert seat.say("close")[0] == "hidden"
        tray_host.choose("Open")
        eventually(lambda: seat.say("look")[0] == "shown")
        assert seat.say("close")[0] == "hidden"
        tray_host.choose("Quit")
        assert seat.process.wait(10) == 0


def test_where_the_tray_goes_away_the_window_comes_back(bus: str, tray_host: TrayHost) -> None:
    with seated(bus) as seat:
        eventually(lambda: tray_host.items, what="the icon")
        assert seat.say("close")[0] == "hidden"
        tray_host.end()
        eventually(lambda: seat.say("look") == ["minimised", "none"])


def test_without_a_tray_closing_ends(bus: str) -> None:
    with seated(bus) as seat:
        assert seat.say("look") == ["shown", "none"]
        seat.say("close")
        assert seat.process.wait(10) == 0


def test_started_in_the_background_there_is_the_icon_alone(bus: str, tray_host: TrayHost) -> None:
    with seated(bus, "background") as seat:
        assert seat.say("look") == ["hidden", "tray"]
        tray_host.click()
        eventually(lambda: seat.say("look")[0] == "shown")


def test_started_in_the_background_without_a_tray_it_is_minimised(bus: str) -> None:
    with seated(bus, "background") as seat:
        assert seat.say("look") == ["minimised", "none"]


def test_started_in_the_background_ahead_of_the_tray_it_goes_there_when_it_comes(bus: str) -> None:
    with seated(bus, "background") as seat:
        assert seat.say("look") == ["minimised", "none"]
        host = TrayHost(bus)
        eventually(lambda: seat.say("look") == ["hidden", "tray"])
        host.click()
        eventually(lambda: seat.say("look")[0] == "shown")
        host.end()


def test_icons_that_nobody_draws_are_no_tray_until_somebody_does(bus: str) -> None:
    watcher = TrayHost(bus, draws=False)
    with seated(bus, "background") as seat:
        assert seat.say("look") == ["minimised", "none"]
        assert not watcher.items
        watcher.draw()
        eventually(lambda: seat.say("look") == ["hidden", "tray"])
        watcher.click()
        eventually(lambda: seat.say("look")[0] == "shown")
        assert seat.say("close")[0] == "hidden"
        watcher.draw(False)
        eventually(lambda: seat.say("look") == ["minimised", "none"])
        watcher.draw()
        eventually(lambda: seat.say("look") == ["minimised", "tray"])
    watcher.end()


@pytest.mark.parametrize(
    ("closing", "tray", "way"),
    [
        ("system", True, Way.HIDE),
        ("system", False, Way.END),
        ("keep", True, Way.HIDE),
        ("keep", False, Way.MINIMISE),
        ("quit", True, Way.END),
        ("quit", False, Way.END),
    ],
)
def test_what_closing_does(closing: Closing, tray: bool, way: Way) -> None:
    assert way_of(closing, tray) is way


def test_a_server_that_runs_here_does_not_end_with_a_window_that_is_closed() -> None:
    ways = {closing: way_of(closing, tray=False, hosting=True) for closing in ("system", "keep", "quit")}
    assert ways == {"system": Way.MINIMISE, "keep": Way.MINIMISE, "quit": Way.END}
    assert way_of("system", tray=True, hosting=True) is Way.HIDE


def test_kept_without_a_tray_the_window_is_minimised_until_one_quits(
    qapp: QApplication, qtbot: QtBot
) -> None:
    scene = Scene(qapp)
    beside = Background(scene.window, Tray(scene.window.accounts))
    beside.closing = "keep"
    scene.window.show()
    scene.window.close()
    assert scene.window.isMinimized()
    beside.open()
    assert scene.window.isVisible()
    with qtbot.waitSignal(scene.window.closed, timeout=5000):
        scene.window.quit()
    assert not scene.window.isVisible()
    beside.end()
    scene.leave()
