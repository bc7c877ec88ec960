"""A desktop's portal for settings, on a bus: answers what it is asked (by Qt too), and tells what changes."""

from typing import Any

from jeepney import DBusAddress, new_error, new_method_return, new_signal

from tests.fakes.bus_service import BusService

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
Value = tuple[str, object]
"""A D-Bus type and what is of it: `("u", 1)`."""


class SettingsPortal(BusService):
    """Serves in a thread."""

    def __init__(self, bus: str, **values: Value) -> None:
        """`values` by key, with `_` for `-`."""
        self.values = {key.replace("_", "-"): value for key, value in values.items()}
        super().__init__(bus, NAME)

    def change(self, space: str, key: str, value: Value) -> None:
        """Tell that a setting is another one now."""
        self.values[key] = value
        where = DBusAddress(PATH, interface="org.freedesktop.portal.Settings")
        self._bus.send(new_signal(where, "SettingChanged", "ssv", (space, key, value)))

    def _answer(self, call: Any, method: str) -> None:
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
