"""A second start calls the first; after a crash the next start is the first. Second and first are real processes."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from presence_desktop.desktop import single_instance
from presence_desktop.desktop.single_instance import SingleInstance, first_was_called
from presence_desktop.protocol.join_link import MOST_CHARACTERS

LINK = "presence://join/?server=192.168.0.12&invite=한글"
START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from presence_desktop.desktop.single_instance import SingleInstance
app = QCoreApplication(sys.argv)
one = SingleInstance(Path(sys.argv[1]))
print("first" if one.claim(sys.argv[2]) else "second", flush=True)
one.asked.connect(lambda link: print(link, flush=True))
if sys.argv[3] == "stay":
    app.exec()
one.end()
"""


@pytest.fixture
def run() -> Iterator[Path]:
    """Where sockets lie: the path of one may have 107 characters, and those of tests grow long."""
    with tempfile.TemporaryDirectory(prefix="run") as folder:
        yield Path(folder)


@pytest.fixture
def home(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(run))
    return tmp_path / "home"


@pytest.fixture
def first(home: Path, qapp: object) -> Iterator[SingleInstance]:
    one = SingleInstance(home)
    assert one.claim()
    yield one
    one.end()


def start(home: Path, link: str = "", stay: str = "") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", START, str(home), link, stay], stdout=subprocess.PIPE, text=True
    )


def test_a_second_start_calls_the_first_and_hands_over_its_link(
    home: Path, first: SingleInstance, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.asked, timeout=20_000) as told:
        second = start(home, LINK)
    assert told.args == [LINK]
    assert second.communicate(timeout=10) == ("second\n", None)


@pytest.mark.parametrize(
    ("link", "told_link"),
    [
        (
            "presence://join/?server=" + "a" * 100_000,
            "presence://join/?server=" + "a" * (MOST_CHARACTERS - 23),
        ),
        ("🐈" * MOST_CHARACTERS, "🐈" * MOST_CHARACTERS),
    ],
    ids=["too long", "as long as it may be"],
)
def test_however_long_a_link_is_no_second_app_runs(
    home: Path, first: SingleInstance, qtbot: QtBot, link: str, told_link: str
) -> None:
    with qtbot.waitSignal(first.asked, timeout=20_000) as told:
        second = start(home, link)
    assert told.args == [told_link]
    assert second.communicate(timeout=10) == ("second\n", None)


def test_a_start_that_has_loaded_nothing_yet_calls_the_first(
    home: Path, first: SingleInstance, qtbot: QtBot
) -> None:
    early = (
        "import sys\nfrom pathlib import Path\nfrom presence_desktop.desktop.single_instance import first_was_called\n"
        "print(first_was_called(Path(sys.argv[1]), sys.argv[2]), 'PySide6.QtNetwork' in sys.modules)"
    )
    with qtbot.waitSignal(first.asked, timeout=20_000) as told:
        second = subprocess.Popen(
            [sys.executable, "-c", early, str(home), LINK], stdout=subprocess.PIPE, text=True
        )
    assert told.args == [LINK]
    assert second.communicate(timeout=10) == ("True False\n", None)


def test_where_nobody_is_first_nobody_is_called(home: Path) -> None:
    assert not first_was_called(home, LINK)


def test_two_homes_are_two_apps(first: SingleInstance, tmp_path: Path) -> None:
    other = SingleInstance(tmp_path / "another")
    assert other.claim()
    other.end()


def test_after_a_crash_the_next_start_is_the_first(home: Path, run: Path, qapp: object) -> None:
    with start(home, stay="stay") as crashed:
        assert crashed.stdout is not None
        assert crashed.stdout.readline() == "first\n"
        os.kill(crashed.pid, signal.SIGKILL)
    assert list(run.iterdir())  # the lock and the socket lie there still
    again = start(home, stay="stay")
    assert again.stdout is not None
    assert again.stdout.readline() == "first\n"
    assert start(home, LINK).communicate(timeout=10) == ("second\n", None)
    assert again.stdout.readline() == f"{LINK}\n"
    again.kill()
    again.communicate(timeout=10)


def test_whoever_ended_is_first_no_more(home: Path, qapp: object) -> None:
    one, other = SingleInstance(home), SingleInstance(home)
    assert one.claim()
    one.end()
    assert other.claim()
    other.end()


def test_beside_one_that_hangs_the_second_runs_too(
    home: Path, first: SingleInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_MS", 200)
    second = SingleInstance(home)
    assert second.claim()  # the first is this very thread: it cannot answer
    second.end()


def test_only_its_owner_may_open_the_socket(first: SingleInstance) -> None:
    assert Path(first._name).stat().st_mode & 0o077 == 0


def test_where_no_lock_can_be_made_the_app_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    one = SingleInstance(tmp_path / "never" / "made")
    assert one.claim(LINK)
    assert "no lock file" in caplog.text
    one.end()


def test_a_socket_that_cannot_be_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object, caplog: pytest.LogCaptureFixture
) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    one = SingleInstance(tmp_path)
    assert one.claim()
    assert "too long" in caplog.text
    one.end()
