"""Sleep and waking of the computer: told before it sleeps, and after it woke.

On Linux logind says both, and is asked to wait with the sleep until goodbye is said. Everywhere, a clock that went on
while our timer did not says the second one too, late but surely: systems without logind, a laptop that froze, a virtual
machine that was stopped.
"""

import logging
from typing import cast

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection

from presence_desktop.core.ports import Clock
from presence_desktop.desktop.sleep_lock import SleepLock

logger = logging.getLogger(__name__)

_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_PREPARE = cast("bytes", SLOT("prepare(bool)"))
"""A str in truth, and taken as one; only the type that PySide declares is bytes."""
LOOK_MS = 5_000
"""How often the clock is looked at."""
SLEPT_MS = 20_000
"""A look that comes this late (ms) means that the computer slept."""
GOODBYE_MS = 500
"""So long the computer waits for our goodbye."""
_AWAKE_LOOKS = 6
"""After so many looks a sleep that was told has not come, and nobody said so."""


class Power(QObject):
    """Says when the computer is about to sleep, and when it is awake again."""

    sleeping = Signal()
    woke = Signal()

    def __init__(
        self, clock: Clock, bus: QDBusConnection | None = None, parent: QObject | None = None
    ) -> None:
        """`bus` is the system bus, unless a test brings its own."""
        super().__init__(parent)
        self._clock = clock
        self._looked = clock.now()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._bus = bus
        self._lock: SleepLock | None = None
        self._awake_looks: int | None = None
        """How often it was looked since the sleep was told that should have come; None: none was."""
        self._goodbye = QTimer(self, interval=GOODBYE_MS, singleShot=True)
        self.heard_by_logind = False
        """Whether logind tells us; else only the clock does."""

    def watch(self) -> None:
        """Begin to listen."""
        bus = QDBusConnection.systemBus() if self._bus is None else self._bus
        self.heard_by_logind = bus.isConnected() and bus.connect(*_LOGIND, "PrepareForSleep", self, _PREPARE)
        if self.heard_by_logind:
            lock = self._lock = SleepLock(bus, self)
            self._goodbye.timeout.connect(lock.release)
            lock.take()
        logger.info("sleep is told by %s", "logind" if self.heard_by_logind else "the clock alone")
        self._looked = self._clock.now()
        self._timer.start()

    def end(self) -> None:
        """Listen no more."""
        self._timer.stop()
        self._goodbye.stop()
        if self._lock is not None:
            self._lock.release()

    @Slot(bool)
    def prepare(self, before: bool) -> None:
        """logind's signal: True just before the sleep, False after it."""
        self._looked = self._clock.now()
        logger.info("the computer %s", "goes to sleep" if before else "woke up")
        self._awake_looks = 0 if before else None
        if before:
            self.sleeping.emit()
            self._goodbye.start()
        else:
            self._goodbye.stop()
            if self._lock is not None:
                self._lock.take()
            self.woke.emit()

    def look(self) -> None:
        """Look at the clock, and say so where much more time passed than our timer took."""
        late = self._clock.now() - self._looked
        self._wait_for_sleep()
        self._looked = self._clock.now()
        if late > LOOK_MS + SLEPT_MS:
            logger.info("the clock went on by %d s without us", late // 1000)
            self._awake_looks = None
            self.woke.emit()

    def _wait_for_sleep(self) -> None:
        """A sleep that failed may be told to nobody: whoever said goodbye for it comes back."""
        if self._awake_looks is None:
            return
        self._awake_looks += 1
        if self._awake_looks >= _AWAKE_LOOKS:
            logger.info("the computer did not sleep after all")
            self.prepare(False)
