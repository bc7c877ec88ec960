"""A desktop's portal for settings, on a bus: answers what it is asked (by Qt too), and tells what changes."""

import threading
from contextlib import suppress
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
Value = tuple[str, object]
"""A D-Bus type and what is of it: `("u", 1)`."""


class SettingsPortal(threading.Thread):
    """Serves in a thread."""

    def __init__(self, bus: str, **values: Value) -> None:
        """`values` by key, with `_` for `-`."""
        super().__init__(daemon=True)
        self.values = {key.replace("_", "-"): value for key, value in values.items()}
        self._bus = open_dbus_connection(bus)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._ended = False
        self.start()

    def run(self) -> None:
        while not self._ended:
            with suppress(TimeoutError):
                self._answer(self._bus.receive(timeout=0.05))
        self._bus.close()

    def change(self, space: str, key: str, value: Value) -> None:
        """Tell that a setting is another one now."""
        self.values[key] = value
        where = DBusAddress(PATH, interface="org.freedesktop.portal.Settings")
        self._bus.send(new_signal(where, "SettingChanged", "ssv", (space, key, value)))

    def end(self) -> None:
        """Serve no more."""
        self._ended = True
        self.join()

    def _answer(self, call: Any) -> None:
        if call.header.message_type is not MessageType.method_call:
            return
        method = call.header.fields[HeaderFields.member]
        if method == "Read" and call.body[1] in self.values:
            self._bus.send(new_method_return(call, "v", (("v", self.values[call.body[1]]),)))
        elif method == "ReadAll":
            everything = {"org.freedesktop.appearance": self.values}
            self._bus.send(new_method_return(call, "a{sa{sv}}", (everything,)))
        elif method == "Get":
            self._bus.send(new_method_return(call, "v", (("u", 2),)))
        else:
            self._bus.send(
                new_error(call, "org.freedesktop.portal.Error.NotFound", "s", ("no such setting",))
            )
