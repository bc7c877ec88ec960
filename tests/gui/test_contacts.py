"""The list: Qt's own model tester watches every step; rows move when they may, and selection stays with the person."""

from random import Random

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.gui.contacts.model import CONTACT
from presence_desktop.gui.contacts.pane import SETTLE_MS, ContactPane
from presence_desktop.protocol import events
from presence_desktop.protocol.status import Reason, Status
from tests.gui.scene import ME, NAMES, Scene, directory, link_up, picture


def names(pane: ContactPane) -> list[str]:
    return [pane.model.index(row, 0).data(CONTACT).username for row in range(pane.model.rowCount())]


def select(pane: ContactPane, name: str) -> None:
    pane.view.selectRow(names(pane).index(name))


def selected(pane: ContactPane) -> str:
    return pane.view.currentIndex().data(CONTACT).username


def calm(qtbot: QtBot, pane: ContactPane) -> None:
    """Rows may move again."""
    qtbot.waitUntil(lambda: not pane._settle_timer.isActive(), timeout=SETTLE_MS * 3)


@pytest.fixture
def pane(scene: Scene) -> ContactPane:
    QCursor.setPos(0, 0)
    scene.sign_in()
    return scene.window.people.contacts


def test_who_is_here_comes_first(pane: ContactPane, scene: Scene) -> None:
    ranks = [contact.status for row in range(pane.model.rowCount()) if (contact := pane.model.contact(row))]
    order = [Status.ONLINE, Status.BUSY, Status.AWAY, Status.OFFLINE]
    assert ranks == sorted(ranks, key=order.index)
    assert len(ranks) == len(NAMES)


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_changes_keep_the_model_sound_and_the_selection_with_the_person(
    scene: Scene, qtbot: QtBot, seed: int
) -> None:
    chance = Random(seed)
    many = [f"{NAMES[index % len(NAMES)]} {index}" for index in range(200)]
    pane = scene.window.people.contacts
    tester = QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    scene.feed(incoming.SignedIn("http://x", ME), link_up(), picture(many), directory(many))
    select(pane, many[17])
    version = 1
    for _ in range(60):
        for _ in range(chance.choice((1, 3, 60))):
            version += 1
            scene.change(2 + chance.randrange(200), chance.choice(list(Status)), version)
        if chance.random() < 0.2:
            pane.search.setText(chance.choice(("", "Noah", many[17], "김")))
        pane._settle_timer.stop()
        pane._settle_if_due()
        assert names(pane) == [scene.client.roster.get(user_id).username for user_id in scene.client.order]
        if many[17] in names(pane):
            assert pane.view.currentIndex().isValid() is (pane._selected is not None)
            if pane._selected is not None:
                assert pane.model.contact(pane.view.currentIndex().row()).user_id == pane._selected
    tester.deleteLater()


def test_selection_goes_with_the_person(pane: ContactPane, scene: Scene, qtbot: QtBot) -> None:
    select(pane, "Sofia Rossi")
    calm(qtbot, pane)
    contact = scene.client.roster.get(2 + NAMES.index("Sofia Rossi"))
    scene.change(contact.user_id, Status.OFFLINE if contact.status is Status.ONLINE else Status.ONLINE, 9)
    assert selected(pane) == "Sofia Rossi"
    assert scene.window.people.card.name.text() == "Sofia Rossi"


def test_the_dot_changes_at_once_and_the_row_at_most_once_a_second(
    pane: ContactPane, scene: Scene, qtbot: QtBot
) -> None:
    calm(qtbot, pane)
    top, second = names(pane)[:2]
    scene.change(2 + NAMES.index(top), Status.OFFLINE, 5)
    assert names(pane)[0] == second
    scene.change(2 + NAMES.index(second), Status.OFFLINE, 6)
    assert names(pane)[0] == second  # not yet
    assert pane.model.contact(0).status is Status.OFFLINE  # but its dot
    qtbot.waitUntil(lambda: names(pane)[0] != second, timeout=SETTLE_MS * 3)


def test_no_row_moves_under_the_pointer(pane: ContactPane, scene: Scene, qtbot: QtBot) -> None:
    calm(qtbot, pane)
    resting = True
    pane._under_pointer = lambda: resting  # type: ignore[method-assign]
    before = names(pane)
    scene.change(2 + NAMES.index(before[0]), Status.OFFLINE, 5)
    assert names(pane) == before
    resting = False
    pane.view.leaveEvent(QEvent(QEvent.Type.Leave))
    assert names(pane)[0] != before[0]


