"""A service on a message bus, in a thread: takes a name there, and answers what is called."""

import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Any

from jeepney import HeaderFields, MessageType
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection


class BusService(threading.Thread, ABC):
    """Serves from its making on, until `end`."""

    def __init__(self, bus: str, *names: str, files: bool = False) -> None:
        """`bus` is its address. `files`: answers may carry file descriptors."""
        super().__init__(daemon=True)
        self._bus = open_dbus_connection(bus, enable_fds=files)
        for name in names:
            self._bus.send_and_get_reply(message_bus.RequestName(name))
        self._ended = False
        self.start()

    def run(self) -> None:
        while not self._ended:
            with suppress(TimeoutError):
                call = self._bus.receive(timeout=0.05)
                if call.header.message_type is MessageType.method_call:
                    self._answer(call, call.header.fields[HeaderFields.member])
        self._bus.close()

    def end(self) -> None:
        """Serve no more."""
        self._ended = True
        self.join()

    @abstractmethod
    def _answer(self, call: Any, method: str) -> None:
        """Somebody called this method."""
