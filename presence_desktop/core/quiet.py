"""When nothing pops up: outside working hours, and for as long as one asked for; unread counts go on all the time.

Pure values. A pause ends by itself; where working hours are over by then, the quiet goes on until they begin. Quiet
that comes by the hours can be ended by hand, until the hours begin next. A pause that would last longer than any that
can be asked for (the computer's clock was put back) does not count.
"""

from datetime import timedelta
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from presence_desktop.core.working_hours import Calendar, WorkingHours

MINUTE = 60_000
_DAY = 24 * 60 * MINUTE
_LONGEST_PAUSE = 2 * _DAY
_LONGEST_LOUD = 9 * _DAY
_ALWAYS = WorkingHours()
_NIGHT = 4
"""Before this hour the day that ended is still meant by *today*."""
_MORNING = 8 * 60
"""When a day begins that has no working hours, in minutes after midnight."""


class Cause(Enum):
    """Why it is quiet."""

    HOURS = auto()
    PAUSE = auto()


class Quiet(Struct, frozen=True):
    """That it is quiet now."""

    cause: Cause
    until: int | None
    """When it ends by itself, in ms; None: never, as there are no working hours on any day."""


class QuietTimes(Struct, frozen=True):
    """What the person set."""

    hours: WorkingHours = _ALWAYS
    pause_until: int | None = None
    """Quiet until then, in ms."""
    loud_until: int | None = None
    """Working hours do not matter until then, in ms."""

    def at(self, now: int, calendar: Calendar) -> Quiet | None:
        """Whether it is quiet, why, and until when; None: it is not."""
        pause = self._pause(now)
        then = now if pause is None else pause
        local = calendar.local(then)
        if self.hours.working(local) or self._loud(then):
            return None if pause is None else Quiet(Cause.PAUSE, pause)
        start = self.hours.next_start(local)
        cause = Cause.HOURS if pause is None else Cause.PAUSE
        return Quiet(cause, None if start is None else calendar.moment(start))

    def paused(self, until: int) -> "QuietTimes":
        """Quiet until a moment, in ms."""
        return replace(self, pause_until=until)

    def ended(self, now: int, calendar: Calendar) -> "QuietTimes":
        """Not quiet any more, by hand."""
        loud = replace(self, pause_until=None)
        quiet = loud.at(now, calendar)
        if quiet is None:
            return loud
        return replace(loud, loud_until=now + _DAY if quiet.until is None else quiet.until)

    def with_hours(self, hours: WorkingHours) -> "QuietTimes":
        """Other working hours; they hold at once."""
        return replace(self, hours=hours, loud_until=None)

    def pauses(self, now: int, calendar: Calendar) -> tuple[int, int, int]:
        """When the pauses that are offered would end: in half an hour, in an hour, tomorrow when the day begins (in the
        small hours: when this one does).
        """
        local, hour = calendar.local(now), now + 60 * MINUTE
        morning = calendar.moment(self.hours.start_of(local, _MORNING))
        if local.hour >= _NIGHT or morning <= hour:
            morning = calendar.moment(self.hours.start_of(local + timedelta(days=1), _MORNING))
        return now + 30 * MINUTE, hour, morning

    def _pause(self, now: int) -> int | None:
        until = self.pause_until
        return until if until is not None and now < until <= now + _LONGEST_PAUSE else None

    def _loud(self, moment: int) -> bool:
        return self.loud_until is not None and moment < self.loud_until <= moment + _LONGEST_LOUD
