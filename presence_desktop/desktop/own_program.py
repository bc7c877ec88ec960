"""How this program starts itself once more, for its own child processes and with the computer; and which file it is.

Decides what is different in a frozen program: the server is a program of its own beside the app, and the file that was
started may be an AppImage, of which the running program is only an unpacked part.
"""

import os
import sys
from pathlib import Path

import presence_desktop

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


class OwnFile:
    """The file that every new version of this program replaces, as it was when this was made."""

    def __init__(self, file: Path | None = None) -> None:
        """`file` None: the AppImage, else the frozen program, else, from source, where the version is written."""
        self._file = file or _replaced_by_upgrades()
        self._begun = self.now

    @property
    def now(self) -> tuple[int, int, int] | None:
        """What tells one file from another (number, moment, size); None: there is none at the moment."""
        try:
            seen = self._file.stat()
        except OSError:
            return None
        return seen.st_ino, seen.st_mtime_ns, seen.st_size

    @property
    def replaced(self) -> bool:
        """Whether it is another one now, or gone; never so where it could not be seen from the beginning."""
        return self._begun is not None and self.now != self._begun


def _replaced_by_upgrades() -> Path:
    if not getattr(sys, "frozen", False):
        return Path(presence_desktop.__file__)
    return Path(lasting_program()[0])
