"""A link fills in the page to join; whoever is signed in stays so. A second start calls the first."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.app.join_by_link import JoinByLink
from presence_desktop.core import incoming
from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.protocol.join_link import MOST_CHARACTERS
from tests.gui.scene import SERVER, Scene, shows
from tests.waiting import eventually

LINK = "presence://join/?server=192.168.0.12&invite=abc"


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    staged = Scene(qapp)
    yield staged
    staged.leave()


def filled_in(scene: Scene) -> bool:
    join = scene.window.join
    return shows(scene, join) and (join.server.text(), join.invite.text()) == (
        "https://192.168.0.12:3001",
        "abc",
    )


def test_a_link_fills_in_the_page_to_join(scene: Scene) -> None:
    JoinByLink(scene.window).take(LINK)
    assert filled_in(scene)
    assert not scene.gateway.asked  # nobody joins without pressing the button


@pytest.mark.parametrize("link", ["presence://join/?server=", LINK + "a" * MOST_CHARACTERS], ids=len)
def test_a_wrong_link_says_so(scene: Scene, link: str) -> None:
    JoinByLink(scene.window).take(link)
    assert shows(scene, scene.window.join)
    assert "not all of it arrived" in scene.window.join.error.text()


def test_whoever_is_signed_in_stays_so_and_finds_the_way_back(scene: Scene) -> None:
    scene.sign_in()
    JoinByLink(scene.window).take(LINK)
    assert filled_in(scene)
    assert scene.client.connection.signed_in
    scene.window.join.back.emit()
    assert not scene.window.welcome.back_button.isHidden()
    scene.window.welcome.back_button.click()
    assert shows(scene, scene.window.people)


def test_whoever_is_on_that_server_already_is_shown_it(scene: Scene) -> None:
    scene.sign_in()
    window = scene.window
    window.coming.add()
    JoinByLink(window).take(
        f"presence://join/?server={quote('https://10.0.0.9:3001')}&server={quote(SERVER)}&invite=a"
    )
    assert shows(scene, window.people)
    assert [notice.words.text() for notice in window.people.notices.shown] == [
        "You are on this server already."
    ]
    scene.feed(incoming.SignedOut())
    JoinByLink(window).take(f"presence://join/?server={quote(SERVER)}&invite=a")
    assert shows(scene, window.join)


def test_the_host_is_shown_the_own_server_by_its_key(scene: Scene) -> None:
    scene.sign_in()
    window = scene.window
    key = "7c1f" * 16
    window.show_hosting(HostReport(HostState.RUNNING, SERVER, "https://192.168.0.12:3001", key=key))
    JoinByLink(window).take(f"{LINK}&key={'0' * 64}")
    assert filled_in(scene)
    JoinByLink(window).take(f"{LINK}&key={key}")
    assert shows(scene, window.people)


def test_a_second_start_brings_a_minimised_window_back(scene: Scene, qtbot: QtBot) -> None:
    scene.window.show()
    scene.window.showMinimized()
    JoinByLink(scene.window).called("")
    assert not scene.window.windowState() & Qt.WindowState.WindowMinimized
    assert scene.window.isVisible()
    assert shows(scene, scene.window.welcome)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose sockets' paths are as short as they have to be."""
    with tempfile.TemporaryDirectory(prefix="p-") as folder:
        yield Path(folder)


def test_the_program_started_twice_runs_once(tmp_path: Path, short_folder: Path) -> None:
    command = [sys.executable, "-m", "presence_desktop", "--home", str(tmp_path / "home")]
    folder = {**os.environ, "XDG_RUNTIME_DIR": str(short_folder)}
    first = subprocess.Popen(command, env=folder)
    try:
        eventually(lambda: any(path.is_socket() for path in short_folder.iterdir()), within=30)
        second = subprocess.run([*command, LINK], env=folder, timeout=30, check=False)
        assert second.returncode == 0
        assert first.poll() is None
        first.send_signal(signal.SIGTERM)
        assert first.wait(20) == 0
    finally:
        if first.poll() is None:
            first.kill()
            first.wait()
