"""Looks at an X screen every few ms: when something is painted, when a spot of it changes."""

import os
import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QRect, Qt, QThread
from PySide6.QtGui import QGuiApplication, QImage

_SAMPLE = (250, 95)
_COLOURS = 12
"""A window without anything in it has fewer."""
_PAUSE_MS = 4
_CALM_SECONDS = 0.8
"""Long enough, too, for a server that takes no more than 10 changes of a status in 10 seconds."""


class Eyes:
    """One per process: Qt looks at one display only."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"] = variables["DISPLAY"], "xcb"
        os.environ.pop("XAUTHORITY", None)
        self._app = QGuiApplication(["eyes"])
        self._empty = self._colours()

    def painted(self) -> bool:
        """Whether a window with something in it is on the screen that was empty."""
        return len(self._colours() - self._empty) >= _COLOURS

    def spot(self, box: tuple[int, int, int, int]) -> bytes:
        """What is in a box: left, top, width, height."""
        picture = self._picture(QRect(*box))  # the bits are its own, and gone with it
        return bytes(picture.constBits())

    def calm(self, box: tuple[int, int, int, int]) -> bytes:
        """What is in a box, once it has stayed the same for a while."""
        seen = [self.spot(box)]
        while self.wait(lambda: self.spot(box) != seen[-1], _CALM_SECONDS) is not None:
            seen.append(self.spot(box))
        return seen[-1]

    def wait(self, seen: Callable[[], bool], seconds: float) -> float | None:
        """The moment (`time.perf_counter`) at which it is seen; None: not within these seconds."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if seen():
                return time.perf_counter()
            QThread.msleep(_PAUSE_MS)
        return None

    def _colours(self) -> set[int]:
        small = self._picture(QRect(0, 0, -1, -1)).scaled(
            *_SAMPLE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation
        )
        return set(memoryview(small.constBits()).cast("I"))

    def _picture(self, box: QRect) -> QImage:
        screen = self._app.primaryScreen()
        shot = screen.grabWindow(0, box.x(), box.y(), box.width(), box.height())
        return shot.toImage().convertToFormat(QImage.Format.Format_RGB32)
