"""A person at an app: a process of its own, its own home, a mouse and a keyboard; sees what is on the screen."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.e2e.reader import Reader, Thing
from tests.e2e.seat import Seat
from tests.waiting import eventually

NEAR = 40
"""How far a pixel may be from a colour, all three channels together."""
LOOK_SECONDS = 0.1
"""Reading a window keeps its app busy."""


class Person:
    """Somebody with the app."""

    def __init__(
        self, seat: Seat, reader: Reader, home: Path, left: int, command: Sequence[str] = ()
    ) -> None:
        """`command` starts the app; without one it is started from source, with all its files in `home`."""
        self._seat, self._reader, self.home, self._left = seat, reader, home, left
        self._command = command or (sys.executable, "-m", "presence_desktop", "--home", str(home))
        self._app: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The app's process id."""
        assert self._app is not None
        return self._app.pid

    def start_app(self, *words: str, shows: str = "Settings") -> None:
        """Start the app, and put its window on this person's half of the screen; `shows` is something on it."""
        with (self.home.parent / f"{self.home.name}.log").open("ab") as log:
            self._app = subprocess.Popen(
                [*self._command, *words],
                env=self._seat.variables, stdout=log, stderr=log,
            )  # fmt: skip
        window = eventually(self._window, within=30, what="a window")
        self._seat.run("xdotool", "windowmove", "--sync", window, str(self._left), "40")
        eventually(lambda: abs(self._reader.box(self.see(shows))[0] - self._left) < 1000, within=10)

    def close_app(self) -> None:
        """End the app as a desktop does."""
        if self._app is not None and self._app.poll() is None:
            self._app.send_signal(signal.SIGTERM)
            assert self._app.wait(timeout=20) == 0
        self._app = None

    def kill_app(self) -> None:
        """For the end of a test that failed."""
        if self._app is not None and self._app.poll() is None:
            os.kill(self._app.pid, signal.SIGKILL)
            self._app.wait()

    # --- eyes ---

    def names(self) -> list[str]:
        """Everything that can be seen or heard now."""
        return [thing.name for thing in self._reader.things(self.pid)]

    def see(self, *parts: str, within: float = 15) -> Thing:
        """Wait for something whose name has all these parts in it."""
        try:
            return eventually(lambda: self._find(parts), within=within, every=LOOK_SECONDS)
        except AssertionError:
            raise AssertionError(f"not within {within} s: {parts} among {self.names()}") from None

    def shows(self, *parts: str) -> bool:
        """Whether such a thing is there now."""
        return self._find(parts) is not None

    def press(self, key: str) -> None:
        """Press a key, by its X name."""
        self._seat.run("xdotool", "key", key)

    def choose(self, *keys: str) -> None:
        """Choose from the menu that a click has just opened, by keyboard."""
        eventually(lambda: len(self._windows()) > 1, within=5, what="a menu")
        for key in keys:
            self.press(key)

    def value_of(self, name: str) -> str:
        """What stands in the field of this name, once something does."""
        return eventually(lambda: self._value(name), within=30, what=f"something in {name}")

    def _value(self, name: str) -> str:
        field = self._find((name,), role="text")
        return "" if field is None else self._reader.text(field)

    def dot_color(self, thing: Thing, color: str) -> int:
        """How many pixels of a thing, as it stands on the screen, have about this colour."""
        return sum(near(pixel, color) for pixel in self._seat.pixels(self._reader.box(thing)))

    # --- hands ---

    def click(self, thing: Thing) -> None:
        """Click in the middle of something."""
        left, top, width, height = self._reader.box(thing)
        self._seat.run("xdotool", "mousemove", str(left + width // 2), str(top + height // 2), "click", "1")

    def click_on(self, *parts: str) -> None:
        """Click on something with this name."""
        self.click(self.see(*parts))

    def type_into(self, name: str, words: str) -> None:
        """Type into the field of this name."""
        field = eventually(lambda: self._find((name,), role="text"), what=f"a field {name}")
        self.click(field)
        eventually(lambda: self._reader.focused(field), what=f"the keyboard in {name}")
        if words:
            self.type_more(words)

    def type_more(self, words: str) -> None:
        """Type where the keyboard is."""
        self._seat.run("xdotool", "type", "--delay", str(self._seat.key_ms), words)

    def _find(self, parts: tuple[str, ...], role: str = "") -> Thing | None:
        for thing in self._reader.things(self.pid):
            if all(part in thing.name for part in parts) and role in thing.role:
                return thing
        return None

    def _window(self) -> str:
        return next(iter(self._windows()), "")

    def _windows(self) -> list[str]:
        """The app's windows that can be seen, menus too."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.pid)],
            env=self._seat.variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return found.stdout.split()


def near(pixel: tuple[int, int, int], color: str) -> bool:
    """Whether a pixel is about this colour (`#rrggbb`)."""
    wanted = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return sum(abs(one - other) for one, other in zip(pixel, wanted, strict=True)) < NEAR
