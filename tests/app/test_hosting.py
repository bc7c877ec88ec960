"""Hosting as the app does it, with a real server: what is remembered, its key, its word in the network, its page."""

import platform
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from presence_desktop.app.hosting import Hosting
from presence_desktop.app.nearby import Nearby
from presence_desktop.core.hosting import HostRequest, HostState, Owner
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.nearby import NearbyServer
from presence_desktop.core.trust import Guard, Known, MemoryPins
from presence_desktop.desktop.local_server import LocalServer
from presence_desktop.disk.settings import Hosting as Kept
from presence_desktop.gui.hosting.page import HostingPage
from presence_desktop.gui.look import Look
from presence_desktop.gui.welcome import WelcomePage

START_MS = 30_000
LOOPBACK = "127.0.0.1"
OWNER = Owner("ada@example.org", "Ada", "long enough")


@pytest.fixture(autouse=True)
def loopback_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESENCE_MDNS", LOOPBACK)


class House:
    """Hosting, with what it stands on."""

    def __init__(self, folder: Path) -> None:
        self.kept, self.pins = Kept(), MemoryPins()
        self.local = LocalServer(folder, 0)
        self.hosting = Hosting(self.local, self.pins, folder, lambda: self.kept, self.keep)

    def keep(self, **fields: object) -> None:
        self.kept = replace(self.kept, **fields)


@pytest.fixture
def house(tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    house = House(tmp_path / "server")
    yield house
    house.hosting.end()
    house.hosting.deleteLater()
    house.local.deleteLater()


@pytest.fixture
def nearby(qapp: QApplication) -> Iterator[Nearby]:
    nearby = Nearby(lambda: True)
    yield nearby
    nearby.end()
    nearby.deleteLater()


@pytest.fixture
def welcome(nearby: Nearby, qapp: QApplication, qtbot: QtBot) -> WelcomePage:
    """The first page, with servers looked for while it is shown."""
    page = WelcomePage(Look(qapp), QToolButton())
    qtbot.addWidget(page)
    nearby.attach(page)
    return page


def names(page: WelcomePage) -> list[str]:
    return [button.server.name for button in page.nearby.buttons]


def test_a_hosted_server_is_remembered_known_by_its_key_and_found(
    house: House, welcome: WelcomePage, qapp: QApplication, qtbot: QtBot
) -> None:
    hosting, here = house.hosting, platform.node()
    page = HostingPage(Look(qapp))
    qtbot.addWidget(page)
    hosting.attach(page)
    hosting.reported.connect(page.show_report)
    welcome.show()
    with qtbot.waitSignal(hosting.owner_ready, timeout=START_MS) as ready:
        hosting.host(HostRequest(OWNER, reachable=True))
    assert ready.args == [hosting.report.url, OWNER.email, OWNER.password]
    assert house.kept.running
    assert house.kept.reachable
    assert house.pins.known(hosting.report.url) == Known(Guard.KEY, hosting.report.key)
    assert page.machine.address.line.text() == hosting.report.address
    assert "server.listening" in page.log._text
    qtbot.waitUntil(lambda: here in names(welcome), timeout=START_MS)
    found = next(button.server for button in welcome.nearby.buttons if button.server.name == here)
    assert (found.servers[0], found.key) == (hosting.report.address, hosting.report.key)
    house.local._listen('{"message": "server.named", "name": "연구실"}')
    assert hosting.report.name == "연구실"
    qtbot.waitUntil(lambda: "연구실" in names(welcome), timeout=START_MS)
    here = "연구실"
    page.find_asked.emit(False)
    qtbot.waitUntil(lambda: here not in names(welcome), timeout=START_MS)
    with qtbot.waitSignal(hosting.key_changed, timeout=START_MS):
        page.reach_asked.emit(False)
    assert house.pins.known(hosting.report.url) is None
    page.stop_asked.emit()
    qtbot.waitUntil(lambda: hosting.report.state is HostState.STOPPED, timeout=START_MS)
    assert not house.kept.running
    assert not hosting.begin()


def test_what_is_found_leads_to_the_page_to_join(nearby: Nearby, welcome: WelcomePage, qtbot: QtBot) -> None:
    lab = NearbyServer("연구실", ("https://192.168.0.12:3001",), "7c1f" * 16)
    nearby._found((lab,))
    with qtbot.waitSignal(nearby.join_asked) as asked:
        welcome.nearby.buttons[0].click()
    assert asked.args == [JoinLink(lab.servers)]  # what anybody may announce pins nothing
    nearby.look(False)
    assert names(welcome) == []
