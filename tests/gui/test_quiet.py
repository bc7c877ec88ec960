"""Quiet times in the window: asked for, ended, shown; working hours by day; who may break through."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, QTime
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.core.quiet import MINUTE, QuietTimes
from presence_desktop.core.working_hours import Span, WorkingHours
from presence_desktop.gui.quiet_board import QuietBoard
from presence_desktop.gui.quiet_menu import QuietMenu, add_through
from presence_desktop.gui.settings.held import Held
from presence_desktop.gui.settings.hours_row import HoursRow
from presence_desktop.gui.settings.through_row import ThroughRow
from presence_desktop.gui.tray import Tray
from tests.gui.scene import Scene, StandingClock

WEEK = WorkingHours(True)
MONDAY_TEN = datetime(2024, 7, 1, 10)


class StandingCalendar:
    """A wall whose clock stands at ten on a Monday when the clock begins."""

    def __init__(self, clock: StandingClock) -> None:
        self._begun = clock.moment

    def local(self, moment: int) -> datetime:
        return MONDAY_TEN + timedelta(milliseconds=moment - self._begun)

    def moment(self, local: datetime) -> int:
        return self._begun + round((local - MONDAY_TEN).total_seconds() * 1000)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def board(clock: StandingClock, qapp: QApplication) -> Iterator[QuietBoard]:
    board = QuietBoard(clock, StandingCalendar(clock))
    board.begin(QuietTimes())
    yield board
    board.end()


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_quiet_is_asked_for_and_ended_in_the_menu(board: QuietBoard, clock: StandingClock) -> None:
    kept: list[QuietTimes] = []
    told: list[bool] = []
    board.set_by_hand.connect(kept.append)
    board.changed.connect(lambda: told.append(board.is_quiet()))
    outer = QMenu()
    menu = QuietMenu(board, outer)
    assert menu.title() == "Quiet for…"
    assert len(words(menu)) == 3
    menu.actions()[0].trigger()
    assert kept[-1].pause_until == clock.moment + 30 * MINUTE
    menu.fill()
    assert menu.title().startswith("Quiet until")
    assert words(menu)[0] == "Not quiet any more"
    menu.actions()[0].trigger()
    assert not board.is_quiet()
    assert told == [True, False]
    menu.fill()
    menu.actions()[2].trigger()
    assert board.times.pause_until == clock.moment + 22 * 60 * MINUTE  # eight in the morning
    outer.deleteLater()


def test_at_night_the_morning_that_comes_is_not_tomorrow(board: QuietBoard, clock: StandingClock) -> None:
    outer = QMenu()
    menu = QuietMenu(board, outer)
    assert words(menu)[-1].startswith("Until tomorrow, ")
    clock.moment += 15 * 60 * MINUTE
    menu.fill()
    assert words(menu)[-1].startswith("Until ")
    assert "tomorrow" not in words(menu)[-1]
    outer.deleteLater()


def test_the_clock_ends_it(board: QuietBoard, clock: StandingClock) -> None:
    board.pause(clock.moment + MINUTE)
    told: list[bool] = []
    board.changed.connect(lambda: told.append(board.is_quiet()))
    clock.moment += MINUTE
    board.look()
    board.look()
    assert told == [False]


def test_outside_working_hours_it_says_why(board: QuietBoard, clock: StandingClock) -> None:
    board.set_hours(WEEK)
    assert board.words() == ""
    clock.moment += 9 * 60 * MINUTE
    assert "outside your working hours" in board.words()
    board.set_hours(WorkingHours(True, (None,) * 7))
    assert "no working hours on any day" in board.words()


def test_the_own_card_shows_that_it_is_quiet(scene: Scene, board: QuietBoard) -> None:
    scene.sign_in()
    selector = scene.window.people.selector
    selector.use(board)
    assert selector.quiet.isHidden()
    board.pause(board.now() + MINUTE)
    assert not selector.quiet.isHidden()
    assert "Quiet until" in selector.toolTip()
    assert "Quiet until" in selector.accessibleName()
    selector.choices.fill(scene.client.own, board.now())
    assert any(text.startswith("Quiet until") for text in words(selector.choices))
    board.stop()
    assert selector.quiet.isHidden()


def test_the_tray_offers_quiet_too(scene: Scene, board: QuietBoard) -> None:
    tray = Tray(scene.window.accounts)
    tray.use(board)
    assert "Quiet for…" in words(tray._menu)
    board.pause(board.now() + MINUTE)
    tray._menu.aboutToShow.emit()
    assert any(text.startswith("Quiet until") for text in words(tray._menu))
    tray.end()


def test_who_may_break_through_is_ticked(qapp: QApplication) -> None:
    chosen: list[bool] = []
    menu = QMenu()
    add_through(menu, held=True, choose=chosen.append)
    menu.actions()[0].trigger()
    assert chosen == [False]
    menu.deleteLater()


# --- settings ---


@pytest.fixture
def row(qtbot: QtBot) -> HoursRow:
    row = HoursRow()
    qtbot.addWidget(row)
    row.show_hours(WEEK)
    return row


def test_working_hours_are_set_by_day(row: HoursRow) -> None:
    told: list[WorkingHours] = []
    row.set.connect(told.append)
    saturday = row.week.days[5]
    assert not saturday.start.isEnabled()
    saturday.box.click()
    assert told[-1].days[5] == Span(540, 1080)
    saturday.start.setTime(QTime(22, 0))
    assert told[-1].days[5] == Span(22 * 60, 18 * 60)
    assert saturday.note.text() == "next day"
    assert "from" in saturday.start.accessibleName()
    row.box.click()
    assert told[-1].on is False
    assert row.week.isHidden()
    assert told[-1].days[5] == Span(22 * 60, 18 * 60)


def test_showing_them_sets_nothing(row: HoursRow) -> None:
    told: list[WorkingHours] = []
    row.set.connect(told.append)
    row.show_hours(WEEK.with_day(0, Span(60, 120)))
    row.show_hours(None)
    assert not row.offered
    assert told == []


def test_the_week_begins_where_it_does_in_this_place(row: HoursRow) -> None:
    before = QLocale()
    for name, first in (("en_US", 6), ("de_DE", 0)):
        QLocale.setDefault(QLocale(name))
        row.week.retranslate()
        assert row.week._grid.itemAtPosition(0, 0).widget() is row.week.days[first].box
    QLocale.setDefault(before)


def test_who_may_break_through_is_listed_and_taken_out(qtbot: QtBot) -> None:
    row = ThroughRow()
    qtbot.addWidget(row)
    gone: list[int] = []
    row.removed.connect(gone.append)
    row.show_people(())
    assert row.count.text() == "Nobody yet"
    row.show_people(((3, "Ada"), (4, "Bob")))
    assert row.count.text() == "2"
    row.people[4].click()
    assert gone == [4]
    row.show_people(None)
    assert not row.offered


def test_the_settings_page_has_both(scene: Scene) -> None:
    scene.sign_in()
    scene.window.ways.held = lambda: Held(hours=WEEK, through=((3, "Ada"),))
    scene.window.ways.open_settings()
    page = scene.window.ways.settings_page
    assert page is not None
    told: list[tuple[str, object]] = []
    page.chosen.connect(lambda name, value: told.append((name, value)))
    page.hours.box.click()
    page.through.people[3].click()
    assert told == [("hours", WorkingHours(False)), ("through", 3)]
    page.search.setText("break")
    shown: list[QWidget] = [row for row in (page.hours, page.through, page.theme) if row.isVisibleTo(page)]
    assert shown == [page.through]
