"""How this program starts itself once more: for its own child processes, and with the computer.

Decides what is different in a frozen program: the server is a program of its own beside the app, and the file that was
started may be an AppImage, of which the running program is only an unpacked part.
"""

import os
import sys
from pathlib import Path

_SERVER = "presence-server"


def own_program(*words: str) -> tuple[str, list[str]]:
    """Program and arguments that run `presence-desktop WORDS` now, from source and frozen alike."""
    if not getattr(sys, "frozen", False):
        return sys.executable, ["-m", "presence_desktop", *words]
    if words[:1] == ("server",):
        app = Path(sys.executable)
        return str(app.with_name(_SERVER + app.suffix)), list(words[1:])
    return sys.executable, list(words)


def lasting_program(*words: str) -> tuple[str, list[str]]:
    """The same for a later start, when this process and what was unpacked for it are gone."""
    image = os.environ.get("APPIMAGE", "")
    if getattr(sys, "frozen", False) and image:
        return image, list(words)
    return own_program(*words)
