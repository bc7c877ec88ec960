"""A local socket that only this user may open: one process listens, others hand it a line each.

Python's own sockets in Qt's event loop: `QLocalServer` would load QtNetwork, 4 MB that nothing else needs at rest.
Windows has no such sockets in Python: there it is `door_windows`, with the same names.
"""

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Signal

MOST_BYTES = 16_000
"""The longest link that is read, each of its characters escaped, takes three quarters of that."""
TAKEN = b"taken\n"
_WAITING = 8


class Door(QObject):
    """Hears lines, and answers those that it understands."""

    heard = Signal(object)
    """One of them (bytes), after who said it was answered."""

    def __init__(self, understands: Callable[[bytes], bool], parent: QObject | None = None) -> None:
        """Who says what this one does not understand is hung up on."""
        super().__init__(parent)
        self.understands = understands
        self._listening: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._callers: list[_Caller] = []

    def open(self, name: str) -> None:
        """Listen there, in the place of whatever lies there. Raises OSError."""
        Path(name).unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX)
        try:
            listening.setblocking(False)
            listening.bind(name)
            os.chmod(name, 0o600)  # nobody can call before `listen`
            listening.listen(_WAITING)
        except OSError:
            listening.close()
            raise
        self._listening = listening
        self._notifier = QSocketNotifier(listening.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._greet)

    def close(self) -> None:
        """Listen no more; the socket is gone."""
        for caller in list(self._callers):
            caller.hang_up()
        if self._listening is None or self._notifier is None:
            return
        self._notifier.setEnabled(False)
        with suppress(OSError):
            Path(self._listening.getsockname()).unlink(missing_ok=True)
        self._listening.close()
        self._listening = None

    def _greet(self) -> None:
        with suppress(OSError):
            while self._listening is not None:
                self._callers.append(_Caller(self._listening.accept()[0], self))

    def forget(self, caller: "_Caller") -> None:
        """That one is gone."""
        self._callers.remove(caller)


class _Caller(QObject):
    """One that has opened the door, until its line is heard."""

    def __init__(self, line: socket.socket, door: Door) -> None:
        super().__init__(door)
        self._socket, self._door = line, door
        self._said = b""
        line.setblocking(False)
        self._notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def hang_up(self) -> None:
        """It is heard no more."""
        self._notifier.setEnabled(False)
        self._socket.close()
        self._door.forget(self)
        self.deleteLater()

    def _hear(self) -> None:
        try:
            more = self._socket.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        self._said += more
        line, ended, _ = self._said.partition(b"\n")
        if not ended and more and len(self._said) <= MOST_BYTES:
            return
        understood = bool(ended) and len(line) <= MOST_BYTES and self._door.understands(line)
        if understood:
            with suppress(OSError):
                self._socket.send(TAKEN)
        self.hang_up()
        if understood:
            self._door.heard.emit(line)


def knock(name: str, line: bytes, within: int) -> bool | None:
    """Hand a line over and wait up to `within` ms; whether it was taken, None where nobody listens."""
    ends = time.monotonic() + within / 1000
    with socket.socket(socket.AF_UNIX) as calling:
        calling.settimeout(max(0.001, within / 1000))
        try:
            calling.connect(name)
        except OSError:
            return None
        answer = b""
        with suppress(OSError):
            calling.sendall(line + b"\n")
            while (
                not answer.endswith(b"\n") and time.monotonic() < ends and (more := calling.recv(len(TAKEN)))
            ):
                answer += more
        return answer == TAKEN
