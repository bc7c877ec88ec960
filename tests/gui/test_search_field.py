"""In a search field the syllable that is being composed counts."""

import pytest
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from pytestqt.qtbot import QtBot

from presence_desktop.gui.search_field import SearchField
from presence_desktop.gui.switcher import Switcher
from tests.gui.scene import Scene


def compose(field: SearchField, preedit: str, commit: str = "") -> None:
    """What an input method says for a key."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QGuiApplication.sendEvent(field, event)


@pytest.fixture
def field(qtbot: QtBot) -> SearchField:
    made = SearchField()
    qtbot.addWidget(made)
    return made


def test_each_key_of_a_syllable_is_told(field: SearchField) -> None:
    told: list[str] = []
    field.textChanged.connect(lambda _typed: told.append(field.text()))
    for preedit, commit in (("ㅁ", ""), ("미", ""), ("민", ""), ("ㅅ", "민"), ("서", ""), ("", "서")):
        compose(field, preedit, commit)
    assert [now for now, before in zip(told, ["", *told], strict=False) if now != before] == [
        "ㅁ", "미", "민", "민ㅅ", "민서",
    ]  # fmt: skip


def test_it_stands_where_the_cursor_is_and_is_gone_when_it_is_given_up(field: SearchField) -> None:
    field.setText("김서")
    field.setCursorPosition(1)
    compose(field, "민")
    assert field.text() == "김민서"
    compose(field, "")
    assert field.text() == "김서"


def test_what_is_composed_goes_with_the_rest(field: SearchField) -> None:
    told: list[str] = []
    field.textChanged.connect(lambda: told.append(field.text()))
    compose(field, "ㅎ")
    field.clear()
    assert (field.text(), told[-1]) == ("", "")
    compose(field, "하")
    field.setText("김서")
    assert (field.text(), told[-1]) == ("김서", "김서")


def test_what_is_composed_is_found_at_once(scene: Scene) -> None:
    scene.sign_in()
    scene.window.show()
    scene.window.ways.open_switcher()
    switcher = scene.window.findChild(Switcher)
    assert switcher is not None
    field = switcher.search
    compose(field, "민")
    assert "김민서" in switcher.model.index(0, 0).data()
    switcher.reject()
    contacts = scene.window.people.contacts
    compose(contacts.search, "지")
    rows = contacts.view.model()
    names = [rows.index(row, 0).data() or "" for row in range(rows.rowCount())]
    assert any("박지후" in name for name in names)
    assert not any("Noah" in name for name in names)
    compose(contacts.search, "")
