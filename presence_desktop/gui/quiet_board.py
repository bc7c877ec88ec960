"""Whether it is quiet now, for all who show it or ask: one per app. Says when that changes, by hand or by the clock.

The rules are `core.quiet`'s. What the person set is kept by `app`; that nothing pops up then is `core.notifying`'s.
"""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from presence_desktop.core.ports import Clock
from presence_desktop.core.quiet import Cause, Quiet, QuietTimes
from presence_desktop.core.working_hours import Calendar, WorkingHours
from presence_desktop.gui.when import at

_tr = QCoreApplication.translate
_LOOK_MS = 5_000
"""How often the clock on the wall is looked at: it may also be set, or the computer have slept."""


class QuietBoard(QObject):
    """Holds the `QuietTimes`."""

    changed = Signal()
    """It is quiet now, or not any more, or until another time."""
    set_by_hand = Signal(object)
    """The `QuietTimes` as the person set them, to be kept."""

    def __init__(self, clock: Clock, calendar: Calendar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._calendar = clock, calendar
        self.times = QuietTimes()
        self._shown: Quiet | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self, times: QuietTimes) -> None:
        """What was set in earlier runs."""
        self.times = times
        self._timer.start()
        self.look()

    def end(self) -> None:
        """Look at the clock no more."""
        self._timer.stop()

    def now(self) -> int:
        """The moment, in ms."""
        return self._clock.now()

    def local(self) -> datetime:
        """What the clock on the wall says."""
        return self._calendar.local(self._clock.now())

    def quiet(self) -> Quiet | None:
        """How it stands."""
        return self.times.at(self._clock.now(), self._calendar)

    def is_quiet(self) -> bool:
        """Whether nothing is to pop up."""
        return self.quiet() is not None

    def look(self) -> None:
        """Some time passed."""
        quiet = self.quiet()
        if quiet != self._shown:
            self._shown = quiet
            self.changed.emit()

    def is_today(self, moment: int) -> bool:
        """Whether it is on the day that the wall clock shows."""
        return self._calendar.local(moment).date() == self.local().date()

    def pauses(self) -> tuple[int, int, int]:
        """When the pauses that are offered would end: half an hour, an hour, tomorrow."""
        return self.times.pauses(self._clock.now(), self._calendar)

    def pause(self, until: int) -> None:
        """Quiet until then (ms)."""
        self._set(self.times.paused(until))

    def stop(self) -> None:
        """Not quiet any more."""
        self._set(self.times.ended(self._clock.now(), self._calendar))

    def set_hours(self, hours: WorkingHours) -> None:
        """Other working hours."""
        if hours != self.times.hours:
            self._set(self.times.with_hours(hours))

    def words(self) -> str:
        """How it stands, in a sentence; empty: it is not quiet."""
        quiet = self.quiet()
        if quiet is None:
            return ""
        if quiet.until is None:
            return _tr("quiet", "Quiet: there are no working hours on any day")
        time = at(quiet.until, self._clock.now())
        if quiet.cause is Cause.PAUSE:
            return _tr("quiet", "Quiet until {time}").format(time=time)
        return _tr("quiet", "Quiet until {time}, outside your working hours").format(time=time)

    def _set(self, times: QuietTimes) -> None:
        self.times = times
        self.look()
        self.set_by_hand.emit(times)
