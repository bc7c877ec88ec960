"""The signs of servers are put in another order by dragging and by key, and say what tells them apart."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.gui.rail import Rail
from presence_desktop.gui.server_sign import ServerSign
from presence_desktop.gui.settings.page import SettingsPage
from tests.gui.scene import ME
from tests.gui.test_several_servers import ADA, STUDIO, Town, town

__all__ = ["town"]

_MOVE, _LEFT = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def shown(town: Town) -> Rail:
    """Three servers: the first, the studio, and a third."""
    town.join_studio()
    third = town.fresh()
    third.remember("http://10.0.0.1:3001", ADA.email)
    town.window.accounts.listed.emit()
    town.window.show()
    QTest.qWait(0)
    return town.window.rail


def servers(rail: Rail) -> list[str]:
    return [sign.view.server for sign in rail.signs]


def over(rail: Rail, sign: ServerSign, share: float) -> QPointF:
    """In this sign, so far down."""
    return QPointF(sign.mapTo(rail, QPoint(8, round(sign.height() * share))))


def drop(rail: Rail, place: QPointF) -> bool:
    """Drag to there and let go; whether the rail took it."""
    data = QMimeData()
    enter = QDragEnterEvent(place.toPoint(), _MOVE, data, _LEFT, _NONE)
    move = QDragMoveEvent(place.toPoint(), _MOVE, data, _LEFT, _NONE)
    fall = QDropEvent(place, _MOVE, data, _LEFT, _NONE)
    enter.ignore()
    for event in (enter, move):
        QApplication.sendEvent(rail, event)
    if rail.mark.isVisible():
        QApplication.sendEvent(rail, fall)
    return enter.isAccepted() and move.isAccepted()


def test_a_sign_goes_where_it_is_dropped(town: Town) -> None:
    rail = shown(town)
    first, studio, third = rail.signs
    order = servers(rail)
    arranged: list[None] = []
    town.window.accounts.arranged.connect(lambda: arranged.append(None))
    rail.begin_drag(first)
    assert not drop(rail, over(rail, first, 0.9))  # it stands there
    assert not drop(rail, over(rail, studio, 0.2))
    assert arranged == []
    assert drop(rail, over(rail, third, 0.9))
    rail.end_drag()
    assert servers(rail) == [*order[1:], order[0]]
    QTest.qWait(0)
    rail.begin_drag(first)
    assert drop(rail, over(rail, studio, 0.1))
    rail.end_drag()
    assert servers(rail) == order
    assert len(arranged) == 2
    assert rail.signs == [first, studio, third]  # the same signs: the keyboard stays where it is


def test_what_is_dragged_from_elsewhere_means_nothing(town: Town) -> None:
    rail = shown(town)
    assert not drop(rail, over(rail, rail.signs[2], 0.9))
    rail.begin_drag(rail.signs[0])
    place, data = over(rail, rail.signs[2], 0.9).toPoint(), QMimeData()
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(rail, kind(place, _MOVE, data, _LEFT, _NONE))
    assert rail.mark.isVisible()
    QApplication.sendEvent(rail, QDragLeaveEvent())
    assert not rail.mark.isVisible()
    rail.end_drag()


def test_only_a_pull_drags_and_a_click_opens(town: Town) -> None:
    rail = shown(town)
    sign = rail.signs[0]
    pulled: list[QPoint] = []
    sign.drag_wanted.disconnect()
    sign.drag_wanted.connect(pulled.append)
    begin = QPoint(10, 10)
    QTest.mousePress(sign, _LEFT, pos=begin)
    QTest.mouseMove(sign, begin + QPoint(1, 1))
    assert pulled == []
    QTest.mouseRelease(sign, _LEFT, pos=begin)
    assert town.window.account is sign.view
    QTest.mousePress(sign, _LEFT, pos=begin)
    QTest.mouseMove(sign, begin + QPoint(0, 30))
    QTest.mouseMove(sign, begin + QPoint(0, 40))
    assert pulled == [begin]
    assert not sign.isDown()
    QTest.mouseRelease(sign, _LEFT, pos=begin)


def test_keys_walk_among_the_signs_and_move_them(town: Town, qtbot: QtBot) -> None:
    rail = shown(town)
    town.window.activateWindow()
    assert QTest.qWaitForWindowActive(town.window)
    order = servers(rail)
    first, studio, _third = rail.signs
    assert [bool(sign.focusPolicy() & Qt.FocusPolicy.TabFocus) for sign in rail.signs] == [False, True, False]
    studio.setFocus()
    QTest.keyClick(studio, Qt.Key.Key_Up)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Up)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Down, CTRL_SHIFT)
    assert servers(rail) == [order[1], order[0], order[2]]
    assert first.hasFocus()
    for _ in range(3):
        QTest.keyClick(first, Qt.Key.Key_Down, CTRL_SHIFT)
    assert servers(rail) == [order[1], order[2], order[0]]
    QTest.keyClick(first, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert servers(rail)[2] == order[0]


def test_no_two_signs_say_the_same(town: Town) -> None:
    rail = shown(town)
    assert [sign._mark for sign in rail.signs] == ["TC", "ST", ".1"]
    again = town.fresh()
    again.take((incoming.SignedIn(STUDIO, ME),))
    town.window.accounts.listed.emit()
    assert [sign._mark for sign in rail.signs] == ["TC", "SA", ".1", "SS"]
    town.window.grab()


def test_the_smallest_window_has_room_for_a_page_beside_the_signs(town: Town, qtbot: QtBot) -> None:
    window = town.window
    rail = shown(town)
    window.resize(1, 1)
    qtbot.waitUntil(lambda: window.width() < 500)
    assert rail.isVisible()
    assert window.pages.width() >= 360
    window.ways.open_settings()
    page = window.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.hours.show_hours(WorkingHours(on=True))
    bars = [area.horizontalScrollBar() for area in page.findChildren(QScrollArea)]
    assert bars
    assert page.hours.minimumSizeHint().width() <= page.closing.minimumSizeHint().width()
    qtbot.waitUntil(lambda: all(bar.maximum() == 0 for bar in bars))
