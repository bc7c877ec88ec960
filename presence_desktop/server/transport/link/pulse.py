"""When each live connection is pinged, and when it is given up.

Every connection waits for its next ping, or for the answer to the last one. Both waits are the same for all, so two
queues in the order of their deadlines and one timer serve any number of connections. What a ping is and what giving
up means is the connection's own business (`Pulsed`).
"""

import asyncio
from collections import deque
from typing import Protocol

_EARLY = 0.0005
"""Timers may fire this much early, in seconds."""


class Pulsed(Protocol):
    """A connection that is kept alive by pings."""

    beat: int
    """Counts the waits of this connection; a queued deadline with an older number is void."""

    def ping(self) -> None:
        """Send a ping."""

    def give_up(self) -> None:
        """The ping was not answered in time."""


Waiting = deque[tuple[float, int, Pulsed]]


class Pulse:
    """Pings each connection `interval` seconds after its last answer, and gives it `timeout` seconds to answer."""

    def __init__(self, interval: float, timeout: float) -> None:
        self._interval = interval
        self._timeout = timeout
        self._to_ping: Waiting = deque()
        self._to_answer: Waiting = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0

    def alive(self, one: Pulsed) -> None:
        """It answered, or has just come: the next ping is an interval away."""
        one.beat += 1
        now = asyncio.get_running_loop().time()
        self._to_ping.append((now + self._interval, one.beat, one))
        self._arm()

    def forget(self, one: Pulsed) -> None:
        """It is gone; its deadlines are void."""
        one.beat += 1

    def stop(self) -> None:
        """Forget everybody."""
        self._to_ping.clear()
        self._to_answer.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        due = min((queue[0][0] for queue in (self._to_ping, self._to_answer) if queue), default=None)
        if due is None or (self._timer is not None and self._due <= due):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._due = due
        self._timer = asyncio.get_running_loop().call_at(due, self._tick)

    def _tick(self) -> None:
        self._timer = None
        now = asyncio.get_running_loop().time() + _EARLY
        stalled = now - self._due > self._timeout / 2
        while self._to_answer and self._to_answer[0][0] <= now:
            due, beat, one = self._to_answer.popleft()
            if one.beat != beat:
                continue
            if stalled:  # it was us who slept: the answer may lie unread
                self._to_answer.append((now + self._timeout, beat, one))
            else:
                one.give_up()
        while self._to_ping and self._to_ping[0][0] <= now:
            due, beat, one = self._to_ping.popleft()
            if one.beat == beat:
                one.beat += 1
                self._to_answer.append(((now if stalled else due) + self._timeout, one.beat, one))
                one.ping()
        self._arm()
