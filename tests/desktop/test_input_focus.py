"""What has the keyboard has the input method too, whatever is deleted meanwhile."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from presence_desktop.desktop.input_focus import InputFocus


def test_who_has_the_keyboard_is_told_again_when_something_said_that_nobody_has(
    qapp: QApplication, qtbot: QtBot
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusObject() is field)
    watch = InputFocus(qapp)
    told: list[QObject | None] = []
    qapp.focusObjectChanged.connect(told.append)
    window = field.windowHandle()
    assert window is not None
    window.focusObjectChanged.emit(None)  # as Qt does for a dialog that is deleted
    qtbot.waitUntil(lambda: told == [None, field])
    field.hide()
    qtbot.waitUntil(lambda: qapp.focusWindow() is None)
    qapp.focusObjectChanged.disconnect(told.append)
    watch.end()
    watch.deleteLater()
