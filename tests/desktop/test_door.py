"""A line through a local socket, by Python's sockets and as Windows has it: taken, hung up on, or nobody there."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from presence_desktop.desktop import door, door_windows


@pytest.fixture
def name() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="door") as folder:
        yield str(Path(folder, "socket"))


@pytest.fixture(params=[door, door_windows])
def kind(request: pytest.FixtureRequest) -> ModuleType:
    found: ModuleType = request.param
    return found


@pytest.fixture
def opened(kind: ModuleType, name: str, qapp: object) -> Iterator[Any]:
    one = kind.Door(lambda line: line.startswith(b"good"))
    one.open(name)
    yield one
    one.close()


KNOCK = """
import sys
from importlib import import_module
print(import_module(sys.argv[1]).knock(sys.argv[2], bytes.fromhex(sys.argv[3]), 5_000))
"""


class Caller:
    """One that knocks, in a process of its own."""

    def __init__(self, kind: ModuleType, name: str, line: bytes) -> None:
        command = [sys.executable, "-c", KNOCK, kind.__name__, name, line.hex()]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def answer(self, qtbot: QtBot) -> str:
        """What came of it."""
        qtbot.waitUntil(lambda: self._process.poll() is not None)
        return self._process.communicate()[0].strip()


def test_a_line_that_is_understood_is_taken_and_told_once(
    kind: ModuleType, opened: Any, name: str, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(opened.heard, timeout=5_000) as told:
        assert Caller(kind, name, b"good " + "한글".encode()).answer(qtbot) == "True"
    assert told.args == ["good 한글".encode()]


@pytest.mark.parametrize("line", [b"", b"bad", b"\xff", b"good" + b"x" * door.MOST_BYTES])
def test_another_line_is_hung_up_on(
    kind: ModuleType, opened: Any, name: str, line: bytes, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(opened.heard):
        assert Caller(kind, name, line).answer(qtbot) == "False"


def test_many_call_at_once_and_one_that_says_nothing_keeps_nobody_waiting(
    kind: ModuleType, opened: Any, name: str, qtbot: QtBot
) -> None:
    silent = QLocalSocket()
    silent.connectToServer(name)
    callers = [Caller(kind, name, b"good") for _ in range(3)]
    assert [caller.answer(qtbot) for caller in callers] == ["True"] * 3
    silent.abort()
    silent.deleteLater()


def test_only_its_owner_may_open_it(opened: Any, name: str) -> None:
    assert Path(name).stat().st_mode & 0o077 == 0


def test_where_nobody_listens_nobody_answers(kind: ModuleType, name: str) -> None:
    assert kind.knock(name, b"good", 100) is None


def test_one_that_never_answers_is_left_in_time(kind: ModuleType, opened: Any, name: str) -> None:
    assert kind.knock(name, b"good", 200) is False  # the door is this very thread


def test_what_a_crash_left_is_replaced_and_a_closed_door_is_gone(
    kind: ModuleType, name: str, qtbot: QtBot, qapp: object
) -> None:
    Path(name).touch()
    one = kind.Door(lambda line: True)
    one.open(name)
    assert Caller(kind, name, b"good").answer(qtbot) == "True"
    one.close()
    assert not Path(name).exists()
    assert kind.knock(name, b"good", 100) is None


def test_where_no_socket_can_be_it_says_so(kind: ModuleType, tmp_path: Path, qapp: object) -> None:
    one = kind.Door(lambda line: True)
    with pytest.raises(OSError, match=r"(?i)file|name"):
        one.open(str(tmp_path / "missing" / "socket"))
    one.close()
