"""How often something may be done: a window that slides with the moment that is passed in.

Decides yes or no and for how long to wait. Who is counted (an account, an address) is the caller's choice.
"""

from collections import deque


class Window:
    """At most `limit` times within any `span` milliseconds, for each key by itself.

    Keys that were silent for a whole span are forgotten, so memory follows the traffic.
    """

    __slots__ = ("_cleaned", "_limit", "_span", "_times")

    def __init__(self, limit: int, span: int) -> None:
        self._limit = limit
        self._span = span
        self._times: dict[str, deque[int]] = {}
        self._cleaned = 0

    def __len__(self) -> int:
        return len(self._times)

    def take(self, key: str, now: int) -> int:
        """Count one try. Returns 0 if it may go on, else the milliseconds until the next may (and counts nothing)."""
        if now - self._cleaned >= self._span or now < self._cleaned:
            self._clean(now)
        times = self._times.setdefault(key, deque())
        while times and not 0 <= now - times[0] < self._span:
            times.popleft()
        if len(times) >= self._limit:
            return self._span - (now - times[0])
        times.append(now)
        return 0

    def _clean(self, now: int) -> None:
        self._cleaned = now
        silent = [key for key, times in self._times.items() if not 0 <= now - times[-1] < self._span]
        for key in silent:
            del self._times[key]
