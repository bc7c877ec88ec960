"""Working hours: on each day of the week from when until when, in the time of the place where the computer is.

Pure: what the clock on the wall says is told (`Calendar`). A span that does not end after it starts goes on into the
next day; one that ends as it starts takes the whole day round.
"""

from datetime import datetime, time, timedelta
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

DAY_MINUTES = 24 * 60


class Calendar(Protocol):
    """What the clock on the wall says; it is put forward and back, and goes with the traveller."""

    def local(self, moment: int) -> datetime:
        """Date and time of the place (naive) at a moment in ms since the Unix epoch."""
        ...

    def moment(self, local: datetime) -> int:
        """The moment in ms of a date and time of the place. One that is left out when the clock is put forward comes as
        much later; of one that comes twice, the first.
        """
        ...


class Span(Struct, frozen=True):
    """From when until when, in minutes after midnight (0 to 1439)."""

    start: int
    end: int

    @property
    def overnight(self) -> bool:
        """Whether it ends on the next day."""
        return self.end <= self.start


_USUAL = Span(9 * 60, 18 * 60)
_WEEK: tuple[Span | None, ...] = (*(_USUAL,) * 5, None, None)


class WorkingHours(Struct, frozen=True):
    """When one works. Off: always."""

    on: bool = False
    days: tuple[Span | None, ...] = _WEEK
    """By the day of the week, Monday first; None: not at all on that day."""

    @staticmethod
    def of(on: bool, days: tuple[Span | None, ...]) -> "WorkingHours":
        """What was kept; the usual week where that cannot be."""
        fits = all(
            span is None or (0 <= span.start < DAY_MINUTES and 0 <= span.end < DAY_MINUTES) for span in days
        )
        return WorkingHours(on, days if len(days) == len(_WEEK) and fits else _WEEK)

    def with_day(self, weekday: int, span: Span | None) -> "WorkingHours":
        """The same with another span on one day (0: Monday)."""
        days = (*self.days[:weekday], span, *self.days[weekday + 1 :])
        return replace(self, days=days)

    def working(self, local: datetime) -> bool:
        """Whether this is within them."""
        if not self.on:
            return True
        minute = local.hour * 60 + local.minute
        today, yesterday = self.days[local.weekday()], self.days[local.weekday() - 1]
        if today is not None and today.start <= minute < (DAY_MINUTES if today.overnight else today.end):
            return True
        return yesterday is not None and yesterday.overnight and minute < yesterday.end

    def next_start(self, local: datetime) -> datetime | None:
        """When they begin next, after this; None: on no day."""
        for ahead in range(len(self.days) + 1):
            day = local.date() + timedelta(days=ahead)
            span = self.days[day.weekday()]
            if span is not None:
                start = at_minute(datetime.combine(day, time()), span.start)
                if start > local:
                    return start
        return None

    def start_of(self, day: datetime, otherwise: int) -> datetime:
        """When they begin on this day; `otherwise` (minutes after midnight) where they do not."""
        span = self.days[day.weekday()] if self.on else None
        return at_minute(day, otherwise if span is None else span.start)


def at_minute(day: datetime, minute: int) -> datetime:
    """So many minutes after the midnight that this day began with, as the clock on the wall says."""
    return datetime.combine(day.date(), time(minute // 60, minute % 60))
