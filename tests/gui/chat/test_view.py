"""The messages on the screen: nothing jumps, more comes as one scrolls, pointer and keyboard find everything."""

from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.row import Delivery, Row
from presence_desktop.core.chat.window_news import Changed, Inserted, Removed
from presence_desktop.gui.chat.anchored import GUESS
from presence_desktop.gui.chat.boxes import RowLayout
from presence_desktop.gui.chat.view import ChatView
from presence_desktop.protocol.chat import Message
from tests.gui.chat.stage import NOON, ROOM, Stage, key, message, rows_of, unsent


def many(count: int, first: int = 1) -> list[Message]:
    """Messages of very different heights."""
    return [
        message(number, f"Message {number} " + "words " * (number * 37 % 90), sender=2 + number // 3 % 5)
        for number in range(first, first + count)
    ]


def places(view: ChatView) -> dict[UUID, int]:
    """Where on the screen each visible row is."""
    return {row.key: view.top_of(at) for at in view.visible() if (row := view.rows.row(at)) is not None}


def moved(before: dict[UUID, int], after: dict[UUID, int]) -> set[int]:
    """By how many pixels rows moved that were and are on the screen."""
    return {after[one] - before[one] for one in before if one in after}


def layout_of(stage: Stage, number: int) -> tuple[int, RowLayout]:
    at = stage.pane.model.place(key(number))
    assert at is not None
    layout = stage.pane.view.layout_at(at)
    assert layout is not None
    return stage.pane.view.top_of(at), layout


def click(stage: Stage, qtbot: QtBot, number: int, point: QPointF) -> None:
    top, _ = layout_of(stage, number)
    place = QPoint(round(point.x()), round(point.y()) + top)
    qtbot.mouseClick(stage.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_opens_at_the_newest_and_stays_there(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(1000))
    view = stage.pane.view
    assert view.at_end
    assert key(1000) in places(view)
    stage.put(stage.window.append(*rows_of(many(3, 1001))))
    assert view.at_end
    assert key(1003) in places(view)
    bottom = view.top_of(view.rows.rowCount() - 1) + view.rowHeight(view.rows.rowCount() - 1)
    assert bottom == view.viewport().height()


def test_few_messages_stand_at_the_end_under_the_beginning(stage: Stage) -> None:
    stage.open([message(1, "Hello"), message(2, "there")])
    view = stage.pane.view
    assert view.top_of(1) + view.rowHeight(1) == view.viewport().height()
    assert view.lead > stage.pane._opening.height()
    assert view.verticalScrollBar().maximum() == 0


def test_it_opens_at_the_first_unread(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(300), first_unread=200)
    view = stage.pane.view
    assert 0 <= places(view)[key(200)] <= view.viewport().height() // 2
    assert not view.at_end
    assert stage.pane.way_down.button.isVisible()


def test_scrolling_moves_rows_by_exactly_what_was_scrolled(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(1000))
    view, bar = stage.pane.view, stage.pane.view.verticalScrollBar()
    for step in (-90, -300, -37, -410, 55, -222, -400, -400, 13):
        before = places(view)
        bar.setValue(bar.value() + step)
        found = moved(before, places(view))
        assert found == {-step} or abs(step) >= view.viewport().height(), step
        qtbot.wait(1)  # what is measured ahead meanwhile moves nothing either
        assert moved(places(view), places(view)) == {0}


def test_measuring_ahead_moves_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(1000))
    view, bar = stage.pane.view, stage.pane.view.verticalScrollBar()
    bar.setValue(bar.value() - 700)
    before = places(view)
    qtbot.waitUntil(lambda: not view._idle.isActive())
    assert moved(before, places(view)) == {0}


def test_older_rows_come_in_above_without_a_jump(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(1000))
    view, bar = stage.pane.view, stage.pane.view.verticalScrollBar()
    first = stage.window.rows[0].key
    while stage.window.rows[0].key == first:
        bar.setValue(bar.value() - 400)
        before, count = places(view), view.rows.rowCount()
        qtbot.waitUntil(lambda: not stage.pane.paging.soon.isActive())
        assert moved(before, places(view)) == {0}
    assert view.rows.rowCount() > count
    assert not stage.window.has_newer


def test_to_the_very_beginning_and_back_to_the_end(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(1000))
    view, bar = stage.pane.view, stage.pane.view.verticalScrollBar()
    for _ in range(200):
        bar.setValue(0)
        qtbot.wait(2)
        if not stage.window.has_older and bar.value() == 0:
            break
    assert view.top_of(0) == view.lead
    assert places(view)[key(1)] == view.lead
    assert stage.window.has_newer
    assert stage.pane.model.rowCount() == 500
    for _ in range(200):
        bar.setValue(bar.maximum())
        qtbot.wait(2)
        if not stage.window.has_newer and view.at_end:
            break
    assert key(1000) in places(view)


@pytest.mark.parametrize("at", [0, 150, 299])
def test_whatever_happens_elsewhere_the_row_one_reads_stays(stage: Stage, qtbot: QtBot, at: int) -> None:
    stage.open(many(300))
    view = stage.pane.view
    view.show_row(key(150), 0.5)
    window = stage.window
    before = places(view)
    row = window.rows[at]
    stage.put(window.change(at, Row(row.key, msgspec.structs.replace(row.message, text="short"))))
    after = places(view)
    reading = next(iter(before))
    if at != 150:
        assert after[reading] == before[reading]
    before = places(view)
    stage.put(window.append(*rows_of(many(5, 301))))
    assert moved(before, places(view)) == {0}
    stage.put(window.remove(at))
    assert len(moved(before, places(view)) - {0}) <= 1  # rows below a removed one close up


def test_a_row_that_is_held_and_goes_is_followed_by_its_neighbour(stage: Stage) -> None:
    stage.open(many(300))
    view = stage.pane.view
    view.show_row(key(100), 0.0)
    before = places(view)
    at = stage.pane.model.place(key(100))
    assert at is not None
    stage.put(stage.window.remove(at))
    assert set(places(view)) & set(before)


def test_a_resize_keeps_the_row_one_reads(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(300))
    view = stage.pane.view
    view.show_row(key(150), 0.0)
    stage.pane.resize(420, 500)
    qtbot.waitUntil(lambda: view.viewport().width() < 500)
    assert places(view)[key(150)] == 0
    view.show_end()
    stage.pane.resize(900, 700)
    qtbot.waitUntil(lambda: view.viewport().width() > 700)
    assert view.at_end


def test_the_day_floats_while_one_scrolls(stage: Stage, qtbot: QtBot) -> None:
    day = 86_400_000
    stage.open([message(number, "x", at=NOON - (60 - number) * day // 20) for number in range(1, 61)])
    pane, bar = stage.pane, stage.pane.view.verticalScrollBar()
    assert not pane.day.isVisible()
    bar.setValue(bar.value() - 60)
    assert pane.day.isVisible()
    assert pane.day.words in ("Today", "Yesterday")
    bar.setValue(bar.maximum())
    assert not pane.day.isVisible()
    bar.setValue(0)
    assert not pane.day.isVisible()  # the first row tells its day itself


def test_a_jump_within_and_beyond_what_is_here(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(1000))
    view = stage.pane.view
    stage.pane.jump(950)
    assert key(950) in places(view)
    assert view._flashed == key(950)
    stage.pane.jump(100)
    assert key(100) in places(view)
    assert stage.window.has_newer
    qtbot.mouseClick(stage.pane.way_down.button, Qt.MouseButton.LeftButton)
    assert key(1000) in places(view)
    assert view.at_end
    assert not stage.pane.way_down.button.isVisible()
    view._flash.stop()


def test_arrows_go_from_message_to_message(stage: Stage, qtbot: QtBot) -> None:
    stage.open(many(100))
    view, field = stage.pane.view, stage.pane.composer.field
    stage.pane.focus()
    qtbot.keyClick(field, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert view.hasFocus()
    assert view.current_row().key == key(100)
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_row().key == key(70)
    assert 0 <= places(view)[key(70)] < view.viewport().height()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert field.hasFocus()


def test_text_is_selected_by_the_pointer_and_copied(stage: Stage, qtbot: QtBot) -> None:
    stage.open([message(1, "First **second** third")])
    view = stage.pane.view
    top, layout = layout_of(stage, 1)
    assert layout.body is not None
    start = QPoint(round(layout.body.left()) + 1, round(layout.body.center().y()) + top)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), start + QPoint(600, 0))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(600, 0))
    assert view.selected_text() == "First second third"
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "First second third"
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert view.selected_text() == "First"


def test_after_a_click_letters_are_text_and_no_commands(stage: Stage, qtbot: QtBot) -> None:
    stage.open([message(1, "Hello", 2)])
    view = stage.pane.view
    _top, layout = layout_of(stage, 1)
    assert layout.body is not None
    click(stage, qtbot, 1, layout.body.center())
    assert stage.pane.composer.field.hasFocus()
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_R)
    assert stage.pane.composer.concerned == []
    assert stage.pane.composer.field.text == "r"


def test_heights_of_rows_that_went_are_forgotten(stage: Stage) -> None:
    stage.open(many(20))
    view = stage.pane.view
    for number in range(100):
        stage.put(stage.window.append(*rows_of(many(1, 21 + number))))
        stage.put(stage.window.remove(0))
    assert len(view._known) <= 3 * len(stage.window.rows)


def test_what_lies_under_the_pointer_is_told(stage: Stage, qtbot: QtBot) -> None:
    stage.chats.talks[ROOM] = replace(
        stage.chats.talks[ROOM],
        members=tuple(msgspec.structs.replace(m, read_seq=9) for m in stage.chats.talks[ROOM].members),
    )
    told = [{"emoji": "👍", "userIds": [2, 3]}]
    stage.open([message(1, "[here](https://x.y/z)", 2), message(2, "mine", 1, reactions=told)])
    from presence_desktop.gui.chat.hovers import hover_words

    _, layout = layout_of(stage, 1)
    assert layout.body is not None
    hit = layout.hit(layout.body.topLeft() + QPointF(5, 8))
    assert hover_words(layout.row, hit, stage.pane.company) == "https://x.y/z"
    _, layout = layout_of(stage, 2)
    chip = layout.hit(layout.chips[0].rect.center())
    assert hover_words(layout.row, chip, stage.pane.company) == "👍 from 김민서, Noah Fischer"
    assert layout.mark is not None
    mark = layout.hit(layout.mark.center())
    assert hover_words(layout.row, mark, stage.pane.company).startswith("Read by 김민서, Noah Fischer")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Delivery.PENDING, "waiting to be sent"), (Delivery.SENT, "sent"), (Delivery.DELIVERED, "delivered"),
        (Delivery.READ, "read"), (Delivery.FAILED, "not sent"),
    ],
)  # fmt: skip
def test_screen_readers_hear_how_far_a_message_got(stage: Stage, state: Delivery, words: str) -> None:
    stage.open([message(1, "one", 2)])
    row = unsent(2, "two", state)
    stage.put(stage.window.append(row))
    table = QAccessible.queryAccessibleInterface(stage.pane.view)
    cells = [table.child(number) for number in range(table.childCount())]
    spoken = [cell.text(QAccessible.Text.Name) for cell in cells if cell is not None]
    assert any("two" in one and one.endswith(words) for one in spoken)


