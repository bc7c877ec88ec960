"""Conversations in the list: order, headings, steps, search, and what a click and Enter open."""

from random import Random

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.gui.contacts.model import CONTACT, HEADING, TALK
from presence_desktop.gui.contacts.pane import SETTLE_MS, ContactPane
from presence_desktop.protocol.status import Status
from tests.gui.chat_stage import TEAM, StagedChats, message, room
from tests.gui.scene import NAMES, NOON, Scene


@pytest.fixture
def pane(talking: Scene) -> ContactPane:
    QCursor.setPos(0, 0)
    return talking.window.people.contacts


def entry(index: QModelIndex) -> object:
    if index.data(HEADING):
        return index.data(HEADING).words
    return index.data(TALK).id if index.data(TALK) else index.data(CONTACT).username


def entries(pane: ContactPane) -> list[object]:
    """Headings as words, conversations as ids, people as names."""
    return [entry(pane.model.index(row, 0)) for row in range(pane.model.rowCount())]


def titles(pane: ContactPane) -> list[int]:
    return [entry for entry in entries(pane) if isinstance(entry, int)]


def settle(pane: ContactPane) -> None:
    pane._settle_timer.stop()
    pane._settle_if_due()


def test_conversations_stand_above_people_the_latest_first(pane: ContactPane) -> None:
    shown = entries(pane)
    assert shown[: len(TEAM) + 2] == ["Conversations", 1, 2, 3, 4, 5, 6, 7, "People"]
    assert set(shown[len(TEAM) + 2 :]) == set(NAMES)


def test_headings_are_neither_dragged_nor_opened(pane: ContactPane) -> None:
    for row in pane.model.heading_rows():
        index = pane.model.index(row, 0)
        assert not index.flags() & Qt.ItemFlag.ItemIsDragEnabled
        assert pane.view.rowHeight(row) == pane._delegate.heading_height() < pane._delegate.row_height()
        pane.open_row(index)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"People, {len(NAMES)} entries"


def test_a_conversation_that_is_gone_leaves_no_empty_row_under_the_pointer(
    pane: ContactPane, talking: Scene, chats: StagedChats
) -> None:
    pane._under_pointer = lambda: True  # type: ignore[method-assign]
    talking.window.refresh(chats.drop(3))
    assert titles(pane) == [1, 2, 4, 5, 6, 7]


def test_without_conversations_there_are_no_headings(scene: Scene) -> None:
    scene.sign_in()
    assert scene.window.people.contacts.model.heading_rows() == ()
    assert scene.window.people.contacts.new.isVisibleTo(scene.window) is scene.client.chats.available


def test_whoever_speaks_comes_up_but_never_under_the_pointer(
    pane: ContactPane, talking: Scene, chats: StagedChats
) -> None:
    pane._settle_timer.stop()
    pane._under_pointer = lambda: True  # type: ignore[method-assign]
    talking.window.refresh(chats.change(5, last_at=NOON, unread=1))
    assert titles(pane)[0] == 1
    assert pane.model.index(5, 0).data(TALK).unread == 1  # the count is there at once
    pane._under_pointer = lambda: False  # type: ignore[method-assign]
    settle(pane)
    assert titles(pane)[:2] == [5, 1]


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_changes_keep_the_model_sound(
    pane: ContactPane, talking: Scene, chats: StagedChats, seed: int
) -> None:
    chance = Random(seed)
    tester = QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    talking.window.people.open_talk(3)
    for number in range(250):
        some = chance.choice([*chats.talks, 100 + number])
        changes = Changes()
        if some not in chats.talks:
            changes = chats.put(room(some, f"Room {some}", message(some, 1, 2, "hi", chance.randrange(500))))
        elif chance.random() < 0.25 and some != 3:
            changes = chats.drop(some)
        else:
            changes = chats.change(some, last_at=NOON + number * 1000, unread=chance.randrange(3))
        talking.window.refresh(changes)
        talking.change(2 + chance.randrange(len(NAMES)), chance.choice(list(Status)), number + 5)
        if chance.random() < 0.1:
            pane.search.setText(chance.choice(("", "Room 1", "r", "김")))
        settle(pane)
        assert not pane.model.upper.stale
        assert all(
            pane.view.rowHeight(row) < pane._delegate.row_height() for row in pane.model.heading_rows()
        )
    tester.deleteLater()


def test_all_may_go_and_come(pane: ContactPane, talking: Scene, chats: StagedChats) -> None:
    tester = QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for talk_id in list(chats.talks):
        talking.window.refresh(chats.drop(talk_id))
    settle(pane)
    assert set(entries(pane)) == set(NAMES)
    talking.window.refresh(chats.put(room(50, "New")))
    assert entries(pane)[:3] == ["Conversations", 50, "People"]
    chats.drop(50)
    talking.window.refresh(chats.put(room(51, "Another")))
    settle(pane)
    assert titles(pane) == [51]
    tester.deleteLater()


# --- opening ---


