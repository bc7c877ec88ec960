"""A real window with very many people in it, while 1,000 of them change a second.

`python -m tests.bench.busy_window [people] [seconds]`, on the screen that DISPLAY names. The changes arrive as text in
a thread, as those of a server do; they are read there and posted to the app's bridge. Told as one JSON object: the
share of one core that all of it takes, and how late a timer of 10 ms comes (median, p95, worst; ms).
"""

import json
import sys
import threading
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from presence_desktop.core import incoming
from presence_desktop.core.client import Client
from presence_desktop.desktop.clock import SystemClock
from presence_desktop.gui.bridge import Bridge
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.net.decoding import decode
from tests.bench.contacts import BATCHES, batches
from tests.core.world import ME, SERVER, RememberingGateway, entry, picture, up, user

_BEAT_MS = 10
_CALM_MS = 2_000


def populate(window: MainWindow, count: int) -> None:
    """Sign in, among so many."""
    people = [user(who, f"name{who:06}") for who in range(2, count + 2)]
    window.take((incoming.SignedIn(SERVER, ME), up(), incoming.People(picture(*people))))
    listed = [entry(who, f"name{who:06}") for who in range(2, count + 2)]
    window.take((incoming.DirectoryArrived(listed, last=True),))


class Lag:
    """How late a timer comes."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        """Measure from now on."""
        self._last = time.perf_counter()
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - _BEAT_MS))
        self._last = now

    def told(self) -> dict[str, float]:
        """Of what was measured."""
        ordered = sorted(self.late)
        return {
            "lag median ms": ordered[len(ordered) // 2],
            "lag p95 ms": ordered[round(0.95 * (len(ordered) - 1))],
            "lag worst ms": ordered[-1],
        }


def run(count: int, seconds: int) -> dict[str, float]:
    """Everything, once."""
    app = QApplication(sys.argv[:1])
    client, lag = Client(RememberingGateway(), SystemClock()), Lag()
    window = MainWindow(client, Look(app), Languages(app, Language.ENGLISH), SystemClock())
    bridge, stop = Bridge(), threading.Event()
    texts = [text for batch in batches(count, seconds) for text in batch]
    bridge.arrived.connect(window.take)
    window.show()
    populate(window, count)

    def feed() -> None:
        due = time.perf_counter()
        for text in texts:
            item = decode("presence:changes", json.loads(text))
            if item is not None:
                bridge.post(item)
            due += 1 / BATCHES
            if stop.wait(max(0.0, due - time.perf_counter())):
                return

    used: list[float] = []
    feeder = threading.Thread(target=feed)

    def begin() -> None:
        used.append(time.process_time())
        lag.begin()
        feeder.start()

    QTimer.singleShot(_CALM_MS, app, begin)
    QTimer.singleShot(_CALM_MS + 1000 * seconds, app, app.quit)
    app.exec()
    share = 100 * (time.process_time() - used[0]) / seconds
    stop.set()
    feeder.join()
    bridge.close()
    window.close()
    client.close()
    return {"people": count, "% of a core": share, **lag.told()}


def main() -> None:
    """Measure, and tell."""
    numbers = [int(word) for word in sys.argv[1:]]
    print(json.dumps(run(*(numbers + [10_000, 10][len(numbers) :]))))


if __name__ == "__main__":
    main()
