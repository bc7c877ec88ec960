"""What a test can leave behind: threads, child processes, running QTimers. `conftest` fails the test that does."""

import gc
import sys
import threading
from collections.abc import Collection
from pathlib import Path


def threads_besides(known: Collection[threading.Thread]) -> list[threading.Thread]:
    """Running threads that are not in `known`; threads that Qt made and Python only met ('Dummy-1') are Qt's."""
    return [
        thread
        for thread in threading.enumerate()
        if thread not in known and thread.is_alive() and not thread.name.startswith("Dummy-")
    ]


def child_processes() -> frozenset[str]:
    """Our running children, each as '<pid> <name>'; ended ones that nobody asked about yet do not count. Linux only."""
    pids = " ".join(map(_children, Path("/proc/self/task").iterdir())).split()
    return frozenset(filter(None, map(_running, pids)))


def _children(thread: Path) -> str:
    try:
        return (thread / "children").read_text()
    except OSError:  # the thread has ended meanwhile
        return ""


def _running(pid: str) -> str:
    try:
        name, _, rest = Path("/proc", pid, "stat").read_text().partition("(")[2].rpartition(")")
    except OSError:
        return ""
    return "" if rest.split()[0] in "ZX" else f"{pid} {name}"


def running_timers() -> list[str]:
    """QTimers that still tick, told by what owns them; empty where Qt was never loaded."""
    if "PySide6.QtCore" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from shiboken6 import isValid

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    timers = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer)]
    return [f"{timer} of {timer.parent()}" for timer in timers if isValid(timer) and timer.isActive()]
