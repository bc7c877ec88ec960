"""Changing what one said, sent or not: in the composer, with no words lost when it is refused."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core.chat.row import Delivery, Row
from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.chat.pane import ChatPane
from presence_desktop.protocol.errors import Code
from tests.core.chat.world import ROOM, ChatServer
from tests.gui.chat.test_with_core import Shown, open_room


@pytest.fixture
def server() -> ChatServer:
    made = ChatServer()
    made.room()
    return made


@pytest.fixture
def mine(server: ChatServer, qapp: QApplication) -> Iterator[Shown]:
    device = Shown(server)
    pane = device.look_at(qapp)
    yield device
    pane.close()
    pane.deleteLater()
    pane.look.deleteLater()


def row_of(mine: Shown, text: str) -> Row:
    window = mine.chats.window
    assert window is not None
    return next(row for row in window.rows if row.message.text == text)


def change(pane: ChatPane, row: Row, text: str, qtbot: QtBot) -> None:
    pane.deeds.do(Deed.EDIT, row)
    assert pane.composer.editing == row.key
    pane.composer.field.set_text(text)
    qtbot.keyClick(pane.composer.field, Qt.Key.Key_Return)


def test_what_waits_is_edited_in_its_place(mine: Shown, server: ChatServer, qtbot: QtBot) -> None:
    pane = open_room(mine)
    mine.lose()
    for text in ("one", "two"):
        mine.see(mine.chats.send(ROOM, text))
    assert Deed.EDIT in pane.deeds.offered(row_of(mine, "one"))
    change(pane, row_of(mine, "one"), "ONE", qtbot)
    assert mine.texts() == ["ONE", "two"]
    qtbot.keyClick(pane.composer.field, Qt.Key.Key_Up)
    assert pane.composer.field.text == "two"


def test_a_failed_one_is_tried_again_though_its_words_are_the_same(
    mine: Shown, server: ChatServer, qtbot: QtBot
) -> None:
    pane = open_room(mine)
    server.refusing = Code.FORBIDDEN
    mine.see(mine.chats.send(ROOM, "hello"))
    mine.move()
    assert row_of(mine, "hello").state is Delivery.FAILED
    server.refusing = None
    change(pane, row_of(mine, "hello"), "hello", qtbot)
    mine.move()
    assert [message.text for message in server.rooms[ROOM].messages] == ["hello"]


def test_one_that_is_given_up_is_edited_no_longer(mine: Shown, qtbot: QtBot) -> None:
    pane = open_room(mine)
    mine.lose()
    mine.see(mine.chats.send(ROOM, "one"))
    pane.composer.field.set_text("half a thought")
    pane.deeds.do(Deed.EDIT, row_of(mine, "one"))
    pane.deeds.do(Deed.DISCARD, row_of(mine, "one"))
    assert pane.composer.editing is None
    assert pane.composer.field.text == "half a thought"


def test_a_refused_change_comes_back_into_the_composer(mine: Shown, server: ChatServer, qtbot: QtBot) -> None:
    server.say("mine", sender=1)
    pane = open_room(mine)
    pane.composer.field.set_text("half a thought")
    mine.lose()
    change(pane, row_of(mine, "mine"), "mine, and longer", qtbot)
    assert pane.composer.editing is None
    mine.hear()
    assert pane.composer.editing == row_of(mine, "mine").key
    assert pane.composer.field.text == "mine, and longer"
    qtbot.keyClick(pane.composer.field, Qt.Key.Key_Escape)
    assert pane.composer.field.text == "half a thought"


def test_a_change_refused_while_one_looks_elsewhere_is_handed_over(
    mine: Shown, server: ChatServer, qtbot: QtBot
) -> None:
    server.say("mine", sender=1)
    pane = open_room(mine)
    said: list[tuple[str, str]] = []
    pane.notice.connect(lambda words, text: said.append((words, text)))
    mine.lose()
    change(pane, row_of(mine, "mine"), "mine, and longer", qtbot)
    pane.close_talk()
    mine.hear()
    assert [text for _, text in said] == ["mine, and longer"]


@pytest.mark.parametrize("kept", [True, False], ids=["kept as a draft", "not kept yet"])
def test_what_one_was_writing_where_one_is_put_out_is_handed_over_once(
    mine: Shown, server: ChatServer, kept: bool
) -> None:
    pane = open_room(mine)
    said: list[tuple[str, str]] = []
    pane.notice.connect(lambda words, text: said.append((words, text)))
    pane.composer.field.set_text("half a thought")
    if kept:
        mine.see(mine.chats.set_draft(ROOM, "half a thought"))
    server.put_out(ROOM, 1)
    mine.hear()
    assert pane.shown is None
    told = [text for changes in mine.seen for one in changes.lost for text in one.texts]
    assert told + [text for _, text in said] == ["half a thought"]
