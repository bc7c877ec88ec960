"""A message bus that nobody else is on, and a notification service on it that answers in place, as KDE's does."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, new_method_return, new_signal

from tests.fakes.bus_service import BusService

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_BUS = """<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


@contextmanager
def own_bus(folder: Path) -> Iterator[str]:
    """The address of a message bus that nobody else is on, and that starts nobody."""
    rules = folder / "bus.conf"
    rules.write_text(_BUS.format(folder=folder))
    command = ["dbus-daemon", "--nofork", f"--config-file={rules}", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


class Service(BusService):
    """A notification service that answers in place, as KDE's does."""

    def __init__(self, bus: str) -> None:
        self.notified: list[tuple[Any, ...]] = []
        super().__init__(bus, NAME)

    def _answer(self, call: Any, method: str) -> None:
        if method == "GetCapabilities":
            self._bus.send(new_method_return(call, "as", (["actions", "inline-reply"],)))
        elif method == "GetServerInformation":
            self._bus.send(new_method_return(call, "ssss", ("Plasma", "KDE", "6", "1.2")))
        elif method == "Notify":
            self.notified.append(call.body)
            self._bus.send(new_method_return(call, "u", (7,)))

    def tell(self, signal: str, signature: str, *words: object) -> None:
        emitter = DBusAddress(PATH, interface=NAME)
        self._bus.send(new_signal(emitter, signal, signature, words))
