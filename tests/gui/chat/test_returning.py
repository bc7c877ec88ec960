"""Coming back to a conversation: where one was, with what one had begun; what is new there is shown first."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core.chat.row import Row
from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.chat.pane import ChatPane
from tests.core.chat.world import ROOM, ChatServer
from tests.gui.chat.test_edits import mine, row_of
from tests.gui.chat.test_with_core import Shown, open_room

__all__ = ["mine"]
OTHER = 8


@pytest.fixture
def server() -> ChatServer:
    made = ChatServer()
    made.room()
    made.room(OTHER)
    for number in range(60):
        made.say(f"message {number}", sender=1 + number % 2)
    made.rooms[ROOM].members[1] = msgspec.structs.replace(made.rooms[ROOM].members[1], read_seq=60)
    return made


def go(device: Shown, pane: ChatPane, conversation_id: int) -> None:
    pane.show_talk(conversation_id)
    device.move()


def uppermost(pane: ChatPane) -> tuple[Row | None, int]:
    at = pane.view.visible().start
    return pane.view.rows.row(at), pane.view.top_of(at)


def scrolled_up(device: Shown, qtbot: QtBot, qapp: QApplication) -> ChatPane:
    pane = open_room(device)
    qtbot.waitExposed(pane)
    qapp.processEvents()
    pane.view.page(-1)
    assert not pane.view.at_end
    return pane


def test_one_is_where_one_was(mine: Shown, qtbot: QtBot, qapp: QApplication) -> None:
    pane = scrolled_up(mine, qtbot, qapp)
    before = uppermost(pane)
    go(mine, pane, OTHER)
    go(mine, pane, ROOM)
    assert uppermost(pane) == before
    pane.view.show_end()
    go(mine, pane, OTHER)
    go(mine, pane, ROOM)
    assert pane.view.at_end


def test_what_is_new_comes_first(mine: Shown, server: ChatServer, qtbot: QtBot, qapp: QApplication) -> None:
    pane = scrolled_up(mine, qtbot, qapp)
    before = uppermost(pane)
    go(mine, pane, OTHER)
    server.say("news")
    mine.hear()
    go(mine, pane, ROOM)
    assert uppermost(pane) != before
    assert row_of(mine, "news").new_line


def test_far_up_is_found_again(mine: Shown, server: ChatServer, qtbot: QtBot, qapp: QApplication) -> None:
    server.fill(600, sender=1)
    pane = scrolled_up(mine, qtbot, qapp)
    pane.jump(20)
    mine.move()
    go(mine, pane, OTHER)
    go(mine, pane, ROOM)
    shown = [row for at in pane.view.visible() if (row := pane.view.rows.row(at)) is not None]
    assert abs(shown[0].message.seq - 20) < 20


def test_files_and_an_answer_are_still_there(mine: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    pane = open_room(mine)
    report = tmp_path / "report.txt"
    report.write_text("hello")
    pane.deeds.do(Deed.REPLY, row_of(mine, "message 59"))
    pane.composer.add_files([str(report)])
    pane.composer.field.set_text("see there")
    words = pane.composer.strip_words.text()
    go(mine, pane, OTHER)
    assert (pane.composer.attached.files, pane.composer.concerned) == ((), [])
    go(mine, pane, ROOM)
    assert [file.name for file in pane.composer.attached.files] == ["report.txt"]
    assert pane.composer.strip_words.text() == words
    assert pane.composer.field.text == "see there"
    qtbot.keyClick(pane.composer.field, Qt.Key.Key_Return)
    go(mine, pane, OTHER)
    go(mine, pane, ROOM)
    assert (pane.composer.attached.files, pane.composer.concerned) == ((), [])


def test_a_change_that_was_begun_goes_on(mine: Shown, qtbot: QtBot) -> None:
    pane = open_room(mine)
    pane.composer.field.set_text("half a thought")
    row = row_of(mine, "message 58")
    pane.deeds.do(Deed.EDIT, row)
    pane.composer.field.set_text("message 58, better")
    go(mine, pane, OTHER)
    assert pane.composer.field.text == ""
    go(mine, pane, ROOM)
    assert (pane.composer.editing, pane.composer.field.text) == (row.key, "message 58, better")
    qtbot.keyClick(pane.composer.field, Qt.Key.Key_Escape)
    assert pane.composer.field.text == "half a thought"


def test_what_was_written_is_kept_when_the_window_goes(mine: Shown) -> None:
    pane = open_room(mine)
    pane.composer.field.set_text("half a")
    pane.composer.field.insert(" thought")
    pane.hide()
    talk = mine.chats.get(ROOM)
    assert talk is not None
    assert talk.draft == "half a thought"


def test_an_answer_to_what_was_deleted_meanwhile_does_not_go_on(mine: Shown, server: ChatServer) -> None:
    pane = open_room(mine)
    row = row_of(mine, "message 58")
    pane.deeds.do(Deed.REPLY, row)
    go(mine, pane, OTHER)
    server.change(ROOM, row.message.seq, text="", deleted_at=server.time)
    mine.hear()
    go(mine, pane, ROOM)
    assert pane.composer.concerned == []
