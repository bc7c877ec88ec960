"""The client's clock; the only place of the client that reads it."""

import time


class SystemClock:
    """The computer's own time (`core.ports.Clock`)."""

    def now(self) -> int:
        """Milliseconds since the Unix epoch."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> int:
        """Milliseconds of a clock that never goes back."""
        return time.monotonic_ns() // 1_000_000
