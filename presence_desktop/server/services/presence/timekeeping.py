"""The moments the presence service works at, and the noticing of a clock that somebody set.

Sessions are timed by the wall clock; when it jumps against the one that never does, `jumped` is called with the
seconds, so that what was to last five more seconds still does. End times that people chose stay where they are.
"""

from collections.abc import Callable

from presence_desktop.server.services.ports import Clock

JUMP = 2000
"""A difference of this much (ms) is a jump; less is a clock being trimmed."""


class Timekeeper:
    """Reads the clock."""

    def __init__(self, clock: Clock, jumped: Callable[[int], None]) -> None:
        self._clock = clock
        self._wall = clock.now
        self._jumped = jumped
        self._offset = clock.now() - clock.ticks()
        self._second = 0

    def now(self) -> int:
        """Milliseconds since the Unix epoch. A jump is looked for at the first call of each second."""
        now = self._wall()
        second = now // 1000
        if second != self._second:
            self._second = second
            self._look(now)
        return now

    def _look(self, now: int) -> None:
        jump = now - self._clock.ticks() - self._offset
        if abs(jump) >= JUMP:
            seconds = round(jump / 1000)
            self._offset += seconds * 1000
            self._jumped(seconds)

    def second(self, now: int) -> int:
        """The whole second of `now`, as one object for all that is heard within it."""
        second = now // 1000
        return self._second if second == self._second else second
