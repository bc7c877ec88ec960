"""Search in messages: when the server is asked, what is shown of what it found, and where a click leads."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.search_page import SearchPage, searched_words
from presence_desktop.gui.search_results import marked_spans, part_found
from presence_desktop.protocol.chat import Message
from presence_desktop.protocol.chat_events import MessagePage
from presence_desktop.protocol.chat_rest import Found
from presence_desktop.protocol.errors import Code
from tests.gui.chat_stage import StagedChats, message
from tests.gui.scene import Scene


@pytest.fixture
def page(talking: Scene, qtbot: QtBot) -> PeoplePage:
    talking.window.show()
    qtbot.waitExposed(talking.window)
    return talking.window.people


@pytest.fixture
def finder(page: PeoplePage) -> SearchPage:
    page._search("")
    return page.finder


def found(count: int, first: int = 100) -> list[Message]:
    return [message(3, first - at, 3, f"word {at}", at) for at in range(count)]


def searches(chats: StagedChats) -> list[tuple[object, ...]]:
    return [call for call in chats.calls if call[0] == "search"]


# --- asking ---


def test_the_server_is_asked_after_a_pause_not_at_every_key(
    finder: SearchPage, chats: StagedChats, qtbot: QtBot
) -> None:
    qtbot.keyClicks(finder.query, "release")
    assert searches(chats) == []
    qtbot.waitUntil(lambda: searches(chats) == [("search", "release", None)])
    qtbot.keyClick(finder.query, Qt.Key.Key_Return)
    assert len(searches(chats)) == 2  # Enter asks at once


def test_filters_alone_ask_nothing(finder: SearchPage, chats: StagedChats) -> None:
    assert finder._chips["from:"].text() == "From…"
    finder._chips["from:"].click()
    assert finder.query.text() == "from:"
    finder.query.setText('from:noah in:"Release 1.0"')
    finder._run()
    assert searches(chats) == []
    assert "Type what you remember" in finder.words.text()


def test_more_is_fetched_when_the_end_is_near(
    finder: SearchPage, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    tester = QAbstractItemModelTester(finder.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    finder.search("word")
    talking.window.refresh(chats.outcome(Found(messages=found(20), next="20")))
    assert finder.model.rowCount() == 20
    bar = finder.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and not finder._fill.isActive())
    assert len(searches(chats)) == 1  # the list is full: more is for whoever scrolls
    bar.setValue(bar.maximum())
    assert searches(chats)[-1] == ("search", "word", "20")
    asked = len(searches(chats))
    bar.setValue(bar.maximum() - 1)
    assert len(searches(chats)) == asked  # not twice
    talking.window.refresh(chats.outcome(Found(messages=found(5, 50))))
    assert finder.model.rowCount() == 25
    bar.setValue(bar.maximum())
    assert len(searches(chats)) == asked
    tester.deleteLater()


def test_empty_pages_are_not_the_end(
    finder: SearchPage, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    finder.search("드")
    talking.window.refresh(chats.outcome(Found(messages=[], next="1")))
    assert "Searching" in finder.words.text()
    qtbot.waitUntil(lambda: searches(chats)[-1] == ("search", "드", "1"))
    talking.window.refresh(chats.outcome(Found(messages=found(2), next="2")))
    qtbot.waitUntil(lambda: searches(chats)[-1] == ("search", "드", "2"))
    talking.window.refresh(chats.outcome(Found(messages=[])))
    assert finder.model.rowCount() == 2
    assert finder.list.isVisible()


def test_nothing_found_and_what_went_wrong_are_said(
    finder: SearchPage, talking: Scene, chats: StagedChats
) -> None:
    finder.search("zaphod")
    assert "Searching" in finder.words.text()
    talking.window.refresh(chats.outcome(Found(messages=[])))
    assert "zaphod" in finder.words.text()
    assert not finder.again.isVisible()
    finder.search("zaphod")
    talking.window.refresh(chats.outcome(code=Code.UNREACHABLE))
    assert "no connection" in finder.words.text()
    finder.again.click()
    talking.window.refresh(chats.outcome(Found(messages=found(1))))
    assert finder.model.rowCount() == 1


@pytest.mark.parametrize(
    ("code", "word"),
    [(Code.UNKNOWN_USER, "from:"), (Code.UNKNOWN_CONVERSATION, "in:"), (Code.INVALID_PAYLOAD, "before:")],
)
def test_a_wrong_filter_is_named(
    finder: SearchPage, talking: Scene, chats: StagedChats, code: Code, word: str
) -> None:
    finder.search("word from:nobody")
    talking.window.refresh(chats.outcome(code=code))
    assert word in finder.words.text()
    assert not finder.again.isVisible()  # it would find nothing again


def test_an_answer_to_what_was_asked_before_is_not_shown(
    finder: SearchPage, talking: Scene, chats: StagedChats
) -> None:
    finder.search("one")
    late = chats.outcome(Found(messages=found(3)))
    finder.search("two")
    talking.window.refresh(late)
    assert finder.model.rowCount() == 0
    assert "Searching" in finder.words.text()


# --- going there ---


def test_enter_jumps_to_the_place(
    page: PeoplePage, finder: SearchPage, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    finder.search("word")
    talking.window.refresh(chats.outcome(Found(messages=found(3))))
    qtbot.keyClick(finder.query, Qt.Key.Key_Down)
    qtbot.keyClick(finder.list, Qt.Key.Key_Down)
    qtbot.keyClick(finder.list, Qt.Key.Key_Return)
    assert page.content.currentWidget() is page.chat
    assert page.chat.shown == 3
    assert chats.window.jumps == [99]


def test_escape_leads_back_to_the_conversation(page: PeoplePage, qtbot: QtBot) -> None:
    page.open_talk(1)
    page._find()
    assert page.finder.query.text() == ' in:"디자인"'
    assert page.finder.query.cursorPosition() == 0
    qtbot.keyClick(page.finder.query, Qt.Key.Key_Escape)
    assert page.content.currentWidget() is page.chat


def test_pins_are_listed_and_lead_there(
    page: PeoplePage, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    page.open_talk(1)
    page.chat.pins_asked.emit(1)
    assert page.finder.title.text() == "Pinned in 디자인"
    assert not page.finder.query.isVisible()
    pinned = MessagePage(
        conversation_id=1, messages=[message(1, 9, 2, "style guide")], more=False, last_seq=40, last_change=41
    )
    talking.window.refresh(chats.outcome(pinned))
    page.finder.list.clicked.emit(page.finder.model.index(0, 0))
    assert chats.window.jumps == [9]
    page._show_pins(1)
    assert page.finder.model.one_talk
    talking.window.refresh(chats.outcome(msgspec.structs.replace(pinned, messages=[])))
    assert "Nothing is pinned" in page.finder.words.text()


# --- what is shown ---


def test_rows_say_who_where_and_when(finder: SearchPage, talking: Scene, chats: StagedChats) -> None:
    model = finder.model
    assert model.place(message(3, 1, 3, "x")) == "Noah Fischer in Release 1.0"
    assert model.place(message(2, 1, 3, "x")) == "Noah Fischer"
    assert model.place(message(2, 1, 1, "x")) == "이하늘 to Noah Fischer"
    assert model.place(message(99, 1, 3, "x")) == "Noah Fischer"
    model.one_talk = True
    assert model.place(message(3, 1, 3, "x")) == model.place(message(2, 1, 3, "x")) == "Noah Fischer"
    model.one_talk = False
    model.show([message(3, 1, 3, "**bold** word")], ("word",))
    told = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Noah Fischer in Release 1.0, ")
    assert told.endswith("bold word")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("release notes", ("release", "notes")),
        ('"release notes" 출시', ("release notes", "출시")),
        ("from:noah Build in:random", ("build",)),
        ('in:"Release 1.0" before:2026-11-23', ()),
        ("", ()),
        ('"', ()),
    ],
)
def test_the_words_of_a_search(query: str, words: tuple[str, ...]) -> None:
    assert searched_words(query) == words


def test_found_words_are_marked_wherever_they_stand() -> None:
    assert marked_spans("Release, release", ("release",)) == ((0, 7), (9, 7))
    assert marked_spans("출시노트를 보세요", ("노트",)) == ((2, 2),)
    assert marked_spans("ẞtraße", ("straße",)) == ()
    assert marked_spans("aaa", ("b",)) == ()


def test_the_part_with_the_words_is_shown() -> None:
    text = "long before " * 30 + "the release came"
    assert part_found(text, ("release",)).startswith("…")
    assert "release" in part_found(text, ("release",))[:60]
    assert part_found("short release", ("release",)) == "short release"
    assert part_found(text, ("nowhere",)) == text


def test_what_no_name_has_is_sought_in_messages(page: PeoplePage, chats: StagedChats, qtbot: QtBot) -> None:
    page.contacts.search.setText("zaphod")
    button = page.contacts.nobody.button
    assert (button.text(), button.isVisibleTo(page)) == ("Search in messages", True)
    button.click()
    assert page.finder.query.text() == "zaphod"
    assert chats.calls[-1] == ("search", "zaphod", None)
