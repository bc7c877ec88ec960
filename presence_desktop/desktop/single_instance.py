"""One app for each home: a second start brings the first to the front and hands over the link it was started with.

A lock file says who is the first; the system frees it when that process is gone, however it went. A local socket that
only this user may open carries the word (`door`). If the first holds the lock and does not answer (it hangs), the
second runs too: two windows are better than none.
"""

import hashlib
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QLockFile, QObject, QThread, Signal

from presence_desktop.protocol.join_link import MOST_CHARACTERS

if sys.platform == "win32":
    from presence_desktop.desktop.door_windows import Door, knock
else:
    from presence_desktop.desktop.door import Door, knock

logger = logging.getLogger(__name__)

ANSWER_MS = 3_000
"""So long the first may take to answer."""
_AT_ONCE_MS = 1_000
"""So long a start waits for it that has loaded nothing yet; it asks again, in full, before it runs beside the first."""
_AGAIN_MS = 50
_LONGEST_PATH = 100
"""Longer paths fit into no socket address."""


def first_was_called(home: Path, link: str) -> bool:
    """Whether an app of this home runs, and has the link now: asked before anything is loaded that takes time.

    That nobody answers says little: another start may be loading just now. So `claim` is asked all the same, and late,
    when this app is about to listen: whoever held the lock through its loading could not answer meanwhile, and a third
    start would take it for one that hangs.
    """
    return bool(knock(_name_in(_private_folder(home), home), _line(link), _AT_ONCE_MS))


class SingleInstance(QObject):
    """Either the first app of this home, or the way to it."""

    asked = Signal(str)
    """Somebody started the app once more, with this link or an empty text."""

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        """`home` is what the first one is first of: two homes are two apps."""
        super().__init__(parent)
        folder = _private_folder(home)
        self._lock = QLockFile(f"{_base(folder, home)}.lock")
        self._lock.setStaleLockTime(0)
        self._name = _name_in(folder, home)
        self._door = Door(lambda line: _link_in(line) is not None, self)
        self._door.heard.connect(lambda line: self.asked.emit(_link_in(line)))

    def claim(self, link: str = "") -> bool:
        """Whether this process is to run. If not, the first one was called, and has this link."""
        if not self._lock.tryLock(0):
            if self._lock.error() is QLockFile.LockError.LockFailedError:
                if self._call(link):
                    return False
                logger.warning("another app of this home runs and does not answer")
            else:
                logger.warning(
                    "whether another app of this home runs cannot be told: no lock file can be made"
                )
            return True
        if len(self._name) > _LONGEST_PATH:
            logger.warning("a second start cannot reach this app: the path of its socket would be too long")
            return True
        try:
            self._door.open(self._name)  # what a crash left there goes; the lock says that nobody uses it
        except OSError as error:
            logger.warning("a second start cannot reach this app: %s", error)
        return True

    def end(self) -> None:
        """Be the first no more."""
        self._door.close()
        self._lock.unlock()

    def _call(self, link: str) -> bool:
        watch = QElapsedTimer()
        watch.start()
        while (left := ANSWER_MS - watch.elapsed()) > 0:
            taken = knock(self._name, _line(link), left)
            if taken is not None:
                return taken
            QThread.msleep(_AGAIN_MS)  # the first has the lock already and is about to listen
        return False


def _line(link: str) -> bytes:
    """What is too long to be read is cut, one character past that, so that the first one can say so."""
    return json.dumps({"link": link[: MOST_CHARACTERS + 1]}).encode()


def _link_in(line: bytes) -> str | None:
    """What a second start says; None if that is not its language."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    link = told.get("link") if isinstance(told, dict) else None
    return link if isinstance(link, str) else None


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")


def _base(folder: Path, home: Path) -> Path:
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return folder / f"presence-desktop-{_user()}-{mark}"


def _name_in(folder: Path, home: Path) -> str:
    """What the socket is called: a path, on Windows the name of a pipe."""
    base = _base(folder, home)
    return base.name if os.name == "nt" else str(base)


def _private_folder(home: Path) -> Path:
    """Where only this user may put files: the session's folder, else the home itself."""
    session = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    if os.name == "nt":
        return Path(tempfile.gettempdir())
    if session.is_absolute() and session.is_dir() and session.stat().st_uid == os.getuid():
        return session
    return home
