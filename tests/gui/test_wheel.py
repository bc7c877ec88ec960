"""Whoever scrolls a page past a list or a time changes neither, and the page goes on."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTimeEdit, QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.gui.hosting.invite_card import InviteCard
from presence_desktop.gui.wheel import leave_wheel
from tests.gui.scene import Scene


def turn(field: QWidget) -> bool:
    """One notch down, in the middle of a field; whether the field took it, so that the page gets none."""
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle, field.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def _list() -> QComboBox:
    made = QComboBox()
    made.addItems(["one", "two", "three"])
    return made


@pytest.mark.parametrize("make", [_list, QTimeEdit])
def test_the_wheel_goes_to_the_page_and_the_field_keeps_what_it_says(
    qtbot: QtBot, make: Callable[[], QComboBox | QTimeEdit]
) -> None:
    field = make()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    assert turn(field)
    leave_wheel(field)
    before = field.property("currentText"), field.property("time")
    assert not turn(field)
    assert (field.property("currentText"), field.property("time")) == before
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert (field.property("currentText"), field.property("time")) != before


def test_no_field_of_the_settings_and_of_the_server_takes_the_wheel(scene: Scene) -> None:
    scene.sign_in()
    scene.window.ways.open_settings()
    card, page = InviteCard(scene.look), scene.window.ways.settings_page
    card.retranslate()
    assert page is not None
    fields = [
        field for of in (card, page) for kind in (QComboBox, QTimeEdit) for field in of.findChildren(kind)
    ]
    assert len(fields) > 16
    for field in fields:
        assert not turn(field), field.objectName()
