"""How the program starts itself: from source, frozen, and from an AppImage; and what it keeps from those it starts."""

import os
import sys
from pathlib import Path

import pytest

from presence_desktop import __main__
from presence_desktop.desktop.own_program import lasting_program, own_program


def test_from_source_python_runs_the_package() -> None:
    assert own_program("server", "serve") == (sys.executable, ["-m", "presence_desktop", "server", "serve"])
    assert lasting_program("--background") == own_program("--background")


def test_frozen_the_server_is_a_program_of_its_own(frozen: Path) -> None:
    assert own_program("server", "serve") == (str(frozen.with_name("presence-server")), ["serve"])
    assert own_program("colleagues") == (str(frozen), ["colleagues"])
    assert lasting_program("--background") == (str(frozen), ["--background"])


def test_what_starts_later_is_the_appimage_and_not_what_was_unpacked(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPIMAGE", "/mnt/usb/presence.AppImage")
    assert lasting_program("--background") == ("/mnt/usb/presence.AppImage", ["--background"])
    assert own_program("server", "serve")[0] == str(frozen.with_name("presence-server"))


def test_programs_that_a_frozen_one_starts_get_the_systems_libraries(
    frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith(("_PYI_", "LD_LIBRARY_PATH"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LD_LIBRARY_PATH", str(frozen.parent))
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/lib")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", str(frozen))
    monkeypatch.setattr(sys, "argv", ["presence-server", "server", "--version"])
    with pytest.raises(SystemExit, match="0"):
        __main__.main()  # the first word is taken, whichever program it is
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/lib"
    assert not [name for name in os.environ if name.startswith("_PYI_") or name.endswith("_ORIG")]


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Path:
    program = Path("/usr/lib/presence-desktop/presence-desktop")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    return program
