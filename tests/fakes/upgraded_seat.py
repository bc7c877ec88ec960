"""The whole app in a process of its own, for tests that replace its files while it runs; told what to do by lines.

`look`: whether the strip and a crash notice are there. `settings`: open a page that is loaded late. `restart`: press
*Restart now*; the id of the program started anew is written, and this one ends.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from presence_desktop.app import upgrading
from presence_desktop.app.wiring import Wiring
from presence_desktop.disk.places import places
from presence_desktop.gui.crash import CrashReporter


def main() -> int:
    """Run until told to restart, or until nobody tells anything any more."""
    upgrading.REST_MS = 50
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    home = places()
    home.make()
    crashes = CrashReporter(app)
    crashes.install()
    wiring = Wiring(app, home)
    crashes.window, crashes.explained = wiring.window, wiring.around.upgrading.look
    wiring.begin(demo=False)
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: obey(wiring, crashes))
    app.exec()
    wiring.end()
    if wiring.around.upgrading.restarting:
        say(str(upgrading.start_anew()))
    return 0


def obey(wiring: Wiring, crashes: CrashReporter) -> None:
    """Do what the next line says."""
    word = os.read(0, 64).decode().strip()
    if word == "look":
        wiring.around.upgrading.look()
        words = ("strip", wiring.around.upgrading.strip.isVisible()), ("crash", crashes.box is not None)
        say(" ".join(word for word, there in words if there) or "nothing")
    elif word == "settings":
        say("opened")
        wiring.window.ways.open_settings()
    elif word == "restart":
        wiring.around.upgrading.strip.button.click()
    else:
        QApplication.quit()


def say(words: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    assert Path.cwd().joinpath("presence_desktop").is_dir()
    sys.exit(main())
