"""What a window may keep waiting for its first paint, and what it may not."""

import time

from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from presence_desktop.app.first_paint import FirstPaint


class _Window(QWidget):
    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._told.append("painted")


def test_a_window_is_painted_before_the_rest_is_done(qtbot: QtBot) -> None:
    told: list[str] = []
    window, parent = _Window(told), QObject()
    qtbot.addWidget(window)
    window.show()
    FirstPaint(window, lambda: told.append("done"), parent)
    qtbot.waitUntil(lambda: "done" in told)
    assert told[0] == "painted"
    window.hide()
    window.show()
    qtbot.waitUntil(lambda: told[-1] == "painted")
    assert told.count("done") == 1


def test_a_start_without_a_window_waits_for_none(qtbot: QtBot) -> None:
    told: list[str] = []
    window, parent = _Window(told), QObject()
    qtbot.addWidget(window)
    began = time.perf_counter()
    FirstPaint(window, lambda: told.append("done"), parent)
    qtbot.waitUntil(lambda: told == ["done"])
    assert time.perf_counter() - began < 0.9
