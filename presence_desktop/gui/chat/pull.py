"""A view that is pulled along while somebody selects with the pointer beyond its upper or lower edge.

Decides how fast; what is selected is decided by whoever is told.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

_PULL_MS = 30
_MOST = 60
"""So far at a time at most, in pixels."""


class Pull(QTimer):
    """One per view."""

    def __init__(self, view: QAbstractScrollArea, then: Callable[[QPoint], None]) -> None:
        """`then` is called after each pull, with the pointer's place in the view."""
        super().__init__(view)
        self._view, self._then = view, then
        self._point = QPoint()
        self.setInterval(_PULL_MS)
        self.timeout.connect(self._scroll_on)

    def follow(self, point: QPoint) -> None:
        """The pointer is here now."""
        self._point = point
        if not self._beyond():
            self.stop()
        elif not self.isActive():
            self.start()

    def _beyond(self) -> int:
        y, height = self._point.y(), self._view.viewport().height()
        return y if y < 0 else max(0, y - height + 1)

    def _scroll_on(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + max(-_MOST, min(_MOST, self._beyond())))
        self._then(self._point)
