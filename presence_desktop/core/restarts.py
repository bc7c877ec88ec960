"""Whether, and when, something that ended by itself is started again.

Decides the waits (doubling) and when to give up (too many ends within a while). Moments are milliseconds of a clock
that never goes back; whoever calls has the clock and the timer.
"""

from msgspec import Struct


class Restarts(Struct):
    """The ends of one thing that ought to run."""

    first_ms: int = 1_000
    """The wait after the first end; it doubles with each further one."""
    longest_ms: int = 30_000
    most: int = 5
    """So many restarts within `window_ms`; the next end is the last."""
    window_ms: int = 10 * 60_000
    ends: tuple[int, ...] = ()
    """When it ended, within the window."""

    def ended(self, now: int) -> int | None:
        """It ended now: so many ms are to be waited; None: it is not to be started again."""
        self.ends = (*(end for end in self.ends if now - end < self.window_ms), now)
        if len(self.ends) > self.most:
            return None
        return min(self.longest_ms, self.first_ms << len(self.ends) - 1)

    def forget(self) -> None:
        """A person started it: what was before does not count."""
        self.ends = ()
