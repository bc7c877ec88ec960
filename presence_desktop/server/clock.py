"""The server's one clock. Decides nothing; everything else is handed the moment it works at."""

import time


class SystemClock:
    """The machine's wall clock (`services.ports.Clock`)."""

    def now(self) -> int:
        """Milliseconds since the Unix epoch."""
        return time.time_ns() // 1_000_000

    def ticks(self) -> int:
        """Milliseconds of a clock that never jumps, from any start."""
        return time.monotonic_ns() // 1_000_000
