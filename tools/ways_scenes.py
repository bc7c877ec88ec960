"""The scenes of `make screenshots` with the ways through the app: switcher, shortcuts, settings, status page."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from presence_desktop.core import incoming
from presence_desktop.core.device_report import DeviceReport, Seen, Sight
from presence_desktop.gui.settings.held import Held
from presence_desktop.protocol.events import HeartbeatAck
from presence_desktop.protocol.status import Reason, Status
from tests.gui.scene import NOON, Scene

_MINUTE = 60_000
_AWAY = DeviceReport(
    idle_source="x11",
    idle_seconds=734,
    sleep_told=True,
    seen=(
        Sight(NOON - 5 * _MINUTE, Seen.LEFT),
        Sight(NOON - 61 * _MINUTE, Seen.UNLOCKED),
        Sight(NOON - 92 * _MINUTE, Seen.LOCKED),
    ),
    tray=True,
    notifications=True,
    keyring=True,
)


def switcher(scene: Scene) -> QWidget:
    """The quick switcher as it comes up."""
    scene.sign_in()
    scene.window.people.open_talk(2)
    scene.window.ways.open_switcher()
    return scene.window


def switcher_found(scene: Scene) -> QWidget:
    """The quick switcher, with something typed."""
    switcher(scene)
    opened = scene.window.ways.switcher
    if opened is not None:
        opened.search.setText("a")
    return scene.window


def shortcuts(scene: Scene) -> QWidget:
    """The sheet of all shortcuts."""
    scene.sign_in()
    scene.window.people.open_talk(1)
    scene.window.ways.open_sheet()
    return scene.window


def settings(scene: Scene) -> QWidget:
    """The settings page."""
    scene.sign_in()
    scene.window.ways.held = lambda: Held(notices=True, texts=True, closing="system", autostart=False)
    scene.window.ways.open_settings()
    return scene.window


def status_page(scene: Scene) -> QWidget:
    """Why one looks away."""
    scene.sign_in()
    scene.client.own.shown, scene.client.own.reason = Status.AWAY, Reason.IDLE
    scene.window.people.selector.refresh()
    scene.window.ways.device = lambda: _AWAY
    scene.window.ways.open_status_page()
    scene.clock.moment += 12
    scene.feed(incoming.Acked(HeartbeatAck(timestamp=scene.clock.now())))
    QTest.qWait(1_100)
    return scene.window


ALL = (switcher, switcher_found, shortcuts, settings, status_page)