def test_rows_that_came_and_went_at_once_are_no_trouble(stage: Stage) -> None:
    stage.open(many(50))
    window = stage.window
    stage.put(Changes(chat=(Inserted(50, 2), Removed(50, 2), Changed(3, 1))))
    assert stage.pane.model.rowCount() == len(window.rows)


def test_measuring_ahead_leaves_no_stale_picture(stage: Stage, qtbot: QtBot) -> None:
    stage.open([message(number, f"short {number}") for number in range(1, 200)])
    view = stage.pane.view
    qtbot.waitUntil(lambda: not view._idle.isActive())
    first = view.visible().start
    for at in range(first - 10, first):  # as before they are measured
        view.verticalHeader().resizeSection(at, 2 * GUESS)
    view.forget_heights()
    view._idle.stop()
    QApplication.processEvents()
    painted: list[QRegion] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                painted.append(event.region())
            return False

    watch = Watch()
    view.viewport().installEventFilter(watch)
    before = view.verticalScrollBar().value()
    view._measure_ahead()
    assert view.verticalScrollBar().value() != before  # the rows above turned out to be smaller
    qtbot.waitUntil(lambda: bool(painted))
    assert painted[0].boundingRect() == view.viewport().rect()


def test_a_scroll_bar_with_nowhere_to_go_has_no_handle(stage: Stage) -> None:
    stage.open(many(1))
    bar = stage.pane.view.verticalScrollBar()
    assert not bar.isEnabled()
    stage.put(stage.window.append(*rows_of(many(60, 2))))
    assert bar.isEnabled()
