"""Notifications by dunst, on a bus of its own; by a service that answers in place; and without any."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from pytestqt.qtbot import QtBot

from presence_desktop.desktop.notify import OPEN, READ, REPLY, Card, Notifications
from tests.fakes.notification_service import NAME, PATH, Service, own_bus
from tests.waiting import eventually

ACTIONS = ((OPEN, "Open"), (REPLY, "Reply"), (READ, "Mark as read"))
HELLO = Card("talk:1", "Mina", "1 < 2 & <b>so on</b>", ACTIONS)
_RULES = """[global]
    origin = top-right
[urgency_normal]
    timeout = 0
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    with own_bus(tmp_path) as address:
        yield address


class Dunst:
    """The daemon, asked over its own bus what it shows."""

    def __init__(self, bus: str) -> None:
        self._bus = open_dbus_connection(bus)

    def owned(self) -> bool:
        return bool(self._bus.send_and_get_reply(message_bus.NameHasOwner(NAME)).body[0])

    def call(self, method: str, signature: str = "", words: tuple[Any, ...] = ()) -> Any:
        address = DBusAddress(PATH, bus_name=NAME, interface="org.dunstproject.cmd0")
        reply = self._bus.send_and_get_reply(new_method_call(address, method, signature, words), timeout=5)
        return reply.body[0] if reply.body else None

    @property
    def count(self) -> int:
        address = DBusAddress(PATH, bus_name=NAME, interface="org.freedesktop.DBus.Properties")
        asked = new_method_call(address, "Get", "ss", ("org.dunstproject.cmd0", "displayedLength"))
        return int(self._bus.send_and_get_reply(asked, timeout=5).body[0][1])

    def history(self) -> list[tuple[str, str]]:
        """What was shown and is gone: titles and texts."""
        return [(entry["summary"][1], entry["body"][1]) for entry in self.call("NotificationListHistory")]

    def end(self) -> None:
        self._bus.close()


@pytest.fixture
def dunst(bus: str, tmp_path: Path) -> Iterator[Dunst]:
    rules = tmp_path / "dunstrc"
    rules.write_text(_RULES)
    folder = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus}
    with (tmp_path / "dunst.log").open("wb") as log:
        daemon = subprocess.Popen(["dunst", "-config", str(rules)], env=folder, stdout=log, stderr=log)
    asked = Dunst(bus)
    eventually(asked.owned, within=20, what="dunst")
    yield asked
    asked.end()
    daemon.terminate()
    daemon.wait(10)


@pytest.fixture
def notifications(bus: str, qapp: object) -> Iterator[Notifications]:
    made = Notifications(bus)
    yield made
    made.end()


def test_dunst_shows_replaces_and_closes(dunst: Dunst, notifications: Notifications, qtbot: QtBot) -> None:
    notifications.show(HELLO)
    notifications.show(Card("talk:1", "Mina (2)", "still there?", ACTIONS))
    notifications.show(Card("talk:2", "Noah", "lunch"))
    qtbot.waitUntil(lambda: dunst.count == 2)
    assert notifications.service == "dunst"
    notifications.close("talk:1")
    qtbot.waitUntil(lambda: dunst.count == 1)
    assert dunst.history() == [("Mina (2)", "still there?")]
    notifications.show(HELLO)
    qtbot.waitUntil(lambda: dunst.count == 2)
    notifications.close("talk:1")
    qtbot.waitUntil(lambda: dunst.count == 1)
    assert ("Mina", "1 &lt; 2 &amp; &lt;b&gt;so on&lt;/b&gt;") in dunst.history() or (
        "Mina",
        "1 < 2 & <b>so on</b>",
    ) in dunst.history()


def test_a_click_on_dunst_opens(dunst: Dunst, notifications: Notifications, qtbot: QtBot) -> None:
    notifications.show(HELLO)
    qtbot.waitUntil(lambda: dunst.count == 1)
    with qtbot.waitSignal(notifications.acted, timeout=5000) as acted:
        dunst.call("NotificationAction", "u", (0,))
    assert acted.args == ["talk:1", OPEN]


