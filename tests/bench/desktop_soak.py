"""Eight hours of use in minutes: the desktop's memory, handles and threads must not grow. `make soak-desktop`.

    python -m tests.bench.desktop_soak [--hours 8]

A real window over the app's own mind and its own cache on the disk; the clock is set by hand, a minute a step. Each
minute people change, something is said, edited and reacted to; conversations are opened and searched for, the link
breaks and comes back, theme and language change. The exit status tells whether the median memory of the last third is
within 3 % of that of the second, and handles and threads are no more.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median

import msgspec
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes
from presence_desktop.disk.history import FileHistory
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.theme import Scheme
from presence_desktop.protocol.events import UserStatus
from presence_desktop.protocol.status import Status
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer
from tests.core.world import entry, picture, user
from tools.run_screenless import virtual_screen

PEOPLE, ROOMS, SAID = 200, 20, 200
TOLERANCE = 1.03
MINUTE_MS = 60_000
_SAMPLE_MINUTES = 5


class Desk(Device):
    """A device with a window."""

    window: MainWindow | None = None

    @override
    def see(self, changes: Changes) -> Changes:
        if self.window is not None:
            self.window.refresh(changes)
        return changes


class Day:
    """What happens to somebody at work."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._chance, self._version = app, random.Random(1), 10
        self.server = ChatServer()
        for room in range(ROOM, ROOM + ROOMS):
            self.server.room(room, range(1, 30))
            self.server.fill(SAID, room)
        self.desk = Desk(self.server, history=FileHistory(folder))
        self._look, self._languages = Look(app), Languages(app, Language.ENGLISH)
        self.window = MainWindow(self.desk.client, self._look, self._languages, self.desk.clock)
        self.window.show()
        self.desk.window = self.window
        self.desk.online()
        self._arrive()

    def minute(self, number: int) -> None:
        """One minute of the day."""
        self.desk.clock.time += MINUTE_MS
        self._presence()
        self._talk(number)
        if number % 3 == 0:
            self.window.people.open_talk(ROOM + number // 3 % ROOMS)
        if number % 10 == 5:
            self.window.people.contacts.search.setText(f"Person {self._chance.randrange(PEOPLE)}")
        if number % 10 == 6:
            self.window.people.contacts.search.clear()
        if number % 30 == 0:
            self._weather()
        if number % 60 == 0:
            self._look.set_scheme((Scheme.LIGHT, Scheme.DARK)[number // 60 % 2])
            self._languages.choose((Language.ENGLISH, Language.KOREAN)[number // 60 % 2])
        self.desk.see(self.desk.client.tick())
        self.window.people.time_passed()
        self.desk.move()
        for _ in range(5):
            self._app.processEvents()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as a running event loop does
        self._forget()

    def end(self) -> None:
        """The app is closed."""
        self.window.close()
        self.desk.client.close()

    def _arrive(self) -> None:
        here = [user(who, f"Person {who}") for who in range(2, PEOPLE)]
        known = [entry(who, f"Person {who}") for who in range(1, PEOPLE)]
        self.desk.take(incoming.People(picture(*here)), incoming.DirectoryArrived(known, last=True))

    def _presence(self) -> None:
        for _ in range(50):
            self._version += 1
            who = self._chance.randrange(2, PEOPLE)
            said = {
                "userId": who, "username": f"Person {who}", "avatar": None, "version": self._version,
                "status": self._chance.choice(list(Status)), "lastSeen": self.desk.clock.time,
                "timestamp": self.desk.clock.time,
            }  # fmt: skip
            self.desk.take(incoming.StatusChanged(msgspec.convert(said, UserStatus)))

    def _talk(self, number: int) -> None:
        room = ROOM + number % ROOMS
        self.server.say(f"**Minute** {number}, see https://example.org/{number} 👍", 2 + number % 20, room)
        for _ in range(4):
            seq = self._chance.randrange(1, SAID)
            self.server.change(room, seq, text=f"said again in minute {number}")

    def _weather(self) -> None:
        self.desk.lose()
        self._app.processEvents()
        self.desk.link()
        self.desk.move()
        self._arrive()

    def _forget(self) -> None:
        """What only this test's own parts would remember."""
        self.server.asked.clear()
        self.desk.gateway.calls.clear()
        self.desk.gateway.sent.clear()
        self.desk.wire.sent.clear()
        self.desk.wire.calls.clear()


def now() -> tuple[int, int, int]:
    """PSS in kB, open handles, threads (Python's and all others)."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    pss = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return pss, len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task"))


def run(hours: float) -> bool:
    """The whole day; whether nothing grew."""
    app = QApplication(sys.argv[:1])
    seen: list[tuple[int, int, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        day = Day(app, Path(folder))
        for number in range(round(hours * 60)):
            day.minute(number)
            if number % _SAMPLE_MINUTES == _SAMPLE_MINUTES - 1:
                seen.append(now())
            if number % 60 == 59:
                pss, handles, threads = seen[-1]
                print(f"hour {number // 60 + 1}: {pss / 1024:.1f} MB, {handles} handles, {threads} threads")
        day.end()
    third = len(seen) // 3
    before, after = seen[third : 2 * third], seen[2 * third :]
    flat = median(one[0] for one in after) <= TOLERANCE * median(one[0] for one in before)
    flat = flat and all(max(one[at] for one in after) <= max(one[at] for one in before) for at in (1, 2))
    left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    words = [f"{median(one[0] for one in part) / 1024:.1f} MB" for part in (before, after)]
    print(f"{hours:g} hours: {words[0]} in the second third, {words[1]} in the last; threads left: {left}")
    return flat and not left


def main() -> int:
    """Run, on a virtual screen where there is none, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=8)
    if "DISPLAY" in os.environ:
        return 0 if run(parser.parse_args().hours) else 1
    with tempfile.TemporaryDirectory() as folder, virtual_screen(Path(folder)) as variables:
        command = [sys.executable, "-m", "tests.bench.desktop_soak", *sys.argv[1:]]
        return subprocess.run(command, env={**os.environ, **variables}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
