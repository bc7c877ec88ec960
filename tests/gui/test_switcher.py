"""The quick switcher in the window: everything there is, by a few letters, by keyboard alone."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from presence_desktop.core.favourites import FAVOURITES, Sections, person, talk
from presence_desktop.gui.language import Language
from presence_desktop.gui.shortcuts import Way
from presence_desktop.gui.switcher import Switcher
from presence_desktop.gui.switcher_rows import PersonPlace, TalkPlace
from presence_desktop.gui.theme import Scheme
from presence_desktop.protocol.events import StatusUpdate
from presence_desktop.protocol.status import Status
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import NAMES, Scene


def opened(scene: Scene) -> Switcher:
    scene.window.show()
    scene.window.activateWindow()
    assert QTest.qWaitForWindowActive(scene.window)
    QTest.keyClick(scene.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    switcher = scene.window.ways.switcher
    assert switcher is not None
    return switcher


def offered(switcher: Switcher) -> list[object]:
    return [switcher.model.target(row) for row in range(switcher.model.rowCount())]


def test_nothing_typed_offers_what_is_unread_then_what_was_said_last(talking: Scene) -> None:
    shown = offered(opened(talking))
    talks = [place.talk_id for place in shown if isinstance(place, TalkPlace)]
    assert talks == [1, 2, 3, 4, 5, 6, 7]
    assert set(shown[len(talks) :]) >= {Way.NEW_ROOM, Way.SHORTCUTS}


def test_the_open_conversation_is_not_offered_first(talking: Scene) -> None:
    talking.window.people.open_talk(1)
    assert TalkPlace(talking.window.account, 1) not in offered(opened(talking))


def test_nothing_typed_offers_what_one_opened_last_then_the_favourites(
    talking: Scene, chats: StagedChats
) -> None:
    here, grace, other = talking.window.account, 2 + NAMES.index("Grace Kim"), chats.talks[7].other
    assert other is not None
    here.near.arrange(Sections().put(person(grace), FAVOURITES).put(person(other), FAVOURITES))
    for item in (talk(3), talk(6)):
        here.near.opened(item)
    shown = offered(opened(talking))
    unread = [one for one in chats.talks.values() if one.unread and not one.muted]
    rest = shown[len(unread) :]
    assert rest[:2] == [TalkPlace(here, 6), TalkPlace(here, 3)]
    assert rest[2:4] == [TalkPlace(here, 7), PersonPlace(here, grace)]


def test_of_what_fits_alike_what_was_opened_last_goes_first(talking: Scene) -> None:
    page, near = talking.window.people, talking.window.account.near
    page.opened.connect(near.opened)
    for talk_id in (3, 6, 1):
        page.open_talk(talk_id)
    for first, second in ((6, 3), (3, 6)):
        switcher = opened(talking)
        switcher.search.setText("r")
        places = [place.talk_id for place in offered(switcher) if isinstance(place, TalkPlace)]
        assert places.index(first) < places.index(second)
        switcher.reject()
        page.open_talk(3)
        page.open_talk(1)


def test_enter_opens_a_conversation(talking: Scene) -> None:
    switcher = opened(talking)
    QTest.keyClicks(switcher.search, "rel")
    QTest.keyClick(switcher.search, Qt.Key.Key_Return)
    assert talking.window.people.chat.shown == 3
    assert talking.window.ways.switcher is None


def test_somebody_new_gets_a_direct_conversation(talking: Scene, chats: StagedChats) -> None:
    switcher = opened(talking)
    QTest.keyClicks(switcher.search, "grace")
    target = switcher.model.target(0)
    assert target == PersonPlace(talking.window.account, 2 + NAMES.index("Grace Kim"))
    QTest.keyClick(switcher.search, Qt.Key.Key_Return)
    assert chats.calls[-1] == ("open_direct", 2 + NAMES.index("Grace Kim"))


def test_somebody_with_a_conversation_is_offered_once(talking: Scene) -> None:
    switcher = opened(talking)
    switcher.search.setText("noah")
    assert offered(switcher)[0] == TalkPlace(talking.window.account, 2)
    assert sum(isinstance(place, PersonPlace) for place in offered(switcher)) == 0


def test_korean_initial_consonants_find_somebody(talking: Scene) -> None:
    switcher = opened(talking)
    switcher.search.setText("ㅇㅈㅎ")
    assert offered(switcher) == [PersonPlace(talking.window.account, 2 + NAMES.index("윤지호"))]


def test_arrows_walk_round_while_the_field_keeps_the_keyboard(talking: Scene) -> None:
    switcher = opened(talking)
    rows = switcher.model.rowCount()
    for key, row in ((Qt.Key.Key_Up, rows - 1), (Qt.Key.Key_Down, 0), (Qt.Key.Key_Down, 1)):
        QTest.keyClick(switcher.search, key)
        assert switcher.list.currentIndex().row() == row
    QTest.keyClick(switcher.search, Qt.Key.Key_PageDown)
    assert switcher.list.currentIndex().row() == min(9, rows - 1)


def test_the_pointer_chooses_when_it_moves_and_not_where_it_rests(talking: Scene) -> None:
    switcher = opened(talking)
    view = switcher.list.viewport()

    def move(row: int, to: QPointF) -> None:
        place = QPointF(switcher.list.visualRect(switcher.model.index(row, 0)).center())
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, place, to, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)

    move(2, QPointF(QCursor.pos()))
    assert switcher.list.currentIndex().row() == 0
    move(2, QPointF(QCursor.pos() + QPoint(0, 3)))
    assert switcher.list.currentIndex().row() == 2
    switcher.list.grab()
    QTest.keyClick(switcher.search, Qt.Key.Key_Down)
    assert switcher.list.currentIndex().row() == 3


def test_commands_are_found_in_the_language_and_in_english(talking: Scene, qapp: QApplication) -> None:
    talking.window.choose_language(Language.KOREAN)
    switcher = opened(talking)
    for text in ("어두운", "dark"):
        switcher.search.setText(text)
        assert Way.DARK in offered(switcher)


def test_a_command_is_done(talking: Scene) -> None:
    switcher = opened(talking)
    switcher.search.setText("dark th")
    QTest.keyClick(switcher.search, Qt.Key.Key_Return)
    assert talking.look.scheme is Scheme.DARK


@pytest.mark.parametrize(
    ("text", "status"), [("busy", Status.BUSY), ("appear off", Status.OFFLINE), ("status: aw", Status.AWAY)]
)
def test_a_status_is_chosen(talking: Scene, text: str, status: Status) -> None:
    switcher = opened(talking)
    switcher.search.setText(text)
    QTest.keyClick(switcher.search, Qt.Key.Key_Return)
    assert StatusUpdate(status=status) in [event for event, _ask in talking.gateway.sent]


def test_nothing_found_is_said_and_enter_does_nothing(talking: Scene) -> None:
    switcher = opened(talking)
    switcher.search.setText("zzzz")
    assert switcher.words.isVisible()
    assert "zzzz" in switcher.words.text()
    QTest.keyClick(switcher.search, Qt.Key.Key_Return)
    assert switcher.isVisible()
    QTest.keyClick(switcher, Qt.Key.Key_Escape)
    assert talking.window.ways.switcher is None


def test_who_left_meanwhile_is_no_row_that_breaks(talking: Scene, chats: StagedChats) -> None:
    switcher = opened(talking)
    switcher.search.setText("random")
    talking.window.refresh(chats.drop(6))
    QTest.keyClick(switcher.search, Qt.Key.Key_Return)
    assert talking.window.people.chat.shown is None


def test_rows_are_spoken(talking: Scene) -> None:
    switcher = opened(talking)
    switcher.search.setText("keyboard")
    index = switcher.model.index(0, 0)
    assert switcher.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Keyboard shortcuts, Ctrl+/"


def test_a_plain_server_leads_to_people(talking: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StagedChats, "available", False)
    switcher = opened(talking)
    switcher.search.setText("room")
    assert Way.NEW_ROOM not in offered(switcher)
    switcher.search.setText("amelia")
    QTest.keyClick(switcher.search, Qt.Key.Key_Return)
    assert talking.window.people._shown == 2 + NAMES.index("Amelia Clarke")


def test_nobody_signed_in_goes_nowhere(scene: Scene) -> None:
    scene.window.show()
    scene.window.activateWindow()
    assert QTest.qWaitForWindowActive(scene.window)
    QTest.keyClick(scene.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert scene.window.ways.switcher is None
