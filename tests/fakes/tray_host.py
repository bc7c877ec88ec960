"""A desktop's tray, on a bus: takes icons (StatusNotifierItem), reads their menus (dbusmenu), clicks on them."""

from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Properties,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

from tests.fakes.bus_service import BusService

_WATCHER = "org.kde.StatusNotifierWatcher"
_ITEM, _MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
_WAIT = 5.0


class TrayHost(BusService):
    """Serves in a thread, and asks over a connection of its own."""

    def __init__(self, bus: str, *, draws: bool = True) -> None:
        """Not `draws`: icons are taken, and shown by nobody (a watcher without a host)."""
        self._draws = draws
        self._asks = open_dbus_connection(bus)
        self.items: list[str] = []
        """The bus names of the icons."""
        super().__init__(bus, _WATCHER)

    def _answer(self, call: Any, method: str) -> None:
        if method == "RegisterStatusNotifierItem":
            self.items.append(call.header.fields[HeaderFields.sender])
            self._bus.send(new_method_return(call))
        elif method == "Get" and call.body[1] == "IsStatusNotifierHostRegistered":
            self._bus.send(new_method_return(call, "v", (("b", self._draws),)))
        elif method == "Get" and call.body[1] == "ProtocolVersion":
            self._bus.send(new_method_return(call, "v", (("i", 0),)))
        else:
            self._bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))

    def draw(self, draws: bool = True) -> None:
        """Somebody comes who shows the icons, or goes."""
        self._draws = draws
        where = DBusAddress("/StatusNotifierWatcher", interface=_WATCHER)
        self._bus.send(new_signal(where, f"StatusNotifierHost{'R' if draws else 'Unr'}egistered"))

    def tip(self) -> str:
        """What the icon says when one points at it."""
        where = DBusAddress("/StatusNotifierItem", bus_name=self.items[-1], interface=_ITEM)
        reply = self._asks.send_and_get_reply(Properties(where).get("ToolTip"), timeout=_WAIT)
        return str(reply.body[0][1][2])

    def click(self) -> None:
        """A click on the icon."""
        where = DBusAddress("/StatusNotifierItem", bus_name=self.items[-1], interface=_ITEM)
        self._asks.send_and_get_reply(new_method_call(where, "Activate", "ii", (0, 0)), timeout=_WAIT)

    def menu(self) -> dict[str, tuple[int, bool]]:
        """The entries that can be seen: their numbers, and whether they are ticked."""
        words = (0, -1, [])
        layout = self._ask_menu("GetLayout", "iias", words)[1]
        entries = {}
        for _signature, (number, properties, _children) in layout[2]:
            told = {name: value[1] for name, value in properties.items()}
            if told.get("visible", True) and told.get("label"):
                entries[told["label"].replace("_", "")] = (number, told.get("toggle-state") == 1)
        return entries

    def choose(self, label: str) -> None:
        """Click on an entry."""
        self._ask_menu("Event", "isvu", (self.menu()[label][0], "clicked", ("s", ""), 0))

    def _ask_menu(self, method: str, signature: str, words: tuple[Any, ...]) -> Any:
        where = DBusAddress("/MenuBar", bus_name=self.items[-1], interface=_MENU)
        return self._asks.send_and_get_reply(
            new_method_call(where, method, signature, words), timeout=_WAIT
        ).body

    def end(self) -> None:
        """The desktop's panel is gone."""
        if not self._ended:
            super().end()
            self._asks.close()
