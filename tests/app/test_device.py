"""What the app remembers of this computer for the status page."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.app.device import Device
from presence_desktop.core.changes import Changes, Notice
from presence_desktop.core.client import Client
from presence_desktop.core.device_report import Seen, Sight
from presence_desktop.desktop.idle import Idle
from presence_desktop.desktop.power import Power
from presence_desktop.protocol.errors import Code
from tests.gui.scene import NOON, NotingGateway, StandingClock


@pytest.fixture
def parts(qapp: QApplication) -> tuple[Device, Idle, Power, StandingClock]:
    clock = StandingClock()
    idle, power = Idle(clock, parent=qapp), Power(clock, parent=qapp)
    client = Client(NotingGateway(), clock)
    return Device(lambda: client, idle, power, clock, qapp), idle, power, clock


def test_locks_absences_and_sleep_are_remembered_the_newest_first(
    parts: tuple[Device, Idle, Power, StandingClock],
) -> None:
    device, idle, power, clock = parts
    idle.said.emit(3, False)
    idle.said.emit(300, False)
    idle.said.emit(310, True)
    idle.said.emit(320, True)
    clock.moment += 1000
    idle.said.emit(0, False)
    power.sleeping.emit()
    power.woke.emit()
    assert device.report().seen == (
        Sight(NOON + 1000, Seen.WOKE), Sight(NOON + 1000, Seen.SLEPT), Sight(NOON + 1000, Seen.TOUCHED),
        Sight(NOON + 1000, Seen.UNLOCKED), Sight(NOON, Seen.LOCKED), Sight(NOON, Seen.LEFT),
    )  # fmt: skip


def test_not_more_is_kept_than_one_reads(parts: tuple[Device, Idle, Power, StandingClock]) -> None:
    device, _idle, power, _clock = parts
    for _ in range(100):
        power.woke.emit()
    assert len(device.report().seen) == 12


def test_a_computer_that_tells_nothing_is_never_called_idle(
    parts: tuple[Device, Idle, Power, StandingClock],
) -> None:
    device, idle, _power, _clock = parts
    idle.said.emit(None, False)
    report = device.report()
    assert (report.idle_source, report.idle_seconds, report.seen) == ("", None, ())


@pytest.mark.parametrize("code", [Code.NO_KEYRING, Code.KEYRING_CLOSED])
def test_the_keyring_counts_as_good_once_somebody_was_kept_unless_it_said_no(
    parts: tuple[Device, Idle, Power, StandingClock], code: Code
) -> None:
    device = parts[0]
    assert device.report().keyring is None
    device.follow(Changes())
    device.kept_signed_in()
    assert device.report().keyring is True
    device.follow(Changes(notices=(Notice(code),)))
    device.kept_signed_in()
    assert device.report().keyring is False


def test_the_tray_is_where_the_icon_is(parts: tuple[Device, Idle, Power, StandingClock]) -> None:
    device = parts[0]
    assert device.report().tray is False
    device.tray = lambda: True
    assert device.report().tray is True


def test_where_nothing_shows_notifications_that_is_told(
    parts: tuple[Device, Idle, Power, StandingClock], qtbot: QtBot
) -> None:
    device = parts[0]
    device.report()
    if device._asking is not None:  # there is a session bus
        qtbot.waitUntil(lambda: device._asking is None)
    assert device.report().notifications in (None, True, False)