def test_what_is_shown_goes_with_the_app(dunst: Dunst, notifications: Notifications, qtbot: QtBot) -> None:
    notifications.show(HELLO)
    qtbot.waitUntil(lambda: dunst.count == 1)
    notifications.end()
    qtbot.waitUntil(lambda: dunst.count == 0)


def test_what_is_closed_at_once_does_not_stay(
    dunst: Dunst, notifications: Notifications, qtbot: QtBot
) -> None:
    notifications.show(Card("talk:2", "Noah", "lunch"))
    qtbot.waitUntil(lambda: dunst.count == 1)
    notifications.show(HELLO)
    notifications.close("talk:1")
    qtbot.waitUntil(lambda: "Mina" in str(dunst.history()))
    assert dunst.count == 1


@pytest.fixture
def service(bus: str) -> Iterator[Service]:
    made = Service(bus)
    yield made
    made.end()


def test_an_answer_in_place(service: Service, notifications: Notifications, qtbot: QtBot) -> None:
    notifications.show(HELLO)
    qtbot.waitUntil(lambda: bool(service.notified))
    app, replaces, _icon, title, body, actions, hints, _timeout = service.notified[0]
    assert (app, replaces, title, body) == ("Presence Desktop", 0, "Mina", "1 < 2 & <b>so on</b>")
    assert actions == ["default", "Open", "inline-reply", "Reply", "read", "Mark as read"]
    assert hints["desktop-entry"] == ("s", "presence-desktop")
    qtbot.waitUntil(lambda: notifications._shown["talk:1"].number == 7)
    with qtbot.waitSignal(notifications.replied, timeout=5000) as replied:
        service.tell("NotificationReplied", "us", 99, "somebody else's")
        service.tell("ActionInvoked", "us", 7, "inline-reply")
        service.tell("NotificationReplied", "us", 7, "on my way")
    assert replied.args == ["talk:1", "on my way"]
    with qtbot.waitSignal(notifications.acted, timeout=5000) as acted:
        service.tell("ActionInvoked", "us", 7, "read")
    assert acted.args == ["talk:1", READ]
    service.tell("NotificationClosed", "uu", 7, 2)
    qtbot.waitUntil(lambda: not notifications._shown)


def test_nobody_else_s_signals_are_listened_to(
    bus: str, service: Service, notifications: Notifications, qtbot: QtBot
) -> None:
    notifications.show(HELLO)
    qtbot.waitUntil(lambda: bool(service.notified))
    qtbot.waitUntil(lambda: notifications._shown["talk:1"].number == 7)
    told: list[tuple[str, str]] = []
    notifications.replied.connect(lambda key, text: told.append((key, text)))
    stranger = open_dbus_connection(bus)
    stranger.send(
        new_signal(DBusAddress(PATH, interface=NAME), "NotificationReplied", "us", (7, "send money"))
    )
    stranger.close()
    with qtbot.waitSignal(notifications.acted, timeout=5000):
        service.tell("ActionInvoked", "us", 7, "default")
    assert told == []


def test_without_a_service_the_card_is_handed_back(
    bus: str, notifications: Notifications, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(notifications.refused, timeout=5000) as refused:
        notifications.show(HELLO)
    assert refused.args == [HELLO]
    assert notifications.service == ""


def test_without_a_bus_too(tmp_path: Path, qapp: object, qtbot: QtBot) -> None:
    notifications = Notifications(f"unix:path={tmp_path}/none")
    with qtbot.waitSignal(notifications.refused, timeout=5000):
        notifications.show(HELLO)
    notifications.close("talk:1")
    notifications.end()


def test_a_bus_that_goes_away_is_survived(tmp_path: Path, qapp: object, qtbot: QtBot) -> None:
    with own_bus(tmp_path) as address:
        service = Service(address)
        notifications = Notifications(address)
        notifications.show(HELLO)
        qtbot.waitUntil(lambda: bool(service.notified))
        service.end()
    qtbot.waitUntil(lambda: notifications._link is None)
    with qtbot.waitSignal(notifications.refused, timeout=5000):
        notifications.show(HELLO)
    notifications.end()
