"""Threads that do one thing after another, for calls that block (REST, the keyring, files).

Threads are daemons: one that hangs in a vendor's call (a locked keyring waits for its owner) never keeps the app open.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Worker:
    """Does jobs in the order given, as many at once as it has `hands`. A thread starts when it is needed."""

    def __init__(self, name: str, hands: int = 1) -> None:
        self._name = name
        self._hands = hands
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._free = 0
        self._closed = self._dropping = False

    def do(self, job: Callable[[], None]) -> None:
        """Queue a job; it handles its own failures. After `close` it is dropped."""
        with self._lock:
            if self._closed:
                return
            self._jobs.put(job)
            self._free -= 1
            if self._free < 0 and len(self._threads) < self._hands:
                self._free += 1
                thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._threads.append(thread)
                thread.start()

    def stop(self, *, finish: bool = False) -> None:
        """Take no more jobs; those not begun are dropped, or (`finish`) still done."""
        with self._lock:
            self._closed, self._dropping = True, not finish
            for _ in self._threads:
                self._jobs.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the running jobs to end; whether the threads are gone."""
        ends = time.monotonic() + max(0.0, seconds)
        for thread in self._threads:
            thread.join(max(0.0, ends - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None and not self._dropping:
            try:
                job()
            except Exception:
                logger.exception("a job of the thread %s failed", self._name)
            with self._lock:
                self._free += 1
