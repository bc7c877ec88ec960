"""A seat to work at: a virtual screen with a window manager, a session bus, an unlocked keyring, accessibility.

Everything is this test's own, in folders of its own, and ends with it.
"""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.waiting import eventually

SCREEN = "2000x760x24"
_BUS = """<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><auth>EXTERNAL</auth>
<standard_session_servicedirs/><policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>"""

_QUIET = """[global]
    history_length = 20
[everything]
    summary = "*"
    skip_display = true
"""
"""Notifications are taken and kept, and cover nothing that a person here clicks on."""


class Seat:
    """The programs of one seat, and the variables that lead to them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self.key_ms = 5
        """The time between two keys."""
        self.variables = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        for name in ("PYTHON_KEYRING_BACKEND", "XAUTHORITY", "NO_AT_BRIDGE"):
            self.variables.pop(name, None)
        for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            place = folder / variable.lower()
            place.mkdir(mode=0o700)
            self.variables[variable] = str(place)

    def sit_down(self) -> None:
        """Start everything."""
        self.variables["DISPLAY"] = ":" + self._told(
            lambda end: ["Xvfb", "-displayfd", str(end), "-screen", "0", SCREEN, "-nolisten", "tcp"]
        )
        config = self._folder / "bus.conf"
        config.write_text(_BUS.format(folder=self._folder))
        address = self._told(lambda end: ["dbus-daemon", f"--config-file={config}", f"--print-address={end}"])
        self.variables["DBUS_SESSION_BUS_ADDRESS"] = address
        self._start(["openbox"])
        quiet = self._folder / "dunstrc"
        quiet.write_text(_QUIET)
        self._start(["dunst", "-config", str(quiet)])
        keyring = self._start(
            ["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
            stdin=subprocess.PIPE,
        )
        assert keyring.stdin is not None
        keyring.stdin.write(b"unlocked")
        keyring.stdin.close()
        eventually(self._keyring_there, within=20, what="the Secret Service")

    def take_hangul(self) -> None:
        """Start ibus with its Korean engine, as Qt's own ibus plugin finds it. Shift and space turn it on and off."""
        self.variables |= {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus", "GSETTINGS_BACKEND": "memory"}
        self._start([
            "ibus-daemon", "--xim", "--panel", "disable", "--emoji-extension", "disable",
            "--config", "/usr/libexec/ibus-memconf",
        ])  # fmt: skip
        eventually(self._hangul_there, within=30, what="the Korean input method")
        self.key_ms = 30  # each key goes to another process and back

    def stand_up(self) -> None:
        """End everything, what was started by the bus too."""
        for process in reversed(self._running):
            try:
                os.killpg(process.pid, signal.SIGTERM)
            except ProcessLookupError:
                continue
        for process in self._running:
            process.wait(timeout=10)
            with suppress(ProcessLookupError):  # what it started may not have heard
                os.killpg(process.pid, signal.SIGKILL)

    def run(self, *words: str) -> str:
        """Run a small program at this seat and return what it says."""
        done = subprocess.run(
            words, env=self.variables, capture_output=True, text=True, check=True, timeout=30
        )
        return done.stdout.strip()

    def copy_picture(self, path: Path) -> None:
        """Put a PNG into the clipboard, as a screenshot tool does."""
        self._start(["xclip", "-quiet", "-selection", "clipboard", "-t", "image/png", "-i", str(path)])

    def screenshot(self, path: Path) -> None:
        """A picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-silent", "-window", "root", str(path))

    def pixels(self, box: tuple[int, int, int, int]) -> list[tuple[int, int, int]]:
        """What is on the screen in this box (left, top, width, height), as red, green, blue."""
        left, top, width, height = box
        command = ["import", "-silent", "-window", "root", "-crop", f"{width}x{height}+{left}+{top}"]
        done = subprocess.run(
            [*command, "-depth", "8", "rgb:-"],
            env=self.variables,
            capture_output=True,
            check=True,
            timeout=30,
        )
        raw = done.stdout
        return [(raw[at], raw[at + 1], raw[at + 2]) for at in range(0, len(raw) - 2, 3)]

    def _keyring_there(self) -> bool:
        owned = subprocess.run(
            ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
             "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"],
            env=self.variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return "boolean true" in owned.stdout

    def _hangul_there(self) -> bool:
        done = subprocess.run(
            ["ibus", "engine", "hangul"], env=self.variables, capture_output=True, check=False, timeout=30
        )
        return done.returncode == 0

    def _told(self, command: object) -> str:
        """Start a program that writes one line to a file descriptor it is given; returns the line."""
        assert callable(command)
        read_end, write_end = os.pipe()
        self._start(command(write_end), pass_fds=(write_end,))
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            return answer.readline().strip()

    def _start(
        self, command: Sequence[str], *, stdin: int = subprocess.DEVNULL, pass_fds: tuple[int, ...] = ()
    ) -> subprocess.Popen[bytes]:
        with (self._folder / f"{command[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.variables, stdin=stdin, stdout=log, stderr=log, pass_fds=pass_fds,
                start_new_session=True,
            )  # fmt: skip
        self._running.append(process)
        return process


@contextmanager
def seat() -> Iterator[Seat]:
    """A seat for a test. Its folder's name is short: in it lie sockets, whose paths may have 107 characters."""
    with tempfile.TemporaryDirectory(prefix="seat", ignore_cleanup_errors=True) as folder:
        taken = Seat(Path(folder))
        try:
            taken.sit_down()
            yield taken
        finally:
            taken.stand_up()
