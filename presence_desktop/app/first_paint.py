"""Waits until a window is on the screen, so that what nobody sees yet does not keep a person waiting for it.

Decides when that is; what is done then is the caller's business.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_LONGEST_MS = 1_000
"""A window that is covered, or on another workspace, may not be painted at all."""


class FirstPaint(QObject):
    """Calls once: after the first paint of a window that was shown just now, or after a second without one.

    Where the window is hidden or minimised there is nothing to wait for.
    """

    def __init__(self, window: QWidget, then: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._then = then
        comes = window.isVisible() and not window.isMinimized()
        self._longest = QTimer(self, singleShot=True)
        self._longest.timeout.connect(self._done)
        self._longest.start(_LONGEST_MS if comes else 0)
        self._handle = window.windowHandle() if comes else None
        if self._handle is not None:
            self._handle.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Expose:  # in which the window paints itself, after this
            self._stop_looking()
            self._longest.start(0)
        return False

    def _done(self) -> None:
        self._stop_looking()
        self.deleteLater()
        self._then()

    def _stop_looking(self) -> None:
        if self._handle is not None:
            self._handle.removeEventFilter(self)
            self._handle = None
