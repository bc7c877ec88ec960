"""Where there is a tray is told without Qt, which holds to its first answer."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from presence_desktop.desktop.tray_place import TrayPlace
from presence_desktop.desktop.x11 import library, open_display, selection_owned

pytestmark = pytest.mark.usefixtures("qapp")


def test_an_office_on_the_screen_is_seen_once_somebody_holds_it(qtbot: QtBot) -> None:
    assert not selection_owned("_PRESENCE_TEST_S0")
    QGuiApplication.clipboard().setText("held by this app")
    qtbot.waitUntil(lambda: selection_owned("CLIPBOARD"))


def test_without_a_screen_nobody_holds_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    x11 = library("X11")
    assert x11 is not None
    assert open_display(x11) is None
    assert not selection_owned("CLIPBOARD")


def test_a_tray_that_is_not_there_is_waited_for_until_told_otherwise() -> None:
    place = TrayPlace()
    assert QGuiApplication.platformName() == "xcb"
    assert not place.there
    place.watch()
    place.watch()
    place.end()
