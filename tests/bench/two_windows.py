"""From a click on a status to its repaint on another desktop: `python -m tests.bench.two_windows [clicks]`.

Two apps with homes of their own and a server, all as they ship, on one screen. Told as one JSON list: ms from the key
that chooses in Ada's menu (the program that presses it is started within that time) until Ada's row in Bora's window
has the colour of that status. A screen reader is attached throughout, which costs both apps a little.
"""

import json
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from presence_desktop.gui import theme
from tests.bench.eyes import Eyes
from tests.e2e.stage import Stage, sign_in, staged

_WITHIN_SECONDS = 10
_CHOICES = (("Busy", ("Down", "Down"), theme.LIGHT.busy), ("Online", ("Up", "Up"), theme.LIGHT.online))
"""What is chosen in turn, the keys that lead there from the one before (where the menu opens), and its colour."""
DOT_PIXELS = 12


def run(stage: Stage, eyes: Eyes, clicks: int) -> list[float]:
    """So many changes of Ada's status, as Bora sees them."""
    sign_in(stage.ada, "Ada", stage.port)
    sign_in(stage.bora, "Bora", stage.port)
    box = stage.reader.box(stage.bora.see("Ada, Online"))
    spent = []
    for number in range(clicks):
        name, keys, shade = _CHOICES[number % len(_CHOICES)]
        stage.ada.click_on("Ada, you are:")
        stage.ada.choose(*keys)
        color = bytes.fromhex(shade[1:])[::-1] + b"\xff"
        assert eyes.calm(box).count(color) < DOT_PIXELS
        begun = time.perf_counter()
        stage.ada.press("Return")
        seen = eyes.wait(partial(_has, eyes, box, color), _WITHIN_SECONDS)
        assert seen is not None, name
        spent.append(1000 * (seen - begun))
        stage.bora.see(f"Ada, {name}")
        stage.ada.see(f"Ada, you are: {name}")
    stage.ada.close_app()
    stage.bora.close_app()
    return spent


def _has(eyes: Eyes, box: tuple[int, int, int, int], color: bytes) -> bool:
    return eyes.spot(box).count(color) >= DOT_PIXELS


def main() -> None:
    """Measure, and tell."""
    clicks = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        with staged(Path(folder)) as stage:
            print(json.dumps(run(stage, Eyes(stage.seat.variables), clicks)))


if __name__ == "__main__":
    main()
