"""The colour scheme of the desktop is followed while running, where Qt follows it itself and where it does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.notification_service import own_bus
from tests.fakes.settings_portal import SettingsPortal
from tests.waiting import eventually


def says(said: Path, word: str) -> None:
    """Wait until this is the app's last word."""
    eventually(lambda: said.read_text().split()[-1:] == [word], within=20, what=word)


@pytest.mark.parametrize("desktop", ["GNOME", "sway"])
def test_dark_and_light_of_the_desktop_are_followed(tmp_path: Path, desktop: str) -> None:
    with own_bus(tmp_path) as bus, (tmp_path / "said").open("w") as said:
        portal = SettingsPortal(bus, color_scheme=("u", 1))
        app = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.look_seat"],
            env={
                **os.environ, "DBUS_SESSION_BUS_ADDRESS": bus, "XDG_CURRENT_DESKTOP": desktop,
                "QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORMTHEME": desktop.lower(),
            },
            stdin=subprocess.PIPE, stdout=said, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            says(tmp_path / "said", "dark")
            for value, word in ((2, "light"), (1, "dark"), (0, "light")):
                portal.change("org.freedesktop.appearance", "color-scheme", ("u", value))
                says(tmp_path / "said", word)
        finally:
            assert app.stdin is not None
            app.stdin.close()
            app.wait(20)
            portal.end()
