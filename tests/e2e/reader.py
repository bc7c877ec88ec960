"""Reads windows as a screen reader does: over AT-SPI, the names of things and where they are on the screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from jeepney import DBusAddress, HeaderFields, MatchRule, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

_ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_FOCUSED, _SHOWING = 12, 25
"""The numbers of AT-SPI's states of these names."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the screen."""

    bus: str
    path: str
    name: str
    role: str


class Reader:
    """One connection to the accessibility bus."""

    def __init__(self, session_bus: str) -> None:
        session = open_dbus_connection(session_bus)
        where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        (address,) = unwrap_msg(session.send_and_get_reply(new_method_call(where, "GetAddress")))
        session.close()
        self._address = address
        self._bus: DBusConnection = open_dbus_connection(address)
        self._ears: DBusConnection | None = None
        self._heard: list[str] = []

    def close(self) -> None:
        """Read no more."""
        if self._ears is not None:
            self._ears.close()
        self._bus.close()

    def listen(self) -> None:
        """From now on hear what is announced."""
        ears = self._ears = open_dbus_connection(self._address)
        where = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")
        ears.send_and_get_reply(new_method_call(where, "RegisterEvent", "s", ("object:announcement",)))
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        unwrap_msg(ears.send_and_get_reply(message_bus.AddMatch(rule)))

    def heard(self) -> list[str]:
        """All that was announced since, oldest first."""
        while self._ears is not None:
            try:
                told = self._ears.receive(timeout=0.05)
            except TimeoutError:
                break
            if told.header.fields.get(HeaderFields.member) == "Announcement":
                self._heard.append(str(told.body[3][1]))
        return self._heard

    def apps(self) -> dict[int, tuple[str, str]]:
        """The root object of each application, by process id."""
        found = {}
        for bus, path in self._children(*_ROOT):
            try:
                found[self._pid(bus)] = (bus, path)
            except DBusErrorResponse:
                continue
        return found

    def things(self, pid: int) -> Iterator[Thing]:
        """Everything that this process shows, in reading order. What vanishes meanwhile is left out."""
        root = self.apps().get(pid)
        if root is not None:
            yield from self._below(*root)

    def box(self, thing: Thing) -> tuple[int, int, int, int]:
        """Left, top, width and height on the screen, in pixels."""
        where = DBusAddress(thing.path, thing.bus, "org.a11y.atspi.Component")
        ((left, top, width, height),) = self._ask(where, "GetExtents", "u", (0,))
        return left, top, width, height

    def text(self, thing: Thing) -> str:
        """What stands in a field."""
        where = DBusAddress(thing.path, thing.bus, "org.a11y.atspi.Text")
        (text,) = self._ask(where, "GetText", "ii", (0, -1))
        return str(text)

    def showing(self, thing: Thing) -> bool:
        """Whether it can be seen."""
        return self._is(thing, _SHOWING)

    def focused(self, thing: Thing) -> bool:
        """Whether it has the keyboard."""
        return self._is(thing, _FOCUSED)

    def _is(self, thing: Thing, state: int) -> bool:
        where = DBusAddress(thing.path, thing.bus, _ACCESSIBLE)
        try:
            ((low, _high),) = self._ask(where, "GetState")
        except DBusErrorResponse:
            return False
        return bool(low >> state & 1)

    def _below(self, bus: str, path: str) -> Iterator[Thing]:
        for child_bus, child_path in self._children(bus, path):
            try:
                thing = self._thing(child_bus, child_path)
            except DBusErrorResponse:
                continue
            if self.showing(thing) or thing.role in {"table cell", "frame", "window", "filler"}:
                yield thing
                yield from self._below(child_bus, child_path)

    def _children(self, bus: str, path: str) -> list[tuple[str, str]]:
        try:
            (children,) = self._ask(DBusAddress(path, bus, _ACCESSIBLE), "GetChildren")
        except DBusErrorResponse:
            return []
        return list(children)

    def _thing(self, bus: str, path: str) -> Thing:
        where = DBusAddress(path, bus, _ACCESSIBLE)
        (role,) = self._ask(where, "GetRoleName")
        properties = DBusAddress(path, bus, "org.freedesktop.DBus.Properties")
        ((_signature, name),) = self._ask(properties, "Get", "ss", (_ACCESSIBLE, "Name"))
        return Thing(bus, path, name, role)

    def _pid(self, bus: str) -> int:
        where = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        (pid,) = self._ask(where, "GetConnectionUnixProcessID", "s", (bus,))
        return int(pid)

    def _ask(
        self, where: DBusAddress, method: str, signature: str = "", values: tuple[object, ...] = ()
    ) -> tuple:
        message = new_method_call(where, method, signature or None, values)
        return unwrap_msg(self._bus.send_and_get_reply(message, timeout=5))
