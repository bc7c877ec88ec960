"""The icon in the tray of a real panel (LXQt's), which comes later than the app, crashes, and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_background import seated
from tests.e2e.person import near
from tests.e2e.seat import Seat, seat
from tests.fakes.panel import Panel
from tests.waiting import eventually

MARK, BADGE = "#4563e8", "#c8372d"
"""The middle of the app's mark; the badge on it."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Seat]:
    with seat() as taken:
        yield taken


@pytest.fixture
def panel(desk: Seat) -> Iterator[Panel]:
    made = Panel(desk)
    yield made
    made.kill()


def shows(panel: Panel, color: str) -> bool:
    return sum(near(pixel, color) for pixel in panel.icon()) > 20


def test_the_icon_in_a_panel_that_comes_late_crashes_and_is_back(desk: Seat, panel: Panel) -> None:
    screen = {"DISPLAY": desk.variables["DISPLAY"]}
    with seated(desk.variables["DBUS_SESSION_BUS_ADDRESS"], **screen) as app:

        def stands(*words: str) -> None:
            eventually(lambda: app.say("look")[: len(words)] == list(words), what=f"{words}")

        # the app is there first, as where both start with the computer
        assert app.say("look") == ["shown", "none"]
        panel.start()
        stands("shown", "tray")
        eventually(lambda: shows(panel, MARK), what="the icon")
        assert not shows(panel, BADGE)
        app.say("sign in")
        eventually(lambda: shows(panel, BADGE), what="how much is unread")

        # a click takes the window out of sight and brings it back; the menu sets a status
        panel.click()
        stands("hidden", "tray")
        panel.click()
        stands("shown", "tray")
        assert app.say("close")[0] == "hidden"
        panel.choose("Down", "Down", "Down", "Return")
        stands("hidden", "tray", "busy")

        # without the panel the window does not vanish; with another one all is as before
        panel.kill()
        stands("minimised", "none")
        panel.start()
        eventually(lambda: shows(panel, BADGE), what="the icon, again")
        stands("minimised", "tray")
        panel.click()
        stands("shown", "tray")
        panel.choose("Up", "Return")
        assert app.process.wait(10) == 0
