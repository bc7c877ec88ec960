"""Waiting in tests: for the thing itself, with a deadline, never for a fixed time.

In Qt tests use `qtbot.waitUntil` or `qtbot.waitSignal` instead, which keep the event loop running.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

POLL_SECONDS = 0.01


def eventually(
    predicate: Callable[[], Answer], *, within: float = 10.0, what: str = "", every: float = POLL_SECONDS
) -> Answer:
    """Call `predicate` until it is truthy and return its value; fails with `what` after `within` seconds.

    Where looking costs the one looked at, look less often: `every` so many seconds.
    """
    deadline = time.monotonic() + within
    while not (answer := predicate()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what or predicate}; last answer: {answer!r}")
        time.sleep(every)
    return answer


async def eventually_async(
    predicate: Callable[[], Answer], *, within: float = 10.0, what: str = ""
) -> Answer:
    """The same for a coroutine: the event loop goes on between the looks."""
    deadline = time.monotonic() + within
    while not (answer := predicate()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what or predicate}; last answer: {answer!r}")
        await asyncio.sleep(POLL_SECONDS)
    return answer
