"""An account that owns its server, closed after each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.hosting.stage import OfficeStage


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[OfficeStage]:
    staged = OfficeStage(qapp)
    yield staged
    staged.leave()
