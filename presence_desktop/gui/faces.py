"""People's own pictures, as far as they are on this computer: read once, scaled once for each size they are shown at.

Decides what is kept in memory. Which file is whose comes from `core`; whoever has none gets letters (`gui.avatar`).
"""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap

_KEPT = 1_000
"""Pictures of a size in memory: at 40 pixels about 25 KB each on a sharp screen."""
_RATIO = 2
"""Scaled for the sharpest usual screen; others scale down a little more."""


class Faces:
    """The pictures. One in every `Look`; use it from the GUI thread only."""

    def __init__(self) -> None:
        self._path_of: Callable[[int], str | None] = _nowhere
        self._kept: OrderedDict[tuple[str, int], QPixmap | None] = OrderedDict()

    def attach(self, path_of: Callable[[int], str | None]) -> None:
        """From now on this tells where somebody's picture is (None: there is none)."""
        self._path_of = path_of

    def of(self, user_id: int, side: int) -> QPixmap | None:
        """Somebody's picture for a square of so many logical pixels; None where letters have to do."""
        path = self._path_of(user_id)
        if path is None:
            return None
        key = path, side
        if key not in self._kept:
            self._kept[key] = _read(path, side * _RATIO)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def _nowhere(_user_id: int) -> str | None:
    return None


def _read(path: str, side: int) -> QPixmap | None:
    """The picture, square; None if it cannot be read (any more)."""
    image = QImageReader(path).read()
    if image.isNull():
        return None
    size = QSize(side, side)
    scaled = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (scaled.width() - side) // 2, (scaled.height() - side) // 2
    return QPixmap.fromImage(scaled.copy(left, top, side, side))