def test_a_search_answers_at_once_and_says_when_nobody_is_found(pane: ContactPane, qtbot: QtBot) -> None:
    pane.search.setText("ㅈㄷㅇ")
    assert names(pane) == ["정도윤"]
    pane.search.setText("zzz")
    assert names(pane) == []
    assert "zzz" in pane.nobody.words.text()
    assert pane.nobody.isVisibleTo(pane)
    qtbot.keyClick(pane.search, Qt.Key.Key_Escape)
    assert len(names(pane)) == len(NAMES)
    assert not pane.nobody.isVisibleTo(pane)


def test_from_the_search_into_the_list_by_keyboard(pane: ContactPane, qtbot: QtBot, scene: Scene) -> None:
    scene.window.show()
    qtbot.waitExposed(scene.window)
    qtbot.keyClicks(pane.search, "grace")
    qtbot.keyClick(pane.search, Qt.Key.Key_Return)
    assert selected(pane) == "Grace Kim"
    assert scene.window.people.card.name.text() == "Grace Kim"


def test_while_the_link_is_lost_everybody_is_unknown_and_stays_in_place(
    pane: ContactPane, scene: Scene
) -> None:
    before = names(pane)
    scene.lose_link()
    assert names(pane) == before
    sentences = [
        pane.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(len(before))
    ]
    assert sentences == [f"{name}, Unknown" for name in before]


def test_whoever_is_looked_at_stays_in_view_while_others_are_searched_for(
    pane: ContactPane, scene: Scene
) -> None:
    row = pane.model.row_of(5)
    assert row is not None
    pane.view.selectRow(row)
    shown = scene.window.people.card.name.text()
    told: list[object] = []
    pane.selected.connect(told.append)
    pane.search.setText("grace")
    assert not pane.view.currentIndex().isValid()
    assert scene.window.people.card.name.text() == shown
    pane.search.clear()
    assert pane.view.currentIndex().row() == pane.model.row_of(5)
    pane.start_over()
    assert told == []
    assert not pane.view.currentIndex().isValid()


def test_a_hover_tells_the_reason(pane: ContactPane) -> None:
    busy = next(row for row in range(12) if pane.model.contact(row).status is Status.BUSY)
    assert "chosen by hand" in pane.model.index(busy, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_scrolled_list_stays_where_one_looks(scene: Scene, qtbot: QtBot) -> None:
    many = [f"Person {index:03}" for index in range(300)]
    scene.feed(incoming.SignedIn("http://x", ME), link_up(), picture(many), directory(many))
    scene.window.show()
    pane = scene.window.people.contacts
    qtbot.waitExposed(scene.window)
    calm(qtbot, pane)
    pane._under_pointer = lambda: False  # type: ignore[method-assign]
    pane.view.verticalScrollBar().setValue(200 * pane._delegate.row_height())
    looked_at = pane.model.contact(pane.view.indexAt(QPoint(5, 5)).row()).user_id
    last = pane.model.contact(299)
    assert last is not None
    scene.feed(*arrival(last.user_id, last.username))
    assert pane.model.row_of(last.user_id) < 200
    assert pane.model.contact(pane.view.indexAt(QPoint(5, 5)).row()).user_id == looked_at


def arrival(user_id: int, name: str) -> list[incoming.Incoming]:
    change = events.PresenceChange(
        user_id=user_id, username=name, status=Status.ONLINE, version=50, since=1, reason=Reason.ACTIVE
    )
    return [incoming.PresenceChanged(events.PresenceChanges(epoch="e", version=50, changes=[change]))]


def test_whoever_is_looked_at_is_marked(pane: ContactPane, scene: Scene, qtbot: QtBot) -> None:
    scene.window.show()
    scene.window.activateWindow()
    qtbot.waitUntil(scene.window.isActiveWindow)
    pane.search.setFocus()
    pane.view.selectionModel().clear()
    pane.view.setFocus()
    assert scene.window.people.card.name.text() == names(pane)[0]
    assert [index.row() for index in pane.view.selectedIndexes()] == [0]


def test_a_list_that_one_comes_to_by_keyboard_shows_where_one_is(talking: Scene, qtbot: QtBot) -> None:
    pane = talking.window.people.contacts
    talking.window.show()
    talking.window.activateWindow()
    qtbot.waitUntil(talking.window.isActiveWindow)
    for reason, marked in ((Qt.FocusReason.OtherFocusReason, []), (Qt.FocusReason.TabFocusReason, [0])):
        pane.search.setFocus()
        pane.view.selectionModel().clear()
        pane.view.setFocus(reason)
        assert [index.row() for index in pane.view.selectedIndexes()] == marked
