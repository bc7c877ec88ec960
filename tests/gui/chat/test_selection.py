"""Text is selected from one message to another, in either direction, and copied with who said it and when."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.window_news import Removed
from presence_desktop.gui.chat.days import clock_time
from presence_desktop.gui.chat.deeds import Deed
from tests.gui.chat.conversation import attachment
from tests.gui.chat.stage import NOON, Stage, key, layout_of, message

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def told(stage: Stage, number: int, words: str) -> str:
    row = layout_of(stage, number).row
    return f"[{clock_time(row.message.sent_at)}] {stage.pane.company.name(row.message.sender_id)}: {words}"


def place(stage: Stage, number: int, across: float = 0.0) -> QPoint:
    """A point in the text of a message: its left edge, or so much farther to the right."""
    at = stage.pane.model.place(key(number))
    layout = layout_of(stage, number)
    assert at is not None
    assert layout.body is not None
    x = layout.body.left() + 1 + across * layout.body.width()
    return QPoint(round(x), round(layout.body.center().y()) + stage.pane.view.top_of(at))


def drag(stage: Stage, qtbot: QtBot, begin: QPoint, end: QPoint) -> None:
    viewport = stage.pane.view.viewport()
    qtbot.mousePress(viewport, LEFT, pos=begin)
    qtbot.mouseMove(viewport, end)
    qtbot.mouseRelease(viewport, LEFT, pos=end)


def three(stage: Stage) -> None:
    stage.open([message(1, "First", 2), message(2, "**Second**\nline", 3), message(3, "Third", 4)])


def test_from_one_message_to_another_in_either_direction(stage: Stage, qtbot: QtBot) -> None:
    three(stage)
    view = stage.pane.view
    whole = "\n".join([told(stage, 1, "First"), told(stage, 2, "Second\nline"), told(stage, 3, "Third")])
    drag(stage, qtbot, place(stage, 1), place(stage, 3, 0.9))
    assert view.selected_text() == whole
    drag(stage, qtbot, place(stage, 3, 0.9), place(stage, 1))
    assert view.selected_text() == whole
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == whole
    stage.pane.gestures._chosen(Deed.COPY, layout_of(stage, 2).row)
    assert QGuiApplication.clipboard().text() == whole


def test_a_click_with_shift_goes_on_and_one_without_ends_it(stage: Stage, qtbot: QtBot) -> None:
    three(stage)
    view = stage.pane.view
    drag(stage, qtbot, place(stage, 1), place(stage, 1, 0.9))
    assert view.selected_text() == "First"
    qtbot.mouseClick(view.viewport(), LEFT, SHIFT, place(stage, 3, 0.9))
    assert view.selected_text().endswith(told(stage, 3, "Third"))
    qtbot.mouseClick(view.viewport(), LEFT, pos=place(stage, 2))
    assert view.selected_text() == ""


def test_what_lies_between_is_named_though_it_has_no_words(stage: Stage, qtbot: QtBot) -> None:
    pdf = attachment(1, "plan.pdf", 10)
    stage.open([message(1, "First", 2), message(2, "", 3, attachments=[pdf]), message(3, "Third", 4)])
    drag(stage, qtbot, place(stage, 1), place(stage, 3, 0.9))
    assert stage.pane.view.selected_text().split("\n")[1] == told(stage, 2, "plan.pdf")


def test_what_is_gone_is_selected_no_longer(stage: Stage, qtbot: QtBot) -> None:
    three(stage)
    drag(stage, qtbot, place(stage, 1), place(stage, 3, 0.9))
    stage.window.everything.pop(0)
    stage.window._cut()
    stage.put(Changes(chat=(Removed(0, 1),), window=True))
    assert stage.pane.view.selected_text() == ""


def test_beyond_the_edge_the_view_is_pulled_along(stage: Stage, qtbot: QtBot) -> None:
    stage.open([message(number, f"message {number}", 2 + number % 3, NOON) for number in range(1, 90)])
    view = stage.pane.view
    viewport = view.viewport()
    assert view.at_end
    qtbot.mousePress(viewport, LEFT, pos=place(stage, 89, 0.9))
    qtbot.mouseMove(viewport, QPoint(200, -40))
    qtbot.waitUntil(lambda: not view.at_end)
    qtbot.waitUntil(lambda: view.selected_text().count("\n") > 20)
    qtbot.mouseRelease(viewport, LEFT, pos=QPoint(200, -40))
    assert not view._pull.isActive()
