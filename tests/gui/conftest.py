"""A signed-out window for each test, closed after it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.scene import Scene


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    staged = Scene(qapp)
    yield staged
    staged.leave()
