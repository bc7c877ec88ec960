"""The picker by mouse and by keyboard; it goes without a trace, and the keyboard goes back where it was."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.gui.emoji.book import GROUPS
from presence_desktop.gui.emoji.grid import COLUMNS, EMOJI
from presence_desktop.gui.emoji.picker import EmojiPicker
from presence_desktop.gui.look import Look


class Stage:
    def __init__(self, app: QApplication, size: tuple[int, int] = (900, 700)) -> None:
        self.look = Look(app)
        self.window = QWidget()
        self.window.resize(*size)
        self.field = QLineEdit(self.window)
        self.field.move(200, size[1] - 60)
        self.picker = EmojiPicker(self.look, self.window)
        self.window.show()
        self.field.setFocus()

    def end(self) -> None:
        self.picker.close_up()
        self.window.close()
        self.window.deleteLater()
        self.look.deleteLater()


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(qapp)
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    qtbot.waitUntil(made.field.hasFocus)
    yield made
    made.end()


def test_it_opens_above_what_it_belongs_to_inside_its_window(stage: Stage) -> None:
    stage.picker.open_at(stage.field)
    picker = stage.picker
    assert not picker.isWindow()
    assert picker.isVisible()
    assert picker.geometry().bottom() < stage.field.geometry().top()
    assert stage.window.rect().contains(picker.geometry())
    assert picker.search.hasFocus()


def test_in_a_small_window_it_is_a_window_of_its_own(qapp: QApplication, qtbot: QtBot) -> None:
    stage = Stage(qapp, (250, 120))
    qtbot.waitExposed(stage.window)
    stage.picker.open_at(stage.field)
    assert stage.picker.isWindow()
    assert stage.picker.isVisible()
    stage.end()


def test_searching_and_enter_picks_the_first(stage: Stage, qtbot: QtBot) -> None:
    stage.picker.open_at(stage.field)
    qtbot.keyClicks(stage.picker.search, "pizza")
    with qtbot.waitSignal(stage.picker.picked) as picked:
        qtbot.keyClick(stage.picker.search, Qt.Key.Key_Return)
    assert picked.args == ["🍕"]
    assert stage.picker.isHidden()
    assert stage.field.hasFocus()


def test_the_whole_way_by_arrow_keys(stage: Stage, qtbot: QtBot) -> None:
    picker = stage.picker
    picker.open_at(stage.field)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.grid.hasFocus()
    for _ in range(6):
        qtbot.keyClick(picker.grid, Qt.Key.Key_Down)
        assert picker.grid.currentIndex().data(EMOJI) is not None, "no heading is stopped at"
    qtbot.keyClick(picker.grid, Qt.Key.Key_Right)
    wanted = picker.grid.currentIndex().data(EMOJI)
    assert wanted.name in picker._name.text()
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker.grid, Qt.Key.Key_Return)
    assert picked.args == [wanted.char]


def test_typing_in_the_grid_goes_on_searching_and_up_leads_back(stage: Stage, qtbot: QtBot) -> None:
    picker = stage.picker
    picker.open_at(stage.field)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.grid, Qt.Key.Key_D)
    assert picker.search.text() == "d"
    assert picker.search.hasFocus()
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.grid, Qt.Key.Key_Up)
    assert picker.search.hasFocus()


def test_escape_clears_then_closes_and_a_click_beside_closes(stage: Stage, qtbot: QtBot) -> None:
    picker = stage.picker
    picker.open_at(stage.field)
    qtbot.keyClicks(picker.search, "zzzz")
    assert "zzzz" in picker._name.text()
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    assert picker.search.text() == ""
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    assert picker.isHidden()
    picker.open_beside(QRect(stage.window.mapToGlobal(QPoint(400, 500)), stage.field.size()))
    qtbot.mouseClick(stage.window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert picker.isHidden()


def test_groups_are_led_to_and_clicks_pick(stage: Stage, qtbot: QtBot) -> None:
    picker = stage.picker
    picker.open_at(stage.field)
    for group in GROUPS:
        picker._buttons[group].click()
        assert picker.grid.currentIndex().data(EMOJI).group == group
    index = picker.grid.currentIndex()
    with qtbot.waitSignal(picker.picked) as picked:
        picker.grid.clicked.emit(index)
    assert picked.args == [index.data(EMOJI).char]
    picker.open_at(stage.field)
    assert picker.model.index(1, 0).data(EMOJI).char == picked.args[0] or picker.model.starts  # used last


def test_screen_readers_hear_names(stage: Stage) -> None:
    picker = stage.picker
    picker.open_at(stage.field)
    table = QAccessible.queryAccessibleInterface(picker.grid)
    assert table.text(QAccessible.Text.Name) == "Emoji"
    assert picker.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert all(button.accessibleName() for button in picker._buttons.values())


def test_the_grid_is_a_sound_model(stage: Stage) -> None:
    tester = QAbstractItemModelTester(stage.picker.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    stage.picker.open_at(stage.field)
    assert stage.picker.model.columnCount() == COLUMNS
    stage.picker.search.setText("heart")
    stage.picker.search.clear()
    tester.deleteLater()
