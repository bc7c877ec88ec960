"""Which tests may run at the same time, where pytest-xdist runs several: one that is marked `alone` beside no other.

Decides the order of files too: those that take longest in the middle, those that run alone last, so that nobody waits
long for anybody. Without xdist nothing is ever at the same time, and nothing is done here.
"""

import fcntl
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

GATE, ROOM = "gate", "room"
SLOW_ROOMS = ("e2e", "integration", "server", "desktop", "net", "app")
"""Folders of tests whose files take long whatever their number of tests: they start servers and apps."""


class Item(Protocol):
    """What is asked of a test."""

    @property
    def path(self) -> Path:
        """Its file."""
        ...

    def get_closest_marker(self, name: str) -> object:
        """The mark of this name, or None."""
        ...


Tests = TypeVar("Tests", bound=Item)


def arranged(items: Sequence[Tests]) -> list[Tests]:
    """The tests, file by file; within a file the order stays."""
    sizes = Counter(item.path for item in items)
    lonely = {item.path for item in items if item.get_closest_marker("alone")}

    def rank(item: Tests) -> tuple[bool, bool, int, Path]:
        slow = item.path.parent.name in SLOW_ROOMS
        return item.path in lonely, not slow, -sizes[item.path], item.path

    return sorted(items, key=rank)


@contextmanager
def turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Holds while a test runs: with all the others' that share `folder`, or `alone`, when they have ended theirs.

    Whoever wants to be alone is the next: others that come later wait at the gate.
    """
    with ExitStack() as stack:
        with _opened(folder / GATE) as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            room = stack.enter_context(_opened(folder / ROOM))
            fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Closed at the end, which gives up what is held of it; child processes do not inherit it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
