"""A signed-in window beside a tray, as a process of its own: does what each line on its input says, and answers.

Run as `python -m tests.fakes.tray_seat [background]`, with DBUS_SESSION_BUS_ADDRESS leading to the tray's bus.
"""

import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from presence_desktop.app import background
from presence_desktop.app.background import Background
from presence_desktop.gui.tray import Tray
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import Scene

background.LOOK_MS = 100


def main() -> int:
    """Until its window is closed for good."""
    app = QApplication(sys.argv)
    app.setQuitOnLastWindowClosed(False)
    scene = Scene(app, chats=StagedChats())
    tray = Tray(scene.window.accounts)
    beside = Background(scene.window, tray)
    window = scene.window
    window.closed.connect(app.quit)
    if "background" in sys.argv:
        beside.begin()
    else:
        window.show()
        beside.watch()

    def told() -> None:
        word = sys.stdin.readline().strip()
        if word == "sign in":
            scene.sign_in()
        elif word == "close":
            window.close()
        how = "hidden" if not window.isVisible() else "minimised" if window.isMinimized() else "shown"
        sent = [str(event.status) for event, _ in scene.gateway.sent if hasattr(event, "status")]
        print(how, "tray" if beside.in_tray else "none", *sent, flush=True)

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(told)
    status = app.exec()
    notifier.setEnabled(False)
    beside.end()
    return status


if __name__ == "__main__":
    sys.exit(main())
