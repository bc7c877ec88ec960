"""LXQt's own panel at a seat, as a desktop's tray: icons alone, at the screen's lower edge."""

import subprocess
from pathlib import Path

from tests.e2e.seat import Seat
from tests.waiting import eventually

_HEIGHT, _ICON = 40, 32
_SETTINGS = f"""panels=panel1
[panel1]
plugins=statusnotifier
position=Bottom
panelSize={_HEIGHT}
iconSize={_ICON}
[statusnotifier]
type=statusnotifier
alignment=Left
"""


class Panel:
    """Started and killed as often as one likes."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._process: subprocess.Popen[bytes] | None = None
        folder = Path(seat.variables["XDG_CONFIG_HOME"]) / "lxqt"
        folder.mkdir()
        (folder / "panel.conf").write_text(_SETTINGS)
        _wide, high = seat.run("xdotool", "getdisplaygeometry").split()
        self._top = int(high) - _HEIGHT

    def start(self) -> None:
        """There is a panel."""
        self._process = subprocess.Popen(
            ["lxqt-panel"],
            env=self._seat.variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """It crashed."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def icon(self) -> list[tuple[int, int, int]]:
        """The pixels where the first icon is, if there is one."""
        return self._seat.pixels((0, self._top, _HEIGHT, _HEIGHT))

    def click(self, button: int = 1) -> None:
        """On the first icon."""
        middle = (str(_HEIGHT // 2), str(self._top + _HEIGHT // 2))
        self._seat.run("xdotool", "mousemove", *middle, "click", str(button))

    def choose(self, *keys: str) -> None:
        """From the icon's menu, by keyboard."""
        before = self._windows()
        self.click(3)
        eventually(lambda: self._windows() > before, what="the menu")
        self._seat.run("xdotool", "key", *keys)

    def _windows(self) -> int:
        assert self._process is not None
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self._process.pid)],
            env=self._seat.variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return len(found.stdout.split())
