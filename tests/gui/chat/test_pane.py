"""What one can do to messages: by pointer, by key, by menu."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.row import Delivery
from presence_desktop.gui.chat import deeds as deeds_module
from presence_desktop.gui.chat.boxes import Hit, Spot
from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.language import Language
from presence_desktop.gui.theme import DARK, Scheme
from presence_desktop.protocol.chat import Kind, MemberRole
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Status
from tests.gui.chat.conversation import staged
from tests.gui.chat.stage import DIRECT, ROOM, Stage, click, key, layout_of, message, room, rows_of, unsent


def press(stage: Stage, qtbot: QtBot, number: int, pressed: Qt.Key) -> None:
    """A key while the keyboard is on a message."""
    view = stage.pane.view
    view.setFocus()
    view.setCurrentIndex(view.rows.index(stage.pane.model.place(key(number)) or 0, 0))
    qtbot.keyClick(view, pressed)


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deeds_module, "confirmed", lambda *_words: True)


def test_keys_act_on_the_message_they_are_on(talk: Stage, qtbot: QtBot, yes: None) -> None:
    press(talk, qtbot, 2, Qt.Key.Key_E)
    assert talk.pane.composer.editing == key(2)
    press(talk, qtbot, 1, Qt.Key.Key_E)  # somebody else's
    assert talk.pane.composer.editing == key(2)
    press(talk, qtbot, 1, Qt.Key.Key_R)
    assert talk.pane.composer.editing is None
    assert [row.key for row in talk.pane.composer.concerned] == [key(1)]
    press(talk, qtbot, 2, Qt.Key.Key_P)
    press(talk, qtbot, 2, Qt.Key.Key_Delete)
    assert talk.chats.asked[-2:] == [("pin", ROOM, key(2), True), ("delete", ROOM, key(2))]
    press(talk, qtbot, 1, Qt.Key.Key_X)
    assert talk.pane.composer.field.text == "x"
    assert talk.pane.composer.field.hasFocus()


def test_plus_opens_the_emoji_picker_and_what_is_picked_is_a_reaction(talk: Stage, qtbot: QtBot) -> None:
    press(talk, qtbot, 1, Qt.Key.Key_Plus)
    picker = talk.pane.gestures.picker
    assert picker is not None
    assert picker.isVisible()
    picker.picked.emit("🎉")
    picker.close_up()
    assert talk.chats.verbs("react") == [("react", ROOM, key(1), "🎉", True)]


def test_the_composers_emoji_go_into_the_text(talk: Stage, qtbot: QtBot) -> None:
    qtbot.mouseClick(talk.pane.composer.emoji, Qt.MouseButton.LeftButton)
    picker = talk.pane.gestures.picker
    assert picker is not None
    picker.picked.emit("🎉")
    picker.close_up()
    assert talk.pane.composer.field.text == "🎉"


def test_a_chip_takes_a_reaction_back(talk: Stage, qtbot: QtBot) -> None:
    chip = layout_of(talk, 3).chips[0]
    click(talk, qtbot, 3, chip.rect.center())
    assert talk.chats.verbs("react") == [("react", ROOM, key(3), "👍", False)]


def test_links_open_outside_and_no_others(talk: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    body = layout_of(talk, 1).body
    assert body is not None
    row = talk.window.rows[0]
    talk.pane.gestures._clicked(row, Hit(Spot.LINK, "https://x.y/z"))
    talk.pane.gestures._clicked(row, Hit(Spot.LINK, "javascript:alert(1)"))
    assert [url.toString() for url in opened] == ["https://x.y/z"]


def test_sender_and_quote_lead_on(talk: Stage, qtbot: QtBot) -> None:
    layout = layout_of(talk, 2)
    assert layout.quote is not None
    click(talk, qtbot, 2, layout.quote.center())
    assert talk.pane.view._flashed == key(1)
    talk.pane.view._flash.stop()
    avatar = layout_of(talk, 1).avatar
    assert avatar is not None
    with qtbot.waitSignal(talk.pane.person_asked, check_params_cb=lambda user_id: user_id == 2):
        click(talk, qtbot, 1, avatar.center())


def test_what_was_not_sent_can_be_tried_again_or_discarded(talk: Stage, qtbot: QtBot) -> None:
    failed = unsent(9, "too long", Delivery.FAILED, error=Code.TEXT_TOO_LONG)
    talk.put(talk.window.append(failed))
    layout = layout_of(talk, 9)
    assert layout.retry is not None
    assert layout.discard is not None
    assert layout.edit is not None
    click(talk, qtbot, 9, layout.edit.center())
    assert talk.pane.composer.editing == key(9)
    click(talk, qtbot, 9, layout_of(talk, 9).retry.center())
    click(talk, qtbot, 9, layout.discard.center())
    assert talk.chats.asked[-2:] == [("retry", key(9)), ("discard", key(9))]
    assert talk.pane.deeds.offered(failed) == [Deed.EDIT, Deed.COPY, Deed.RETRY, Deed.DISCARD]


def test_screen_readers_hear_what_others_say(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    talk.put(talk.window.append(*rows_of([message(4, "listen", 2), message(5, "I do", 1)])))
    assert len(heard) == 1
    assert "listen" in heard[0]


def test_screen_readers_hear_how_the_one_is_whom_one_talks_to(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    contact = talk.client.roster.get(4)
    assert contact is not None

    def becomes(status: Status) -> None:
        contact.status = status
        talk.put(Changes(people=frozenset({4})))

    becomes(Status.BUSY)
    assert heard == [], "it is another conversation that is open"
    talk.pane.show_talk(DIRECT)
    becomes(Status.AWAY)
    becomes(Status.AWAY)
    assert heard == ["박지후, Away"]
    contact.known = False
    talk.put(Changes(everyone=True))
    contact.known = True
    talk.put(Changes(everyone=True))
    becomes(Status.ONLINE)
    assert heard[1:] == ["박지후, Online"]


@pytest.mark.parametrize(
    ("role", "sender", "offered"),
    [
        (MemberRole.MEMBER, 2, [Deed.REPLY, Deed.REACT, Deed.COPY]),
        (MemberRole.MEMBER, 1, [Deed.REPLY, Deed.EDIT, Deed.REACT, Deed.COPY, Deed.DELETE]),
        (MemberRole.MODERATOR, 2, [Deed.REPLY, Deed.REACT, Deed.COPY, Deed.PIN, Deed.DELETE]),
    ],
)
def test_only_what_one_may_do_is_offered(
    stage: Stage, role: MemberRole, sender: int, offered: list[Deed]
) -> None:
    stage.chats.talks[ROOM] = room(my_role=role)
    stage.open([message(1, "x", sender), message(2, "", sender, deleted_at=5)])
    assert stage.pane.deeds.offered(stage.window.rows[0]) == offered
    assert stage.pane.deeds.offered(stage.window.rows[1]) in ([], [Deed.COPY])


def test_the_menu_says_all_that_can_be_done(talk: Stage, qtbot: QtBot) -> None:
    talk.pane.gestures._menu(talk.window.rows[1], talk.pane.mapToGlobal(QPoint(50, 50)))
    menu = talk.pane.view.findChild(QMenu, "row-menu")
    assert menu is not None
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == ["Go to what it answers", "Reply", "Edit", "React…", "Copy text", "Pin", "Delete…"]
    talk.pane.gestures._menu(talk.window.rows[0], talk.pane.mapToGlobal(QPoint(50, 50)))
    other = talk.pane.view.findChildren(QMenu, "row-menu")[-1]
    assert [action.text() for action in other.actions() if action.text()][-1] == "Open https://x.y/z"
    other.close()
    quick = menu.findChildren(QPushButton)
    quick[0].click()
    assert len(talk.chats.verbs("react")) == 1
    menu.close()


def test_the_bar_stands_over_the_message_under_the_pointer(talk: Stage, qtbot: QtBot) -> None:
    view, bar = talk.pane.view, talk.pane.gestures.bar
    box = view.box_of(key(2))
    assert box is not None
    qtbot.mouseMove(view.viewport(), box.center())
    qtbot.waitUntil(bar.isVisible)
    bar.chosen.emit(Deed.REPLY, talk.window.rows[1])
    assert [row.key for row in talk.pane.composer.concerned] == [key(2)]
    view.unhover()
    assert not bar.isVisible()


def test_copying_a_message_copies_what_was_written(talk: Stage, qtbot: QtBot) -> None:
    talk.pane.deeds.do(Deed.COPY, talk.window.rows[0])
    assert QGuiApplication.clipboard().text() == "Hello [here](https://x.y/z)"


def test_what_was_in_view_was_read(talk: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: talk.chats.verbs("mark_read") == [("mark_read", ROOM, 3)])
    assert talk.chats.talks[ROOM].unread == 0


def test_who_types_is_told_in_a_line_that_is_always_there(talk: Stage) -> None:
    height = talk.pane.typing_line.height()
    for typing, words in (
        ((2,), "김민서 is typing…"),
        ((2, 3), "김민서 and Noah Fischer are typing…"),
        ((2, 3, 4, 5), "4 people are typing…"),
        ((), ""),
    ):
        talk.chats.talks[ROOM] = replace(talk.chats.talks[ROOM], typing=typing)
        talk.put(Changes(talks=frozenset({ROOM})))
        assert talk.pane.typing_line.text() == words
        assert talk.pane.typing_line.height() == height


def test_the_header_says_what_and_who(talk: Stage, qtbot: QtBot) -> None:
    header = talk.pane.header
    assert header.title.name.text() == room().title
    assert header.title.topic.text() == room().topic
    talk.chats.here_now = (2, 3)
    talk.put(Changes(window=True))
    assert header.here.accessibleName() == "Here now: 김민서, Noah Fischer"
    for button, signal in (
        (header.members_button, talk.pane.members_asked),
        (header.pins_button, talk.pane.pins_asked),
        (header.search_button, talk.pane.search_asked),
    ):
        with qtbot.waitSignal(signal, check_params_cb=lambda talk_id: talk_id == ROOM):
            button.click()
    assert not header.back_button.isVisible()
    talk.pane.set_narrow(True)
    with qtbot.waitSignal(talk.pane.back):
        header.back_button.click()
    talk.pane.show_talk(DIRECT)
    assert header.title.name.text() == "박지후"
    assert not header.members_button.isVisible()


def test_a_thousand_changes_elsewhere_paint_nothing_here(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(talk.pane.header, "refresh", lambda: drawn.append("header"))
    monkeypatch.setattr(
        talk.pane.view, "senders", lambda: {2, 3} if not drawn else drawn.append("rows") or set()
    )
    talk.put(Changes(people=frozenset(range(20, 1020))))
    assert drawn == []
    talk.chats.here_now = (3,)
    talk.put(Changes(people=frozenset({3})))
    assert drawn == ["header"]


def test_a_conversation_one_was_put_out_of_closes(talk: Stage, qtbot: QtBot) -> None:
    del talk.chats.talks[ROOM]
    with qtbot.waitSignal(talk.pane.back):
        talk.put(Changes(talks=frozenset({ROOM})))
    assert talk.pane.shown is None


def test_looking_away_draws_the_line(talk: Stage) -> None:
    talk.pane.reading.follow_state(Qt.ApplicationState.ApplicationInactive)
    assert talk.window.lines_drawn == 1


def test_everything_together_in_every_look_and_language(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    view = staged(stage, tmp_path)
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        stage.look.set_scheme(scheme)
        for language in (Language.KOREAN, Language.ENGLISH):
            stage.languages.choose(language)
            for value in range(0, view.verticalScrollBar().maximum(), 200):
                view.verticalScrollBar().setValue(value)
                stage.pane.grab()
    stage.look.set_scheme(Scheme.DARK)
    assert stage.look.palette is DARK
    assert stage.chats.talks[DIRECT].kind is Kind.DIRECT
