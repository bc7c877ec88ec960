"""Working hours among the settings: on or off, and for each day of the week from when until when.

Decides how a week is laid out (it begins where it does in this place); which times count is `core.working_hours`'.
"""

from itertools import pairwise

from PySide6.QtCore import QEvent, QLocale, QObject, QSignalBlocker, Qt, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QTimeEdit, QWidget
from typing_extensions import override

from presence_desktop.core.working_hours import Span, WorkingHours
from presence_desktop.gui import theme
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.settings.row import SwitchRow
from presence_desktop.gui.wheel import leave_wheel

_LONGEST = QTime(22, 58)
_NEW = Span(9 * 60, 18 * 60)
"""What a day begins with that had none."""


class HoursRow(SwitchRow):
    """The switch, and below it the week while it is on."""

    set = Signal(object)
    """`WorkingHours`."""

    def __init__(self) -> None:
        super().__init__("hours")
        self._hours = WorkingHours()
        self.week = Week()
        self.week.changed.connect(self._day_changed)
        self.outer.addWidget(self.week)
        self.chosen.connect(self._switched)

    def show_hours(self, hours: WorkingHours | None) -> None:
        """What holds now; None: it cannot be set."""
        self.show_value(None if hours is None else hours.on)
        self._hours = hours or WorkingHours()
        self.week.show_days(self._hours.days)
        self.week.setVisible(self._hours.on)

    def _switched(self, on: object) -> None:
        self._hours = WorkingHours(bool(on), self._hours.days)
        self.week.setVisible(self._hours.on)
        self.set.emit(self._hours)

    def _day_changed(self, weekday: int, span: Span | None) -> None:
        self._hours = self._hours.with_day(weekday, span)
        self.set.emit(self._hours)


class Week(QWidget):
    """Seven days, each with a box, two times, and a word where it goes on into the next day."""

    changed = Signal(int, object)
    """The day of the week (0: Monday), and its `Span` or None."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.UNIT)
        self._grid.setVerticalSpacing(theme.UNIT)
        self._grid.setColumnStretch(0, 1)
        self.days = tuple(Day(weekday) for weekday in range(7))
        for day in self.days:
            day.changed.connect(self._day_changed)
        self.retranslate()

    def show_days(self, days: tuple[Span | None, ...]) -> None:
        """What holds now, Monday first."""
        for day, span in zip(self.days, days, strict=True):
            day.show_span(span)

    def retranslate(self) -> None:
        """Names and order of the days, and how times are written, as the place has them."""
        first = QLocale().firstDayOfWeek().value - 1
        for row in range(7):
            day = self.days[(first + row) % 7]
            for column, part in enumerate((day.box, day.start, day.dash, day.end, day.note)):
                self._grid.addWidget(part, row, column)
            day.retranslate()
        order = [part for row in range(7) for part in self.days[(first + row) % 7].stops()]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _day_changed(self, weekday: int) -> None:
        self.changed.emit(weekday, self.days[weekday].span())


class Day(QObject):
    """The parts of one day; they stand in the week's grid."""

    changed = Signal(int)

    def __init__(self, weekday: int) -> None:
        super().__init__()
        self._weekday = weekday
        self.box, self.start, self.end = QCheckBox(), QTimeEdit(), QTimeEdit()
        self.dash, self.note = QLabel("–"), text_label(role="small")
        self.note.setWordWrap(False)
        self.box.clicked.connect(self._told)
        leave_wheel(self.start, self.end)
        for edit in (self.start, self.end):
            edit.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)  # arrows and digits do
            edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
            edit.timeChanged.connect(self._told)

    def stops(self) -> tuple[QWidget, ...]:
        """What the keyboard goes through."""
        return self.box, self.start, self.end

    def span(self) -> Span | None:
        """What is set."""
        if not self.box.isChecked():
            return None
        return Span(_minute(self.start.time()), _minute(self.end.time()))

    def show_span(self, span: Span | None) -> None:
        """What holds; the times of a day without hours are those it would begin with."""
        self.box.setChecked(span is not None)
        for edit, minute in ((self.start, (span or _NEW).start), (self.end, (span or _NEW).end)):
            with QSignalBlocker(edit):
                edit.setTime(QTime(minute // 60, minute % 60))
        self._follow()

    def retranslate(self) -> None:
        """Its name, and how times are written."""
        locale = QLocale()
        name = locale.standaloneDayName(self._weekday + 1, QLocale.FormatType.LongFormat)
        self.box.setText(name)
        self.start.setAccessibleName(self.tr("{day}, from").format(day=name))
        self.end.setAccessibleName(self.tr("{day}, until").format(day=name))
        for edit in (self.start, self.end):
            edit.setLocale(locale)
            edit.setDisplayFormat(locale.timeFormat(QLocale.FormatType.ShortFormat))
            longest = locale.toString(_LONGEST, QLocale.FormatType.ShortFormat)
            edit.setFixedWidth(edit.fontMetrics().horizontalAdvance(longest) + 6 * theme.UNIT)
        self._follow()

    def _told(self) -> None:
        self._follow()
        self.changed.emit(self._weekday)

    def _follow(self) -> None:
        span = self.span()
        for part in (self.start, self.dash, self.end):
            part.setEnabled(span is not None)
        self.note.setText(self.tr("next day") if span is not None and span.overnight else "")


def _minute(time: QTime) -> int:
    return time.hour() * 60 + time.minute()
