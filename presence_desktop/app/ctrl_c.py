"""Ctrl-C and SIGTERM end the app as closing its window does, though Qt's event loop runs no Python by itself."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class CtrlC(QObject):
    """Calls `end` in the GUI thread when a signal asks the app to end."""

    def __init__(self, end: Callable[[], object]) -> None:
        super().__init__()
        self._end = end
        self._read, self._write = socket.socketpair()
        for side in (self._read, self._write):
            side.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._caught)

    def remove(self) -> None:
        """Put the default way back."""
        signal.set_wakeup_fd(self._before)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _caught(self, *_: object) -> None:
        """Something to catch the signal with; the wake-up does the rest."""

    def _woken(self) -> None:
        self._read.recv(64)
        self._end()
