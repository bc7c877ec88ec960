"""Runs the app where there is no screen: on a virtual one of its own, with simulated colleagues and a screenshot.

Decides nothing about the app; only that display, app and whatever the app left in its process group end together,
whether by Ctrl-C, by SIGTERM or because one of them died. Linux only; `make run` calls it.
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
PICTURE = Path("out", "presence-desktop.png")
SECONDS_TO_END = 15
DIE_WITH_US = ("setpriv", "--pdeathsig", "TERM")


def authorise(authority: Path, display: str, cookie: str) -> None:
    """Put the display's cookie into an X authority file (by standard input: a command line can be read by others)."""
    command = ("xauth", "-q", "-f", str(authority), "source", "-")
    subprocess.run(command, input=f"add {display} . {cookie}\n", text=True, check=True)


@contextmanager
def virtual_screen(folder: Path, size: str = "1440x900x24") -> Iterator[dict[str, str]]:
    """A free X display that only we may open; yields the variables that lead to it."""
    authority, cookie = folder / "Xauthority", secrets.token_hex(16)
    authority.touch(mode=0o600)
    authorise(authority, ":0", cookie)  # the server takes its file's cookies whatever display they name
    read_end, write_end = os.pipe()
    options = ("-screen", "0", size, "-nolisten", "tcp", "-noreset", "-auth", str(authority))
    xvfb = subprocess.Popen(
        (*DIE_WITH_US, "Xvfb", "-displayfd", str(write_end), *options),
        pass_fds=(write_end,),
        start_new_session=True,  # Ctrl-C is for the app first
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            sys.exit("Xvfb did not start.")
        authorise(authority, f":{number}", cookie)
        yield {"DISPLAY": f":{number}", "XAUTHORITY": str(authority), "QT_QPA_PLATFORM": "xcb"}
    finally:
        xvfb.terminate()
        xvfb.wait()


def run(command: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a command to its end, passing SIGINT and SIGTERM on to it; returns its exit status."""
    app = subprocess.Popen(
        (*DIE_WITH_US, *command), cwd=ROOT, env={**os.environ, **variables}, start_new_session=True
    )

    def pass_on(number: int, _frame: FrameType | None) -> None:
        app.send_signal(number)
        signal.signal(signal.SIGALRM, lambda *_: app.kill())
        signal.alarm(SECONDS_TO_END)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    status = app.wait()
    signal.alarm(0)
    with suppress(ProcessLookupError):
        os.killpg(app.pid, signal.SIGTERM)
    return status


def main() -> int:
    """Run until the app ends."""
    (ROOT / PICTURE).parent.mkdir(exist_ok=True)
    options = ("--demo", "--screenshot", str(PICTURE), *sys.argv[1:])
    with (
        tempfile.TemporaryDirectory(prefix="presence-screen-") as folder,
        virtual_screen(Path(folder)) as variables,
    ):
        return run((sys.executable, "-m", "presence_desktop", *options), variables)


if __name__ == "__main__":
    sys.exit(main())
