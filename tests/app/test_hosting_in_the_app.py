"""The whole app hosts, with a real server: the owner is in at once, and stays in whatever the server goes through."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.app.wiring import Wiring
from presence_desktop.core.connection import LinkState
from presence_desktop.core.hosting import HostRequest, HostState, Owner
from presence_desktop.core.join_link import JoinLink, read_join_link
from presence_desktop.core.restarts import Restarts
from presence_desktop.disk.places import Places
from presence_desktop.disk.settings import SettingsFile

WAIT_MS = 40_000
OWNER = Owner("ada@example.org", "Ada", "long enough")


@pytest.fixture
def wiring(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Wiring]:
    home = Places(config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")
    home.make()
    made = Wiring(qapp, home)
    made.begin(demo=False)
    yield made
    made.end()
    made.window.quit()
    made.window.deleteLater()
    made.deleteLater()


def online(wiring: Wiring) -> bool:
    connection = wiring.window.client.connection
    return connection.state is LinkState.ONLINE and connection.link_known


def link_shown(wiring: Wiring) -> JoinLink | None:
    return read_join_link(wiring.window.hosting.server.invites.link.button.text_to_copy)


def link_name(wiring: Wiring) -> str:
    link = link_shown(wiring)
    return "" if link is None else link.name


@pytest.mark.slow
def test_the_owner_stays_the_same_through_other_keys_and_crashes(
    wiring: Wiring, tmp_path: Path, qtbot: QtBot
) -> None:
    window, hosting = wiring.window, wiring.around.hosting
    hosting._local._restarts = Restarts(first_ms=50)
    window.host_asked.emit(HostRequest(OWNER, reachable=True))
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.hosting, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: link_shown(wiring) is not None, timeout=WAIT_MS)
    link = link_shown(wiring)
    assert link is not None
    assert (link.server, link.key) == (hosting.report.address, hosting.report.key or None)
    server = window.account.server
    qtbot.waitUntil(lambda: hosting.report.name == "Ada's team", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.account.name == "Ada's team", timeout=WAIT_MS)
    assert window.hosting.server.name.field.text() == "Ada's team"
    qtbot.waitUntil(lambda: link_name(wiring) == "Ada's team", timeout=WAIT_MS)

    window.hosting.machine.reachable.click()
    qtbot.waitUntil(lambda: hosting.report.state is HostState.STARTING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: hosting.report.state is HostState.RUNNING and online(wiring), timeout=WAIT_MS)
    assert (hosting.report.reachable, hosting.report.key) == (False, "")
    assert window.account.server == server
    assert window.hosting.server.invites.isVisible()

    os.kill(hosting._local.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: hosting.report.state is HostState.RESTARTING, timeout=WAIT_MS)
    assert not window.people.host_strip.isHidden()
    qtbot.waitUntil(lambda: hosting.report.state is HostState.RUNNING and online(wiring), timeout=WAIT_MS)
    assert window.people.host_strip.isHidden()
    kept = SettingsFile(tmp_path / "config" / "settings.json").load()
    assert [(one.server, one.account) for one in kept.accounts] == [(server, OWNER.email)]
    assert (kept.hosting.running, kept.hosting.reachable) == (True, False)


def test_a_server_that_was_stopped_is_found_stopped_not_made_anew(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    home = Places(config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")
    home.make()
    file = SettingsFile(home.settings)
    file.save(file.load().changed(hosting={"port": 3001, "hosted": True}))
    wiring = Wiring(qapp, home)
    window = wiring.window
    wiring.begin(demo=False)
    qtbot.waitUntil(lambda: window.looking_after.report is not None, timeout=WAIT_MS)
    window.welcome.host_chosen.emit()
    assert window.pages.currentWidget() is window.hosting
    assert window.focusWidget() is window.hosting.machine.start
    window.looking_after.sign_in_asked.emit("http://127.0.0.1:3001")
    assert window.pages.currentWidget() is window.sign_in
    assert window.sign_in.server.text() == "http://127.0.0.1:3001"
    wiring.end()
    window.quit()
    window.deleteLater()
    wiring.deleteLater()
