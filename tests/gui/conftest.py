"""A signed-out window for each test, closed after it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.gui.language import Language, Languages
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import Scene


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    """English, until a test says otherwise."""
    spoken = Languages(qapp, Language.ENGLISH)
    yield spoken
    spoken.choose(Language.ENGLISH)
    spoken.deleteLater()


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    staged = Scene(qapp)
    yield staged
    staged.leave()


@pytest.fixture
def talking(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    """Signed in, with conversations."""
    staged = Scene(qapp, chats=StagedChats())
    staged.sign_in()
    yield staged
    staged.leave()


@pytest.fixture
def chats(talking: Scene) -> StagedChats:
    """The conversations of `talking`."""
    assert isinstance(talking.client.chats, StagedChats)
    return talking.client.chats
