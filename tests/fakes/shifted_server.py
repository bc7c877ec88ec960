"""The server's command line with a clock that a test can set: `python -m tests.fakes.shifted_server serve ...`.

The file that `TEST_CLOCK_FILE` names holds by how many seconds the wall clock is ahead of the machine's, from the next
reading on. The monotonic clock and the machine's own stay alone. (libfaketime does the same for any program, but its
lock, shared by all threads, makes a start take anything from one second to twenty.)
"""

import os
import sys
import time
from pathlib import Path

VARIABLE = "TEST_CLOCK_FILE"
COMMAND = (sys.executable, "-m", "tests.fakes.shifted_server")
_NANOSECONDS = 10**9


class ClockFile:
    """The test's end of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set(0)

    def set(self, seconds: int) -> None:
        """The server's clock is that far ahead of the machine's."""
        spare = self.path.with_suffix(".new")
        spare.write_text(str(seconds))
        spare.replace(self.path)


def shift(path: Path) -> None:
    """Set this process's wall clock by what the file says, whenever it is read."""
    nanoseconds = time.time_ns  # noqa: TID251 - this is the clock

    def now() -> int:
        return nanoseconds() + int(path.read_text()) * _NANOSECONDS

    time.time_ns = now  # noqa: TID251
    time.time = lambda: now() / _NANOSECONDS  # noqa: TID251


if __name__ == "__main__":
    shift(Path(os.environ[VARIABLE]))
    from presence_desktop.server import cli

    sys.exit(cli.main())
