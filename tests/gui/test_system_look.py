"""What the system says is followed while running: dark and light, and that nothing should move."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.gui.theme import DARK, LIGHT, Scheme
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import Scene


@pytest.fixture(autouse=True)
def untold(qapp: QApplication) -> None:
    """On this virtual screen Qt itself is told nothing: the portal's word counts."""
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    assert QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Unknown


def test_dark_and_light_of_the_system_are_followed_by_all_that_is_painted(scene: Scene, qtbot: QtBot) -> None:
    look = scene.look
    scene.sign_in()
    scene.window.show()
    scene.window.choose_scheme(Scheme.SYSTEM)
    for dark in (True, False, True):
        with qtbot.waitSignal(look.changed, timeout=2000):
            look.system_prefers(dark=dark)
        assert look.palette is (DARK if dark else LIGHT)
        page = scene.window.people.card.grab().toImage().pixelColor(3, 3).name()
        assert page == (DARK if dark else LIGHT).page
    look.system_prefers(dark=False)


def test_a_theme_that_was_chosen_stays_whatever_the_system_says(scene: Scene) -> None:
    scene.window.choose_scheme(Scheme.LIGHT)
    scene.look.system_prefers(dark=True)
    assert scene.look.palette is LIGHT
    scene.window.choose_scheme(Scheme.SYSTEM)
    assert scene.look.palette is DARK
    scene.look.system_prefers(dark=False)


def test_nothing_moves_where_the_person_asked_for_that(
    talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    window = talking.window
    window.show()
    talking.look.set_calm(True)
    assert window.entrance.waiting.bar.isHidden()
    view = window.people.chat.view
    window.people.open_talk(chats.ids()[0])
    qtbot.waitUntil(lambda: view.rows.row(0) is not None)
    row = view.rows.row(0)
    assert row is not None
    view.flash(row.key, fading=not talking.look.calm)
    assert {view._flash.startValue(), view._flash.endValue()} == {1.0}
    talking.look.set_calm(False)
    assert not window.entrance.waiting.bar.isHidden()
    view.flash(row.key, fading=not talking.look.calm)
    assert view._flash.endValue() == 0.0
    view._flash.setCurrentTime(view._flash.duration())
    assert view._flashed is None
