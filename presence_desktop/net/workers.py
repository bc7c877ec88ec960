"""A thread that does one thing after another, for calls that block (REST, the keyring).

Threads are daemons: one that hangs in a vendor's call (a locked keyring waits for its owner) never keeps the app open.
"""

import logging
import queue
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Worker:
    """Does jobs in the order given. Its thread starts with the first job."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def do(self, job: Callable[[], None]) -> None:
        """Queue a job; it handles its own failures. After `close` it is dropped."""
        with self._lock:
            if self._closed:
                return
            self._jobs.put(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Take no more jobs; those not begun are dropped."""
        with self._lock:
            self._closed = True
            self._jobs.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the running job to end; whether the thread is gone."""
        if self._thread is not None:
            self._thread.join(max(0.0, seconds))
        return self._thread is None or not self._thread.is_alive()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None and not self._closed:
            try:
                job()
            except Exception:
                logger.exception("a job of the thread %s failed", self._name)
