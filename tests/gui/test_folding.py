"""Conversations and people can be folded, as one's own sections can; what is unread there is told on the heading."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes
from presence_desktop.core.favourites import FAVOURITES, PEOPLE, TALKS, Sections, person, talk
from presence_desktop.gui.contacts.model import HEADING
from presence_desktop.gui.contacts.pane import ContactPane
from presence_desktop.gui.contacts.upper_order import Head
from presence_desktop.gui.rooms.talk_words import name_of
from presence_desktop.protocol.status import Status
from tests.gui.chat_stage import TEAM, StagedChats
from tests.gui.scene import ME, NAMES, SERVER, Scene, directory, link_up, picture
from tests.gui.test_talks import entries, settle

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def pane(talking: Scene) -> ContactPane:
    QCursor.setPos(0, 0)
    shown = talking.window.people.contacts
    QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    return shown


def click(pane: ContactPane, key: int) -> None:
    row = pane.model.row_of_item(Head(key))
    assert row is not None
    pane.view.clicked.emit(pane.model.index(row, 0))


def spoken(pane: ContactPane, key: int) -> object:
    row = pane.model.row_of_item(Head(key))
    assert row is not None
    return pane.model.index(row, 0).data(SPOKEN)


def test_a_click_folds_the_conversations_and_their_heading_tells_what_is_unread(
    pane: ContactPane, chats: StagedChats, talking: Scene
) -> None:
    before = entries(pane)
    click(pane, TALKS)
    assert entries(pane)[:2] == ["Conversations", "People"]
    loud = sum(one.unread for one in chats.talks.values() if not one.muted)
    assert spoken(pane, TALKS) == f"Conversations, {len(TEAM)} entries, folded, {loud} unread"
    one = next(one for one in chats.talks.values() if not one.muted)
    talking.window.refresh(chats.change(one.id, unread=one.unread + 2))
    assert pane.model.index(0, 0).data(HEADING).unread == loud + 2
    click(pane, TALKS)
    assert entries(pane) == before


def test_people_are_folded_and_go_on_moving_unseen(pane: ContactPane, talking: Scene) -> None:
    click(pane, PEOPLE)
    assert entries(pane) == ["Conversations", *(one.id for one in TEAM), "People"]
    assert spoken(pane, PEOPLE) == f"People, {len(NAMES)} entries, folded"
    for number, user_id in enumerate((3, 5, 7)):
        talking.change(user_id, Status.OFFLINE, 50 + number)
    settle(pane)
    assert pane.model.row_of(2 + NAMES.index("Ethan Walker")) is None
    assert pane.model.contact(len(TEAM) + 2) is None
    click(pane, PEOPLE)
    people = entries(pane)[len(TEAM) + 2 :]
    assert people == [name_of(talking.client, one) for one in talking.client.order]
    assert set(people) == set(NAMES)
    assert {pane.view.rowHeight(row) for row in pane.model.heading_rows()} == {
        pane._delegate.heading_height()
    }


def test_by_keyboard(pane: ContactPane, qtbot: QtBot) -> None:
    row = pane.model.row_of_item(Head(TALKS))
    assert row == 0
    pane.view.setCurrentIndex(pane.model.index(row, 0))
    for key, folded in (
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Right, False),
        (Qt.Key.Key_Space, True),
        (Qt.Key.Key_Return, False),
        (Qt.Key.Key_Enter, True),
        (Qt.Key.Key_Enter, False),
    ):
        qtbot.keyClick(pane.view, key)
        assert pane.sections.held.is_folded(TALKS) is folded
        assert pane.view.currentIndex().row() == 0
    qtbot.keyClick(pane.view, Qt.Key.Key_Delete)
    qtbot.keyClick(pane.view, Qt.Key.Key_F2)
    qtbot.keyClick(pane.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert pane.sections.dialog is None
    assert pane.sections.spoken(Head(TALKS)) == "Conversations: unfolded"
    click(pane, PEOPLE)
    assert pane.sections.spoken(Head(PEOPLE)) == "People: folded"


def test_a_search_finds_what_is_folded_and_folds_nothing(pane: ContactPane) -> None:
    click(pane, TALKS)
    click(pane, PEOPLE)
    folded = entries(pane)
    pane.search.setText("r")
    assert entries(pane)[:4] == ["Conversations", 3, 6, "People"]
    assert "Noah Fischer" in entries(pane)
    click(pane, TALKS)
    assert entries(pane)[1] == 3
    pane.search.clear()
    assert entries(pane) == folded == ["Conversations", "People"]


def test_the_next_unread_is_reached_in_what_is_folded_too(pane: ContactPane, chats: StagedChats) -> None:
    click(pane, TALKS)
    assert pane.model.talk_ids() == []
    assert pane.model.talk_ids(folded=True) == [one.id for one in TEAM]
    pane.sections.put(talk(3), FAVOURITES)
    assert pane.model.talk_ids(folded=True) == [3, *(one.id for one in TEAM if one.id != 3)]


def test_where_there_is_nobody_people_are_folded_too(qapp: QApplication, qtbot: QtBot) -> None:
    scene = Scene(qapp, chats=StagedChats())
    scene.feed(incoming.SignedIn(SERVER, ME), link_up(), picture(()), directory(()))
    pane = scene.window.people.contacts
    scene.window.refresh(Changes(talks_moved=True))
    assert entries(pane)[-1] == "People"
    gone: list[tuple[int, int]] = []
    pane.model.rowsAboutToBeRemoved.connect(lambda _parent, *rows: gone.append(rows))
    pane.model.rowsAboutToBeInserted.connect(lambda _parent, *rows: gone.append(rows))
    click(pane, PEOPLE)
    assert spoken(pane, PEOPLE) == "People, 0 entries, folded"
    click(pane, PEOPLE)
    assert spoken(pane, PEOPLE) == "People, 0 entries"
    assert gone == [], "no rows go that were not there"
    scene.leave()


def test_without_a_heading_people_are_not_folded(scene: Scene) -> None:
    pane = scene.window.people.contacts
    pane.sections.begin(Sections().fold(PEOPLE, folded=True).put(person(3), FAVOURITES))
    scene.feed(incoming.SignedIn("http://x", ME), link_up(), picture(NAMES), directory(NAMES))
    assert len(entries(pane)) == 3
    pane.sections.toggle_favourite(person(3))
    assert set(entries(pane)) == set(NAMES)
    pane.sections.toggle_favourite(person(3))
    assert entries(pane) == ["Favourites", "Noah Fischer", "People"]
