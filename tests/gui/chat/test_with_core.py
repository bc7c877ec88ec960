"""The pane over the real mind of the client, and a small server in memory: from key stroke to row and back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.row import Delivery
from presence_desktop.gui.chat.pane import ChatPane
from presence_desktop.gui.look import Look
from tests.core.chat.device import Device, settle
from tests.core.chat.world import ROOM, ChatServer


class Shown(Device):
    """A device with a pane: whatever changes is shown there too."""

    pane: ChatPane | None = None

    def see(self, changes: Changes) -> Changes:
        told = super().see(changes)
        if self.pane is not None:
            self.pane.refresh(told)
        return told

    def look_at(self, app: QApplication) -> ChatPane:
        self.pane = ChatPane(self.client, Look(app), self.clock)
        self.pane.changed.connect(self.see)
        self.pane.resize(700, 600)
        self.pane.show()
        return self.pane


@pytest.fixture
def server() -> ChatServer:
    made = ChatServer()
    made.room()
    return made


@pytest.fixture
def mine(server: ChatServer, qapp: QApplication, qtbot: QtBot) -> Iterator[Shown]:
    device = Shown(server)
    pane = device.look_at(qapp)
    qtbot.waitExposed(pane)
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    yield device
    pane.close()
    pane.deleteLater()
    pane.look.deleteLater()


def pane_of(device: Shown) -> ChatPane:
    assert device.pane is not None
    return device.pane


def shown(device: Shown) -> list[str]:
    pane = pane_of(device)
    rows = (pane.model.row(at) for at in range(pane.model.rowCount()))
    return [row.message.text for row in rows if row is not None]


def open_room(device: Shown) -> ChatPane:
    device.online()
    pane = pane_of(device)
    pane.show_talk(ROOM)
    device.move()
    return pane


def test_a_message_goes_out_and_comes_back(mine: Shown, server: ChatServer, qtbot: QtBot) -> None:
    other = Device(server, 2).online()
    other.see(other.chats.open(ROOM))
    settle(other)
    pane = open_room(mine)
    field = pane.composer.field
    pane.focus()
    qtbot.keyClicks(field, "hello")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert shown(mine) == ["hello"]
    row = pane.model.row(0)
    assert row is not None
    assert row.state is Delivery.PENDING
    settle(mine, other)
    assert other.texts() == ["hello"]
    row = pane.model.row(0)
    assert row is not None
    assert row.state >= Delivery.SENT
    other.see(other.chats.send(ROOM, "hi", row.key))
    settle(mine, other)
    assert shown(mine) == ["hello", "hi"]
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClicks(field, " there")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(mine, other)
    assert shown(mine) == other.texts() == ["hello there", "hi"]
    pane.deeds.react(pane.model.row(1), "👍")  # type: ignore[arg-type]
    settle(mine, other)
    assert [one.emoji for one in pane.model.row(1).message.reactions] == ["👍"]  # type: ignore[union-attr]


def test_without_a_link_it_waits_and_goes_out_later(mine: Shown, server: ChatServer, qtbot: QtBot) -> None:
    pane = open_room(mine)
    mine.lose()
    pane.focus()
    for text in ("one", "two"):
        qtbot.keyClicks(pane.composer.field, text)
        qtbot.keyClick(pane.composer.field, Qt.Key.Key_Return)
    assert shown(mine) == ["one", "two"]
    mine.link()
    mine.move()
    for _ in range(5):
        mine.wait(60_000)
        mine.move()
    assert [one.text for one in server.rooms[ROOM].messages] == ["one", "two"]
    assert shown(mine) == ["one", "two"]


def test_a_long_conversation_is_scrolled_to_its_beginning_and_back(
    mine: Shown, server: ChatServer, qtbot: QtBot
) -> None:
    server.fill(1200)
    pane = open_room(mine)
    bar, window = pane.view.verticalScrollBar(), mine.chats.window
    assert window is not None
    for _ in range(400):
        bar.setValue(0)
        qtbot.wait(1)
        mine.move()
        if not window.has_older and pane.view.top_of(0) == pane.view.lead:
            break
    first = pane.model.row(0)
    assert first is not None
    assert first.message.seq == 1
    pane.jump(700)
    mine.move()
    at = pane.model.place(window.target)
    assert at is not None
    assert at in pane.view.visible()
    qtbot.waitUntil(pane.way_down.button.isVisible)
    qtbot.mouseClick(pane.way_down.button, Qt.MouseButton.LeftButton)
    mine.move()
    last = pane.model.row(pane.model.rowCount() - 1)
    assert last is not None
    assert last.message.seq == 1200
    assert pane.view.at_end
    pane.view._flash.stop()


def test_the_line_stands_above_what_came_while_one_was_away(
    mine: Shown, server: ChatServer, qtbot: QtBot
) -> None:
    server.fill(60)
    pane = open_room(mine)
    other = Device(server, 2).online()
    pane.view.show_end()
    qtbot.waitUntil(lambda: mine.chats.get(ROOM).unread == 0)  # what was in view was read
    mine.move()
    pane.reading.follow_state(Qt.ApplicationState.ApplicationInactive)
    other.see(other.chats.send(ROOM, "while you were away"))
    settle(mine, other)
    last = pane.model.row(pane.model.rowCount() - 1)
    assert last is not None
    assert (last.message.text, last.new_line) == ("while you were away", True)
