"""The app starts with the computer, or not."""

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from presence_desktop.desktop import autostart
from presence_desktop.desktop.autostart import Autostart


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def test_on_and_off(config: Path) -> None:
    start = Autostart()
    assert start.on is False
    assert start.set(True)
    assert start.on
    entry = (config / "autostart" / "presence-desktop.desktop").read_text()
    assert f'Exec="{sys.executable}" "-m" "presence_desktop" "--background"\n' in entry
    assert start.set(False)
    assert start.on is False
    assert start.set(False)


def test_a_path_with_everything_in_it_is_quoted() -> None:
    command = autostart._desktop_command('/opt/my "app" $x %f', "a\\b")
    assert command == '"/opt/my \\\\"app\\\\" \\\\$x %%f" "a\\\\\\\\b"'


@pytest.mark.parametrize("program", ["/usr/bin/presence-desktop", '/opt/50% "my" $apps/`x` \\y/presence'])
def test_the_entry_is_one_as_desktops_read_it(
    config: Path, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autostart, "lasting_program", lambda word: (program, [word]))
    start = Autostart()
    assert start.set(True)
    done = subprocess.run(
        ["desktop-file-validate", str(start.path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_turned_off_is_off_and_can_be_turned_on_again(config: Path, line: str) -> None:
    start = Autostart()
    assert start.set(True)
    path = start.path
    assert path is not None
    path.write_text(path.read_text() + f"{line}\n")
    assert start.on is False
    assert start.set(True)
    assert start.on


def test_a_folder_that_cannot_be_written_is_said(config: Path, caplog: pytest.LogCaptureFixture) -> None:
    (config / "autostart").write_text("in the way")
    assert not Autostart().set(True)
    assert "could not be changed" in caplog.text


def test_without_a_folder_of_its_own_the_home_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Autostart().path == tmp_path / ".config" / "autostart" / "presence-desktop.desktop"


def test_a_launch_agent_says_what_to_run(tmp_path: Path) -> None:
    path = tmp_path / "LaunchAgents" / "it.plist"
    autostart._write(path, True)
    told = plistlib.loads(path.read_bytes())
    assert told["RunAtLoad"] is True
    assert told["ProgramArguments"] == [sys.executable, "-m", "presence_desktop", "--background"]
