"""The main page: what is in view, in wide and in small windows, by mouse and by keyboard; the number in the title."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.gui.contacts.search_keys import SearchKeys
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.rooms.new_room import NewRoomDialog
from presence_desktop.protocol.errors import Code
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import Scene


@pytest.fixture
def page(talking: Scene, qtbot: QtBot) -> PeoplePage:
    talking.window.show()
    qtbot.waitExposed(talking.window)
    talking.window.activateWindow()
    qtbot.waitUntil(talking.window.isActiveWindow)
    return talking.window.people


def in_view(page: PeoplePage) -> str:
    parts = {"list": page.contacts, "card": page.card, "chat": page.chat, "search": page.finder}
    return " ".join(name for name, part in parts.items() if part.isVisible())


def press(page: PeoplePage, keys: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(page.window().focusWidget() or page, keys, modifiers)


# --- wide windows ---


def test_conversation_person_and_search_take_turns(page: PeoplePage, chats: StagedChats) -> None:
    assert in_view(page) == "list card"
    page.open_talk(1)
    assert in_view(page) == "list chat"
    page._find()
    assert in_view(page) == "list search"
    page._leave_search()
    assert in_view(page) == "list chat"
    page._look_at(3)
    assert in_view(page) == "list card"
    assert page.card.name.text() == "Noah Fischer"
    assert ("leave_view",) in chats.calls
    page.card.message.click()
    assert in_view(page) == "list chat"
    assert page.chat.shown == 2


def test_leaving_a_conversation_gives_the_list_the_keyboard(page: PeoplePage) -> None:
    page.open_talk(1)
    page.chat.back.emit()
    assert in_view(page) == "list card"
    assert page.contacts.view.hasFocus()
    assert page.contacts._delegate.open_talk is None


def test_a_conversation_one_was_put_out_of_is_left(
    page: PeoplePage, talking: Scene, chats: StagedChats
) -> None:
    page.open_talk(3)
    talking.window.refresh(chats.drop(3))
    assert page.chat.shown is None
    assert in_view(page) == "list card"
    assert page.notices.shown[0].words.text() == "You are no longer in “Release 1.0”."
    page.open_talk(3)  # nothing: it is gone
    assert page.chat.shown is None


def test_what_one_wrote_there_and_nobody_got_can_be_copied(
    page: PeoplePage, talking: Scene, chats: StagedChats
) -> None:
    chats.change(3, draft="Not yet sent")
    for talk_id in (3, 5, 1, 6, 2):
        talking.window.refresh(chats.drop(talk_id))
    shown = page.notices.shown
    told = [notice.words.text() for notice in shown]
    assert told[0] == "You are no longer in “Release 1.0”. What you wrote there was not sent."
    assert told[1].startswith("The conversation with Sofia Rossi is no longer there.")
    assert len(shown) == 3  # what passes gave way, what is left over did not
    assert not shown[2].copy.isVisibleTo(page)
    shown[0].copy.click()
    assert QGuiApplication.clipboard().text() == "Not yet sent"
    assert shown[0].copy.text() == "Copied"


def test_oneself_is_not_looked_at(page: PeoplePage) -> None:
    page.open_talk(1)
    page.chat.person_asked.emit(1)
    assert in_view(page) == "list chat"


def test_what_was_refused_and_nobody_waits_for_is_told(page: PeoplePage, talking: Scene) -> None:
    talking.window.refresh(Changes(outcomes=(Outcome(4711, "message:react", None, Code.INVALID_REACTION),)))
    assert page.notices.shown[0].words.text() == "One reacts with one emoji."
    talking.window.refresh(Changes(outcomes=(Outcome(4712, "message:react"),)))
    assert len(page.notices.shown) == 1


# --- small windows ---


def test_a_small_window_shows_the_list_or_what_one_looks_at(
    page: PeoplePage, talking: Scene, qtbot: QtBot
) -> None:
    talking.window.resize(420, 600)
    qtbot.waitUntil(lambda: in_view(page) == "list")
    page.open_talk(1)
    assert in_view(page) == "chat"
    page.chat.back.emit()
    assert in_view(page) == "list"
    page.contacts.person_clicked.emit(3)
    assert in_view(page) == "card"
    page.card.back_button.click()
    assert in_view(page) == "list"
    page._search("")
    assert in_view(page) == "search"
    QTest.keyClick(page.finder.query, Qt.Key.Key_Escape)
    assert in_view(page) == "list"
    page.open_talk(1)
    page._focus_search()
    assert in_view(page) == "list"
    assert page.contacts.search.hasFocus()
    talking.window.resize(1000, 600)
    qtbot.waitUntil(lambda: in_view(page) == "list chat")


def test_walking_through_the_list_leaves_it_in_view(page: PeoplePage, talking: Scene, qtbot: QtBot) -> None:
    talking.window.resize(420, 600)
    qtbot.waitUntil(lambda: in_view(page) == "list")
    row = page.contacts.model.row_of(3)
    page.contacts.view.setCurrentIndex(page.contacts.model.index(row, 0))
    assert in_view(page) == "list"
    assert page.card.name.text() == "Noah Fischer"


# --- the keyboard ---


def test_everything_by_keyboard(page: PeoplePage, chats: StagedChats, qtbot: QtBot) -> None:
    control, alt, shift = (
        Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
    )  # fmt: skip
    press(page, Qt.Key.Key_L, control)
    assert page.contacts.search.hasFocus()
    press(page, Qt.Key.Key_Down, alt)
    assert page.chat.shown == 1
    press(page, Qt.Key.Key_Down, alt)
    assert page.chat.shown == 2
    press(page, Qt.Key.Key_Down, alt | shift)
    assert page.chat.shown == 6  # the next one with something new
    press(page, Qt.Key.Key_Down, alt | shift)
    assert page.chat.shown == 6
    press(page, Qt.Key.Key_Up, alt)
    assert page.chat.shown == 5
    press(page, Qt.Key.Key_F, control)
    assert page.finder.query.hasFocus()
    assert "Sofia Rossi" in page.finder.query.text()
    press(page, Qt.Key.Key_F, control | shift)
    assert page.finder.query.text() == ""
    press(page, Qt.Key.Key_N, control)
    assert isinstance(page.desk.dialog, NewRoomDialog)


def test_the_menu_key_opens_the_menu_of_the_row(page: PeoplePage, qtbot: QtBot) -> None:
    asked: list[tuple[str, int]] = []
    page.contacts.talk_menu_asked.connect(lambda talk_id, _place: asked.append(("talk", talk_id)))
    page.contacts.person_menu_asked.connect(lambda user_id, _place: asked.append(("person", user_id)))
    model, view = page.contacts.model, page.contacts.view
    for row in (1, model.row_of(3)):
        view.setCurrentIndex(model.index(row, 0))
        view._ask_menu_here()
    assert asked == [("talk", 1), ("person", 3)]
    for menu in page.findChildren(type(page.desk._menu())):
        menu.close()


# --- what the window tells ---


def test_the_title_says_how_much_is_unread(talking: Scene, chats: StagedChats) -> None:
    window = talking.window
    assert window.windowTitle() == "(4) Presence Desktop"  # the muted one does not count
    marked = window.windowIcon().pixmap(64, 64).toImage()
    window.refresh(chats.change(1, unread=0))
    assert window.windowTitle() == "(1) Presence Desktop"
    window.refresh(chats.change(2, unread=0))
    assert window.windowTitle() == "Presence Desktop"
    assert window.windowIcon().pixmap(64, 64).toImage() != marked


def test_looking_away_draws_the_line(page: PeoplePage, chats: StagedChats, qtbot: QtBot) -> None:
    page.open_talk(1)
    drawn: list[bool] = []
    chats.window.draw_line = lambda: drawn.append(True) or Changes()  # type: ignore[attr-defined]
    page.desk.make_room()
    page.desk.dialog.activateWindow()
    qtbot.waitUntil(lambda: bool(drawn))


def test_conversations_are_read_out(page: PeoplePage) -> None:
    table = QAccessible.queryAccessibleInterface(page.contacts.view)
    told = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    told = [words for words in told if words]
    assert told[0] == "Conversations, 7 entries"
    assert told[1].startswith("디자인, room, 3 unread, mentions you, 김민서: ")


# --- between search and list, and what lies on the card ---


def test_letters_in_the_list_search_and_up_leads_back_to_the_search(page: PeoplePage, qtbot: QtBot) -> None:
    contacts = page.contacts
    contacts.view.setFocus()
    contacts.view.setCurrentIndex(contacts.model.index(1, 0))
    QTest.keyClick(contacts.view, Qt.Key.Key_Up)
    assert contacts.view.hasFocus()  # on the heading
    QTest.keyClick(contacts.view, Qt.Key.Key_Up)
    assert contacts.search.hasFocus()
    QTest.keyClick(contacts.search, Qt.Key.Key_Down)
    assert contacts.view.hasFocus()
    QTest.keyClick(contacts.view, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert contacts.view.hasFocus()
    QTest.keyClicks(contacts.view, "N")
    assert contacts.search.hasFocus()
    QTest.keyClicks(contacts.search, "oah")
    assert contacts.search.text() == "Noah"
    QTest.keyClick(contacts.search, Qt.Key.Key_Down)
    QTest.keyClick(contacts.view, Qt.Key.Key_Up)
    assert contacts.search.hasFocus()


def test_letters_that_are_composed_are_not_torn_apart(
    page: PeoplePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchKeys, "_composes", lambda _self: True)
    contacts = page.contacts
    contacts.view.setFocus()
    row = contacts.view.currentIndex()
    QTest.keyClicks(contacts.view, "r")
    assert contacts.view.hasFocus()
    assert contacts.search.text() == ""
    assert contacts.view.currentIndex() == row


def test_escape_leads_from_the_list_back_to_the_conversation(page: PeoplePage) -> None:
    page.contacts.search.setFocus()
    press(page, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert page.contacts.search.hasFocus()  # there is none
    page.open_talk(3)
    writing = page.window().focusWidget()
    for start in (page.contacts.search, page.contacts.view):
        start.setFocus()
        press(page, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        assert page.window().focusWidget() is writing
        assert page.open_id == 3
    page.contacts.search.setText("noah")
    assert page.open_id == 3  # whoever only searches leaves nothing
    page.contacts.view.setFocus()
    press(page, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert page.contacts.search.text() == ""
    assert page.open_id == 3


def test_all_is_marked_as_read_by_one_key(page: PeoplePage, chats: StagedChats) -> None:
    unread = {talk.id for talk in chats.talks.values() if talk.unread}
    assert len(unread) > 1
    press(page, Qt.Key.Key_Escape, Qt.KeyboardModifier.ShiftModifier)
    marked = [call for call in chats.calls if call[0] == "mark_read"]
    assert {call[1] for call in marked} == unread
    assert all(call[2] == chats.talks[call[1]].last_seq for call in marked)


def test_the_card_offers_what_the_list_does(page: PeoplePage) -> None:
    assert not page.card.more.isVisible()
    page._look_at(3)
    assert page.card.more.isVisible()
    page.card.more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    assert "Add to favourites" in words
    assert "Show profile" not in words
    menu.close()
    page.card.show_contact(None)
    page.card._ask_menu()
    assert QApplication.activePopupWidget() is None
