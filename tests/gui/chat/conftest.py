"""A pane on the screen for each test, closed after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.chat.stage import PDF, PNG, Stage, key, message


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    staged = Stage(qapp, outgoing=tmp_path)
    staged.pane.show()
    qtbot.waitExposed(staged.pane)
    staged.pane.activateWindow()
    qtbot.waitUntil(staged.pane.isActiveWindow)
    yield staged
    staged.leave()


@pytest.fixture
def talk(stage: Stage) -> Stage:
    """Three messages: somebody's, one's own, somebody's with files and a reaction."""
    quote = {"id": str(key(1)), "seq": 1, "senderId": 2, "text": "Hello"}
    stage.open(
        [
            message(1, "Hello [here](https://x.y/z)", 2),
            message(2, "mine", 1, reply_to=quote),
            message(3, "", 3, attachments=[PDF, PNG], reactions=[{"emoji": "👍", "userIds": [2, 1]}]),
        ]
    )
    return stage
