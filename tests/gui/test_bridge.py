"""From any thread to the GUI thread: in order, all of it, gathered."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, QThread
from pytestqt.qtbot import QtBot

from presence_desktop.gui.bridge import GATHER_MS, Bridge


class Arrivals(QObject):
    """What arrived, when, and in which thread."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.batches: list[tuple[object, ...]] = []
        self.moments: list[int] = []
        self.threads: set[QThread] = set()
        self._clock = QElapsedTimer()
        self._clock.start()
        bridge.arrived.connect(self._take)

    @property
    def items(self) -> list[object]:
        return [item for batch in self.batches for item in batch]

    def _take(self, batch: tuple[object, ...]) -> None:
        self.batches.append(batch)
        self.moments.append(self._clock.elapsed())
        self.threads.add(QThread.currentThread())


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()
    made.deleteLater()


def test_the_first_comes_at_once_and_the_rest_together(bridge: Bridge, qtbot: QtBot) -> None:
    arrivals = Arrivals(bridge)
    bridge.post(0)
    qtbot.waitUntil(lambda: len(arrivals.batches) == 1, timeout=GATHER_MS)
    for number in range(1, 500):
        bridge.post(number)
    qtbot.waitUntil(lambda: len(arrivals.items) == 500)
    assert arrivals.items == list(range(500))
    assert len(arrivals.batches) == 2
    assert arrivals.moments[1] - arrivals.moments[0] >= GATHER_MS * 0.9


def test_many_threads_lose_nothing_and_keep_their_order(bridge: Bridge, qtbot: QtBot) -> None:
    arrivals = Arrivals(bridge)

    def work(name: int) -> None:
        for number in range(2000):
            bridge.post((name, number))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: len(arrivals.items) == 8000)
    for thread in threads:
        thread.join()
    for name in range(4):
        assert [number for who, number in arrivals.items if who == name] == list(range(2000))
    assert arrivals.threads == {QThread.currentThread()}


def test_after_a_calm_the_next_comes_at_once_again(bridge: Bridge, qtbot: QtBot) -> None:
    arrivals = Arrivals(bridge)
    for expected in (1, 2, 3):
        bridge.post(expected)
        qtbot.waitUntil(lambda expected=expected: len(arrivals.items) == expected)
        qtbot.waitUntil(lambda: bridge._asleep)
    assert len(arrivals.batches) == 3


def test_dictionaries_with_integer_keys_arrive_whole(bridge: Bridge, qtbot: QtBot) -> None:
    arrivals = Arrivals(bridge)
    item = {1: "one", 2: "two"}
    bridge.post(item)
    qtbot.waitUntil(lambda: len(arrivals.items) == 1)
    assert arrivals.items[0] is item


def test_nothing_comes_after_the_end(bridge: Bridge, qtbot: QtBot) -> None:
    arrivals = Arrivals(bridge)
    bridge.post(1)
    bridge.close()
    bridge.post(2)
    other = Bridge()
    with qtbot.waitSignal(other.arrived):
        other.post("the event loop turned")
    other.close()
    assert arrivals.items == []
