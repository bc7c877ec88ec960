"""The checks that fail a careless test: they see what is left, and only that."""

import subprocess
import threading

from PySide6.QtCore import QObject, QTimer

from tests.leftovers import child_processes, running_timers, threads_besides
from tests.waiting import eventually


def test_a_running_thread_is_seen_until_it_ends() -> None:
    before, end = threading.enumerate(), threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert threads_besides(before) == [thread]
    finally:
        end.set()
        thread.join()
    assert threads_besides(before) == []


def test_a_running_child_is_seen_until_it_ends() -> None:
    before = child_processes()
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as child:
        eventually(lambda: child_processes() - before == {f"{child.pid} cat"})
    assert child_processes() == before


def test_a_ticking_timer_is_seen_until_it_is_stopped_or_deleted(qapp: object) -> None:
    owner = QObject()
    timer = QTimer(owner)
    timer.start(1000)
    assert len(running_timers()) == 1
    timer.stop()
    assert running_timers() == []
    timer.start(1000)
    owner.deleteLater()
    assert running_timers() == []
