"""`make run` without a screen: the virtual one is ours alone, and everything ends together."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import eventually
from tools.run_screenless import ROOT, virtual_screen

ASK_THE_SCREEN = ("xdotool", "getdisplaygeometry")

# A stand-in for the app: says that it runs, and where; ends at SIGINT.
STAND_IN = """
import os, signal
signal.signal(signal.SIGINT, lambda *_: (print("asked to end", flush=True), os._exit(0)))
print(os.environ["DISPLAY"], flush=True)
while True:
    signal.pause()
"""
RUN_IT = """
import sys, tempfile
from pathlib import Path
from tools.run_screenless import run, virtual_screen
with tempfile.TemporaryDirectory() as folder, virtual_screen(Path(folder)) as variables:
    status = run((sys.executable, "-c", sys.argv[1]), variables)
print("ended with", status, flush=True)
"""


def socket_of(display: str) -> Path:
    """Where an X server of this number listens."""
    return Path("/tmp/.X11-unix", f"X{display.removeprefix(':')}")


def test_the_screen_is_there_for_us_only_and_gone_afterwards(tmp_path: Path) -> None:
    with virtual_screen(tmp_path) as variables:
        ours = subprocess.run(
            ASK_THE_SCREEN, env={**os.environ, **variables}, capture_output=True, text=True, check=True
        )
        assert ours.stdout == "1440 900\n"
        nobody = {**os.environ, **variables, "XAUTHORITY": str(tmp_path / "none")}
        assert subprocess.run(ASK_THE_SCREEN, env=nobody, capture_output=True, check=False).returncode != 0
    assert not socket_of(variables["DISPLAY"]).exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_app_and_screen_end_with_the_command(number: signal.Signals) -> None:
    command = [sys.executable, "-c", RUN_IT, STAND_IN]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as runner:
        assert runner.stdout
        display = runner.stdout.readline().strip()
        assert socket_of(display).exists()
        runner.send_signal(number)
        told = runner.stdout.read()
    assert told == ("asked to end\nended with 0\n" if number == signal.SIGINT else "")
    eventually(lambda: not socket_of(display).exists(), what="the screen is gone")
