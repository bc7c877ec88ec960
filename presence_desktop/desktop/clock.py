"""The client's clock; the only place of the client that reads it."""

import time
from datetime import datetime


class SystemClock:
    """The computer's own time (`core.ports.Clock`)."""

    def now(self) -> int:
        """Milliseconds since the Unix epoch."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> int:
        """Milliseconds of a clock that never goes back."""
        return time.monotonic_ns() // 1_000_000


class SystemCalendar:
    """What the clock on the wall says (`core.working_hours.Calendar`), in the zone that the system is set to now."""

    def local(self, moment: int) -> datetime:
        """Date and time of the place at a moment in ms."""
        _look_where_we_are()
        return datetime.fromtimestamp(moment / 1000)

    def moment(self, local: datetime) -> int:
        """The moment in ms of a date and time of the place."""
        _look_where_we_are()
        return round(local.timestamp() * 1000)


def _look_where_we_are() -> None:
    """The zone may have been changed while the app runs; Windows tells it by itself."""
    if hasattr(time, "tzset"):
        time.tzset()
