"""How often progress is told: at most ten times a second."""

import time

_SECONDS = 0.1


class Pace:
    """Says when it is time to tell again. One per transfer."""

    def __init__(self) -> None:
        self._told_at = time.monotonic()

    def due(self) -> bool:
        """Whether it is; True means that it is told now. Never right at the beginning: small files just arrive."""
        now = time.monotonic()
        if now - self._told_at < _SECONDS:
            return False
        self._told_at = now
        return True
