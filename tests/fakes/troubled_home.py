"""The app over a home with which something is wrong, as a process of its own: prints what its window says.

`python -m tests.fakes.troubled_home HOME WORDS [full]`. There is no screen. Ends once WORDS stand in the window, or
after a while without. `full`: no file can grow. Prints one JSON line: the page in view, its sentences, those of strips
and notices, the conversations, and whether something unexpected came up.
"""

import json
import os
import resource
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from presence_desktop.app import wiring as wiring_module
from presence_desktop.app.wiring import Wiring
from presence_desktop.disk.places import places
from presence_desktop.gui.crash import CrashReporter

LOOK_MS, LOOKS = 50, 200


class Onlooker:
    """Looks at the window until it says what is waited for."""

    def __init__(self, wiring: Wiring, crashes: CrashReporter, words: str) -> None:
        self._wiring, self._crashes, self._words = wiring, crashes, words
        self._looks = 0
        self._timer = QTimer(wiring, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def seen(self) -> dict[str, object]:
        """What there is to see."""
        window, people = self._wiring.window, self._wiring.window.people
        chats = self._wiring.window.client.chats
        return {
            "page": type(window.pages.currentWidget()).__name__,
            "first": window.welcome.lead.text(),
            "error": window.sign_in.error.text(),
            "banner": people.banner.words.text() if people.banner.isVisible() else "",
            "notices": [notice.words.text() for notice in people.notices.shown],
            "talks": [talk.title for one in chats.ids() if (talk := chats.get(one)) is not None],
            "crashed": self._crashes.box is not None,
        }

    def _look(self) -> None:
        self._looks += 1
        told = json.dumps(self.seen(), ensure_ascii=False)
        if self._words in told or self._looks > LOOKS:
            self._timer.stop()
            print(told, flush=True)
            self._wiring.window.quit()


def main(home: str, words: str, *how: str) -> int:
    """Start, look, tell, end."""
    os.environ["PRESENCE_HOME"] = home
    if "full" in how:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    app = QApplication([])
    wiring_module._log_to(places())
    crashes = CrashReporter(app)
    crashes.install()
    wiring = Wiring(app, places())
    crashes.window = wiring.window
    wiring.begin(demo=False)
    onlooker = Onlooker(wiring, crashes, words)
    app.exec()
    wiring.end()
    crashes.remove()
    del onlooker
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
