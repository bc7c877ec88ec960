"""Requests that wait for their answer over the link: each gets exactly one, whatever becomes of the link.

Decides how long an answer may take. What an answer means is decided in `decoding`.
"""

import threading
import time

ANSWER_SECONDS = 20.0
"""A server that pings but leaves a request unanswered for so long will not answer it."""


class Asks:
    """The numbers of what was asked, with the event's name and when. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[int, tuple[str, float]] = {}

    def note(self, ask: int, event: str) -> None:
        """It was asked now."""
        with self._lock:
            self._open[ask] = (event, time.monotonic())

    def take(self, ask: int) -> bool:
        """Its answer is here: whether it still waits for one. True once."""
        with self._lock:
            return self._open.pop(ask, None) is not None

    def take_all(self) -> list[tuple[int, str]]:
        """No answers will come any more: whatever waited, in the order asked."""
        with self._lock:
            left, self._open = self._open, {}
        return [(ask, event) for ask, (event, _) in left.items()]

    def take_overdue(self) -> list[tuple[int, str]]:
        """Whatever waited too long, in the order asked."""
        limit = time.monotonic() - ANSWER_SECONDS
        with self._lock:
            late = [(ask, event) for ask, (event, since) in self._open.items() if since < limit]
            for ask, _ in late:
                del self._open[ask]
        return late
