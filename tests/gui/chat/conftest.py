"""A pane on the screen for each test, closed after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.chat.stage import Stage


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    staged = Stage(qapp, outgoing=tmp_path)
    staged.pane.show()
    qtbot.waitExposed(staged.pane)
    staged.pane.activateWindow()
    qtbot.waitUntil(staged.pane.isActiveWindow)
    yield staged
    staged.leave()
