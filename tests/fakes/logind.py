"""A logind on a bus of the test's own: tells of sleep, gives locks against it, knows whether it is locked."""

import os
from typing import Any

from jeepney import DBusAddress, new_error, new_method_return, new_signal

from tests.fakes.bus_service import BusService

NAME, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"


class Logind(BusService):
    """Answers in a thread."""

    def __init__(self, bus: str) -> None:
        self.locked = False
        self.inhibited: list[tuple[Any, ...]] = []
        """What was asked for with each lock."""
        self._locks: list[int] = []
        super().__init__(bus, NAME, files=True)

    def prepare_for_sleep(self, before: bool) -> None:
        """It is about to sleep, or awake again."""
        manager = DBusAddress(PATH, interface="org.freedesktop.login1.Manager")
        self._bus.send(new_signal(manager, "PrepareForSleep", "b", (before,)))

    def held(self) -> int:
        """How many locks somebody holds."""
        return sum(not _let_go(lock) for lock in self._locks)

    def end(self) -> None:
        """No logind any more."""
        super().end()
        for lock in self._locks:
            os.close(lock)

    def _answer(self, call: Any, method: str) -> None:
        if method == "Inhibit":
            ours, theirs = os.pipe()
            os.set_blocking(ours, False)
            self._locks.append(ours)
            self.inhibited.append(call.body)
            with os.fdopen(theirs, "wb") as lock:
                self._bus.send(new_method_return(call, "h", (lock,)))
        elif method == "Get" and call.body[1] == "LockedHint":
            self._bus.send(new_method_return(call, "v", (("b", self.locked),)))
        else:
            self._bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))


def _let_go(lock: int) -> bool:
    try:
        return os.read(lock, 1) == b""
    except BlockingIOError:
        return False
