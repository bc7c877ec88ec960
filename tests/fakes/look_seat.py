"""An app's look that follows the system, as a process of its own: prints `dark` or `light` whenever it is another one.

`python -m tests.fakes.look_seat`, with XDG_CURRENT_DESKTOP saying which desktop it stands on. Ends with its input.
"""

import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from presence_desktop.desktop.appearance import Appearance
from presence_desktop.gui.look import Look
from presence_desktop.gui.theme import DARK


def main() -> int:
    """Until nobody listens."""
    app = QApplication(sys.argv[:1])
    look, appearance = Look(app), Appearance(parent=app)
    told: list[str] = []

    def tell() -> None:
        word = "dark" if look.palette is DARK else "light"
        if told[-1:] != [word]:
            told.append(word)
            print(word, flush=True)

    look.changed.connect(tell)
    appearance.scheme_told.connect(lambda dark: look.system_prefers(dark=dark))
    appearance.watch()
    ends = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ends.activated.connect(app.quit)
    tell()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
