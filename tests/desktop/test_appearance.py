"""What the person asked of all programs: told by a settings portal on a bus of our own, and again as it changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from presence_desktop.desktop.appearance import Appearance
from tests.fakes.notification_service import own_bus
from tests.fakes.settings_portal import SettingsPortal

APPEARANCE, INTERFACE = "org.freedesktop.appearance", "org.gnome.desktop.interface"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    with own_bus(tmp_path) as address:
        yield address


@pytest.fixture
def appearance(bus: str, qtbot: QtBot) -> Iterator[Appearance]:
    found = Appearance(QDBusConnection.connectToBus(bus, "test-appearance"))
    yield found
    qtbot.waitUntil(lambda: not found.asked, timeout=5000)
    found.deleteLater()
    QDBusConnection.disconnectFromBus("test-appearance")


def listen(appearance: Appearance) -> tuple[list[bool], list[bool]]:
    dark: list[bool] = []
    calm: list[bool] = []
    appearance.scheme_told.connect(dark.append)
    appearance.calm_told.connect(calm.append)
    appearance.watch()
    return dark, calm


def test_dark_and_light_are_told_at_the_start_and_as_they_change(
    bus: str, appearance: Appearance, qtbot: QtBot
) -> None:
    portal = SettingsPortal(bus, color_scheme=("u", 1))
    dark, calm = listen(appearance)
    qtbot.waitUntil(lambda: dark == [True], timeout=5000)
    for value in (2, 1, 1, 0):
        portal.change(APPEARANCE, "color-scheme", ("u", value))
    qtbot.waitUntil(lambda: dark == [True, False, True, False], timeout=5000)
    portal.change("org.example", "color-scheme", ("u", 1))
    portal.change(APPEARANCE, "reduced-motion", ("u", 1))
    qtbot.waitUntil(lambda: calm == [True], timeout=5000)
    assert dark == [True, False, True, False]
    portal.end()


@pytest.mark.parametrize(
    ("space", "key", "still", "moving"),
    [
        (APPEARANCE, "reduced-motion", ("u", 1), ("u", 0)),
        (INTERFACE, "enable-animations", ("b", False), ("b", True)),
    ],
)
def test_that_nothing_should_move_is_told_in_either_way(
    bus: str,
    appearance: Appearance,
    qtbot: QtBot,
    space: str,
    key: str,
    still: tuple[str, object],
    moving: tuple[str, object],
) -> None:
    portal = SettingsPortal(bus, **{key.replace("-", "_"): still})
    _, calm = listen(appearance)
    qtbot.waitUntil(lambda: calm == [True], timeout=5000)
    portal.change(space, key, moving)
    qtbot.waitUntil(lambda: calm == [True, False], timeout=5000)
    portal.end()


def test_where_nobody_tells_nothing_is_claimed(appearance: Appearance, qtbot: QtBot) -> None:
    dark, calm = listen(appearance)
    assert appearance.asked
    qtbot.waitUntil(lambda: not appearance.asked, timeout=5000)
    assert (dark, calm) == ([], [])


def test_without_a_bus_nothing_is_asked(qtbot: QtBot) -> None:
    alone = Appearance(QDBusConnection("no-such-bus"))
    alone.watch()
    assert not alone.asked