def test_a_click_opens_a_conversation(pane: ContactPane, talking: Scene, chats: StagedChats) -> None:
    pane.view.clicked.emit(pane.model.index(2, 0))
    assert ("open", 2) in chats.calls
    assert talking.window.people.content.currentWidget() is talking.window.people.chat
    assert pane._delegate.open_talk == 2


def test_walking_past_a_conversation_opens_nothing(
    pane: ContactPane, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    pane.view.setCurrentIndex(pane.model.index(1, 0))
    for _ in range(3):
        qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert chats.calls == []
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert ("open", 4) in chats.calls


def test_while_one_searches_arrow_keys_go_past_the_headings(pane: ContactPane, qtbot: QtBot) -> None:
    pane.search.setText("r")
    assert entries(pane)[:4] == ["Conversations", 3, 6, "People"]
    pane.view.setCurrentIndex(pane.model.index(2, 0))
    qtbot.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.view.currentIndex().row() == 4
    assert pane.view.currentIndex().data(CONTACT) is not None


def test_enter_on_a_person_opens_the_direct_conversation(
    pane: ContactPane, chats: StagedChats, qtbot: QtBot
) -> None:
    row = pane.model.row_of(3)
    assert row is not None
    pane.view.setCurrentIndex(pane.model.index(row, 0))
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert ("open", 2) in chats.calls


# --- searching ---


def test_a_search_finds_rooms_and_people_each_once(pane: ContactPane) -> None:
    pane.search.setText("r")
    shown = entries(pane)
    assert shown[: shown.index("People")] == ["Conversations", 3, 6]
    assert "Noah Fischer" in shown
    pane.search.setText("noah")
    assert entries(pane) == ["Noah Fischer"]
    pane.search.setText("random")
    assert entries(pane) == ["Conversations", 6, "No people of that name"]
    pane.search.setText("ㄷㅈㅇ")
    assert titles(pane) == [1]


def test_enter_in_the_search_opens_the_first_and_ends_the_search(
    pane: ContactPane, chats: StagedChats, qtbot: QtBot
) -> None:
    qtbot.keyClicks(pane.search, "release")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert ("open", 3) in chats.calls
    assert pane.search.text() == ""
    qtbot.keyClicks(pane.search, "sofia")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert ("open", 5) in chats.calls
    assert pane.search.text() == ""


def test_nothing_found_is_said(pane: ContactPane) -> None:
    pane.search.setText("zaphod")
    assert pane.nobody.isVisibleTo(pane)
    assert "zaphod" in pane.nobody.words.text()


# --- scrolling ---


def test_the_scrolled_list_stays_where_one_looks(
    pane: ContactPane, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    for number in range(60):
        chats.put(room(200 + number, f"Room {number}", message(200 + number, 1, 2, "hi", 600 + number)))
    talking.window.refresh(Changes(talks_moved=True))
    talking.window.show()
    qtbot.waitExposed(talking.window)
    qtbot.waitUntil(lambda: not pane._settle_timer.isActive(), timeout=SETTLE_MS * 3)
    settle(pane)
    pane.view.verticalScrollBar().setValue(30 * pane._delegate.row_height())
    pane._under_pointer = lambda: False  # type: ignore[method-assign]
    looked_at = pane.view.indexAt(QPoint(5, 5)).data(TALK).id
    talking.window.refresh(chats.change(255, last_at=NOON))
    settle(pane)
    assert titles(pane)[0] == 255
    assert pane.view.indexAt(QPoint(5, 5)).data(TALK).id == looked_at


# --- the right button ---


def test_the_right_button_asks_and_leads_nowhere(
    pane: ContactPane, talking: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    talking.window.show()
    qtbot.waitExposed(talking.window)
    talking.window.people.open_talk(3)
    row = pane.model.row_of(2 + NAMES.index("Ethan Walker"))
    assert row is not None
    index = pane.model.index(row, 0)
    pane.view.scrollTo(index)
    place = pane.view.visualRect(index).center()
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert talking.window.people.open_id == 3
    menu = QMenu()
    monkeypatch.setattr(QApplication, "activePopupWidget", lambda: menu)
    asked: list[int] = []
    pane.person_menu_asked.disconnect()
    pane.person_menu_asked.connect(lambda user_id, _place: asked.append(user_id))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, pane.view.viewport().mapToGlobal(place))
    QApplication.sendEvent(pane.view.viewport(), event)
    assert asked == [2 + NAMES.index("Ethan Walker")]
    assert pane.view.is_asked(index)  # its row is marked
    talking.window.grab()
    menu.aboutToHide.emit()
    assert not pane.view.is_asked(index)
    menu.deleteLater()


def test_a_hover_tells_the_whole_name_and_the_topic_or_the_reason(pane: ContactPane, talking: Scene) -> None:
    def tip(talk_id: int) -> list[str]:
        row = pane.model.row_of_talk(talk_id)
        assert row is not None
        return str(pane.model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)).split("\n")

    assert tip(1) == ["디자인", "화면, 아이콘, 글꼴"]
    name, reason = tip(2)
    assert name == "Noah Fischer"
    assert "chosen by hand" in reason
