"""From an answer to what it answers, and back; then to the newest."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.chat.pane import ChatPane
from presence_desktop.protocol.chat import Quote
from tests.core.chat.world import ROOM, ChatServer
from tests.gui.chat.test_edits import mine, row_of
from tests.gui.chat.test_with_core import Shown, open_room

__all__ = ["mine"]


@pytest.fixture
def server() -> ChatServer:
    made = ChatServer()
    made.room()
    first = made.say("the question")
    made.fill(120)
    quote = Quote(id=first.id, seq=1, sender_id=2, text=first.text)
    made.say("the answer", reply_to=quote)
    made.fill(40)
    made.rooms[ROOM].members[1] = msgspec.structs.replace(made.rooms[ROOM].members[1], read_seq=162)
    return made


def in_view(pane: ChatPane) -> list[str]:
    rows = (pane.view.rows.row(at) for at in pane.view.visible())
    return [row.message.text for row in rows if row is not None]


def test_the_button_leads_back_to_the_answer_then_to_the_newest(
    mine: Shown, qtbot: QtBot, qapp: QApplication
) -> None:
    pane = open_room(mine)
    qtbot.waitExposed(pane)
    pane.jump(122)
    mine.move()
    answer = row_of(mine, "the answer")
    assert Deed.QUOTED in pane.deeds.offered(answer)
    pane.deeds.do(Deed.QUOTED, answer)
    mine.move()
    qapp.processEvents()
    assert "the question" in in_view(pane)
    qtbot.mouseClick(pane.way_down.button, Qt.MouseButton.LeftButton)
    mine.move()
    assert "the answer" in in_view(pane)
    qtbot.mouseClick(pane.way_down.button, Qt.MouseButton.LeftButton)
    mine.move()
    qapp.processEvents()
    assert in_view(pane)[-1] == "message 39"
    qtbot.waitUntil(lambda: not pane.way_down.button.isVisible())


def test_whoever_goes_down_by_hand_is_not_led_back(mine: Shown, qtbot: QtBot, qapp: QApplication) -> None:
    pane = open_room(mine)
    qtbot.waitExposed(pane)
    pane.jump(122)
    mine.move()
    pane.deeds.do(Deed.QUOTED, row_of(mine, "the answer"))
    mine.move()
    window = mine.chats.window
    assert window is not None
    mine.see(window.to_newest())
    mine.move()
    pane.view.show_end()
    qapp.processEvents()
    pane.view.page(-1)
    qtbot.waitUntil(pane.way_down.button.isVisible)
    qtbot.mouseClick(pane.way_down.button, Qt.MouseButton.LeftButton)
    assert pane.view.at_end
