"""What stands in the place of messages while there are none; what could not be loaded is asked for again."""

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.row import Delivery
from presence_desktop.protocol.errors import Code
from tests.gui.chat.stage import DIRECT, ROOM, Stage, key, message, unsent


def test_older_messages_that_could_not_be_loaded_are_asked_for_again(stage: Stage, qtbot: QtBot) -> None:
    stage.open([message(number, "x " * (number % 50)) for number in range(1, 400)])
    window = stage.window
    window.error = Code.UNREACHABLE
    stage.put(Changes(window=True))
    for _ in range(40):
        stage.pane.view.verticalScrollBar().setValue(0)
        qtbot.wait(1)
    assert window.has_older
    qtbot.mouseClick(stage.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 10))
    assert not window.has_older


def test_an_empty_conversation_a_loading_one_and_one_that_failed(stage: Stage, qtbot: QtBot) -> None:
    stage.open([])
    assert stage.pane.empty.isVisible()
    assert "Nothing has been said" in stage.pane.empty.words.text()
    stage.window.loading = True
    stage.put(Changes(window=True))
    assert "Loading" in stage.pane.empty.words.text()
    stage.window.loading, stage.window.error = False, Code.UNREACHABLE
    stage.put(Changes(window=True))
    assert stage.pane.empty.button.isVisible()
    stage.chats.everything.extend([])
    stage.pane.empty.button.click()
    stage.window.error = None
    stage.put(stage.window.append(unsent(1, "first", Delivery.PENDING)))
    assert stage.pane.view.isVisible()


def test_a_message_that_is_here_is_shown_and_another_is_asked_for(stage: Stage, qtbot: QtBot) -> None:
    stage.open([message(number, "x") for number in range(1, 1000)])
    first = stage.window.rows[0].message.seq
    stage.pane.jump(first)
    assert stage.pane.view.visible().start == 0
    assert stage.window.rows[0].message.seq == first, "nothing was asked for"
    stage.pane.jump(5)
    assert any(row.key == key(5) for row in stage.window.rows)
    del stage.chats.talks[ROOM]
    stage.put(Changes(talks=frozenset({ROOM})))
    stage.pane.jump(5)  # there is no conversation any more
    assert stage.pane.shown is None


def test_empty_notes_to_oneself_say_who_reads_them(stage: Stage) -> None:
    stage.open([])
    pane = stage.pane
    pane.company.talk = replace(stage.chats.talks[DIRECT], other=pane.company.me)
    pane.empty.show_for(stage.window)
    assert "nobody else sees" in pane.empty.words.text()
