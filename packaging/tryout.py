"""Starts what was frozen, before it is packed: the version of both programs, the server serving, the app's window.

What only a start can show is a library that is loaded by a name that nobody told `slim.py`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SECONDS = 60
_SUFFIX = ".exe" if sys.platform == "win32" else ""


class DoesNotRun(Exception):
    """With what the program said last."""


def try_out(folder: Path, version: str) -> None:
    """Raises DoesNotRun."""
    server, app = (folder / f"presence-{name}{_SUFFIX}" for name in ("server", "desktop"))
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=False)
    if said.stdout.strip() != version:
        raise DoesNotRun(f"{server.name}: {said.stdout}{said.stderr}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        _start(
            [server, "serve", "--data-dir", home, "--port", "0"],
            Path(home),
            lambda log: "server.listening" in log,
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        picture = Path(home, "window.png")
        words = [app, "--home", home, "--screenshot", str(picture)]
        _start(words, Path(home), lambda _: picture.exists())


def _start(words: list[Path | str], folder: Path, up: Callable[[str], bool]) -> None:
    log = folder / "said.log"
    screenless = {"QT_QPA_PLATFORM": "offscreen"} if sys.platform == "linux" else {}
    with log.open("wb") as said:
        process = subprocess.Popen(words, stdout=said, stderr=said, env={**os.environ, **screenless})
    try:
        end = time.monotonic() + SECONDS
        while not up(log.read_text(errors="replace")):
            if process.poll() is not None or time.monotonic() > end:
                raise DoesNotRun(f"{words[0]}:\n{log.read_text(errors='replace')[-2000:]}")
            _breathe(process)
    finally:
        process.terminate()
        process.wait()


def _breathe(process: subprocess.Popen[bytes]) -> None:
    """A moment, or less if it ends."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return
