"""Every key is in one table: what is bound, what widgets take, what the sheet shows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from presence_desktop.gui.chat import row_menu, view
from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.language import Language
from presence_desktop.gui.shortcuts import BOUND, KEYS, STATUSES, Way, Where, keys_of, shown_keys, spoken_keys
from presence_desktop.gui.way_words import ICONS, way_words
from tests.gui.scene import Scene


def test_the_window_binds_what_the_table_says_and_nothing_else(talking: Scene) -> None:
    bound = [shortcut.key().toString() for shortcut in talking.window.findChildren(QShortcut)]
    assert sorted(bound) == sorted(key for way in BOUND for key in keys_of(way))


def test_the_keys_on_a_message_are_those_that_its_view_and_menu_take() -> None:
    deeds = {
        Way.QUOTED: Deed.QUOTED,
        Way.REPLY: Deed.REPLY,
        Way.EDIT: Deed.EDIT,
        Way.REACT: Deed.REACT,
        Way.PIN: Deed.PIN,
        Way.COPY: Deed.COPY,
        Way.DELETE: Deed.DELETE,
    }
    assert {deeds[way]: keys[0] for way, keys in KEYS[Where.MESSAGES].items()} == row_menu._KEYS
    taken = {QKeySequence(key).toString() for key in view._KEYS}
    assert {keys[0] for keys in KEYS[Where.MESSAGES].values()} - taken == {"Ctrl+C"}


def test_no_key_means_two_things_in_one_place() -> None:
    for where in Where:
        keys = [key for of_way in KEYS[where].values() for key in of_way]
        assert len(keys) == len(set(keys))
    everywhere = {key for way in BOUND for key in keys_of(way)}
    assert len(everywhere) == sum(len(keys_of(way)) for way in BOUND)


def test_everything_has_a_name_and_every_command_a_picture(talking: Scene) -> None:
    assert all(way_words(way) for way in Way)
    assert set(talking.window.ways.offered()) - set(STATUSES) <= set(ICONS)
    for way in ICONS:
        assert not talking.look.icon(ICONS[way]).isNull()


def test_the_sheet_shows_every_key(talking: Scene) -> None:
    talking.window.show()
    talking.window.activateWindow()
    assert QTest.qWaitForWindowActive(talking.window)
    QTest.keyClick(talking.window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    sheet = talking.window.ways.sheet
    assert sheet is not None
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    for way in Way:
        keys = shown_keys(way)
        for key in keys if len(keys) <= 3 else (keys[0], keys[-1]):
            assert key in shown
            assert way_words(way) in shown
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert talking.window.ways.sheet is None


@pytest.mark.parametrize("language", list(Language)[1:])
def test_keys_are_shown_as_they_stand_on_the_keyboard(scene: Scene, language: Language) -> None:
    scene.languages.choose(language)
    assert shown_keys(Way.SEND) == ["Enter"]
    assert shown_keys(Way.NEW_LINE) == ["Shift+Enter"]
    assert shown_keys(Way.PREVIOUS_UNREAD) == ["Alt+Shift+↑"]
    assert shown_keys(Way.FOLD) == ["←", "→"]
    assert shown_keys(Way.REACT) == ["+"]
    assert "↑" not in spoken_keys(Way.PREVIOUS)[0]


def test_the_key_that_opens_closes_too(talking: Scene) -> None:
    ways = talking.window.ways
    for way, open_it in ((Way.SWITCH, ways.open_switcher), (Way.SHORTCUTS, ways.open_sheet)):
        open_it()
        dialog = ways.switcher or ways.sheet
        assert dialog is not None
        (shortcut,) = dialog.findChildren(QShortcut)
        assert shortcut.key().toString() == keys_of(way)[0]
        shortcut.activated.emit()
        assert ways.switcher is ways.sheet is None
