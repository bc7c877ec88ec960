"""Files that are replaced under the running app: it says so, reports no crash for it, and starts anew when asked."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import presence_desktop
from presence_desktop.app import upgrading as upgrading_module
from presence_desktop.app.background import Background
from presence_desktop.app.upgrading import Upgrading
from presence_desktop.desktop.own_program import OwnFile
from presence_desktop.gui.crash import CrashReporter
from presence_desktop.gui.tray import Tray
from tests.gui.scene import Scene
from tests.waiting import eventually

ROOT = Path(presence_desktop.__file__).parent.parent


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "presence-desktop"
    file.write_bytes(b"old")
    return file


@pytest.fixture
def upgrading(
    program: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Upgrading]:
    """Beside a window that is shown."""
    monkeypatch.setattr(upgrading_module, "REST_MS", 20)
    scene = Scene(qapp)
    scene.window.show()
    beside = Background(scene.window, Tray(scene.window.accounts, scene.look))
    yield Upgrading(scene.window, beside, scene.look, OwnFile(program), scene.window)
    beside.end()
    scene.leave()


def replace(program: Path) -> None:
    """As packages do it."""
    new = program.with_suffix(".new")
    new.write_bytes(b"new")
    new.replace(program)


def come_forward(upgrading: Upgrading) -> None:
    QApplication.sendEvent(upgrading.strip.window(), QEvent(QEvent.Type.WindowActivate))


def test_a_file_is_known_by_more_than_its_name(program: Path) -> None:
    own = OwnFile(program)
    assert not own.replaced
    replace(program)
    assert own.replaced
    program.unlink()
    assert (own.now, own.replaced) == (None, True)
    assert not OwnFile(program).replaced, "what was never seen was not replaced"
    assert not OwnFile().replaced


def test_a_new_version_is_told_when_one_comes_back_to_the_window(
    upgrading: Upgrading, program: Path, qtbot: QtBot
) -> None:
    come_forward(upgrading)
    assert not upgrading._rest.isActive()
    replace(program)
    come_forward(upgrading)
    assert upgrading.strip.isHidden(), "its files have to come to rest first"
    qtbot.waitUntil(upgrading.strip.isVisible)
    come_forward(upgrading)
    assert not upgrading._rest.isActive()


def test_while_it_is_being_replaced_nothing_is_told(
    upgrading: Upgrading, program: Path, qtbot: QtBot
) -> None:
    program.unlink()
    come_forward(upgrading)
    with qtbot.waitSignal(upgrading._rest.timeout):
        pass
    assert upgrading.strip.isHidden()
    program.write_bytes(b"newer")
    qtbot.waitUntil(upgrading.strip.isVisible)
    upgrading.end()


def test_what_fails_then_is_no_crash(upgrading: Upgrading, program: Path, qtbot: QtBot) -> None:
    reporter = CrashReporter(upgrading)
    reporter.explained = upgrading.look
    reporter._show("ImportError: before")
    assert reporter.box is not None
    reporter.box.close()
    replace(program)
    reporter._show("ImportError: after")
    assert reporter.box is None
    qtbot.waitUntil(upgrading.strip.isVisible)


def test_restarting_ends_the_app_and_asks_nobody(upgrading: Upgrading, qtbot: QtBot) -> None:
    window = upgrading.strip.window()
    with qtbot.waitSignal(window.closed):  # type: ignore[attr-defined]
        QTimer.singleShot(0, upgrading.strip.button.click)
    assert upgrading.restarting


@pytest.mark.slow
def test_a_real_copy_is_replaced_while_it_runs(tmp_path: Path) -> None:
    """A page that is loaded late is not in the new files: the strip says why, and the new version starts."""
    old, home = tmp_path / "app", tmp_path / "home"
    for room in ("presence_desktop", "tests/fakes"):
        shutil.copytree(ROOT / room, old / room, ignore=shutil.ignore_patterns("__pycache__"))
    (old / "tests" / "__init__.py").touch()
    environment = {**os.environ, "PRESENCE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
    seat = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.upgraded_seat"],
        cwd=old,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert seat.stdin is not None
    assert seat.stdout is not None

    def say(word: str) -> str:
        assert seat.stdin is not None
        assert seat.stdout is not None
        seat.stdin.write(f"{word}\n")
        seat.stdin.flush()
        return seat.stdout.readline().strip()

    anew = 0
    try:
        assert say("look") == "nothing"
        package = old / "presence_desktop"
        package.rename(old / "gone")
        shutil.copytree(old / "gone", package, ignore=shutil.ignore_patterns("settings", "__pycache__"))
        assert say("settings") == "opened"
        eventually(lambda: say("look") == "strip", what="the strip, and no crash notice")
        shutil.copytree(ROOT / "presence_desktop" / "gui" / "settings", package / "gui" / "settings")
        anew = int(say("restart"))
        assert seat.wait(20) == 0
        log = home / "data" / "app.log"
        eventually(log.exists, what="the new one's log")
        assert Path(f"/proc/{anew}/cwd").resolve() == old
    finally:
        if anew:
            os.kill(anew, signal.SIGTERM)
            eventually(lambda: not Path(f"/proc/{anew}").exists(), what="its end")
        if seat.poll() is None:
            seat.kill()
        seat.communicate(timeout=10)
