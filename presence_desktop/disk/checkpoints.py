"""Brings what was written from a file's log into the file itself, in a thread: it waits for the disk, writing does not.

Decides how often. SQLite would do it within whichever write comes by when the log is full, and the window would stand
still for as long as the disk takes.
"""

import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

EVERY = 256
"""Written steps between two of these."""
BACKSTOP_PAGES = 20_000
"""The log never grows beyond this (4 KiB each): then a write does it after all."""


class Checkpoints:
    """The log of one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps = 0
        self._thread: threading.Thread | None = None

    def stepped(self) -> None:
        """A step was written."""
        self._steps += 1
        if self._steps < EVERY or (self._thread is not None and self._thread.is_alive()):
            return
        self._steps = 0
        self._thread = threading.Thread(target=self._run, name="checkpoint", daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait for the one that runs."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        """What fails here is tried again later; whether the file can be used is seen by whoever uses it."""
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
