"""Brings what worker threads post to the GUI thread, gathered.

Decides when: the first item wakes the GUI thread at once, what follows is handed over at most every 100 ms, all in
one batch and in the order posted. What the items mean is the client's business.
"""

from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

GATHER_MS = 100
"""The shortest time between two batches."""


class Bridge(QObject):
    """One per client. Made in the GUI thread; `post` may be called from any."""

    arrived = Signal(object)
    """A tuple of items, oldest first."""
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: deque[object] = deque()
        self._asleep = True
        self._open = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(GATHER_MS)
        self._pause.timeout.connect(self._hand_over)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def post(self, item: object) -> None:
        """Hand over an item; returns at once."""
        self._items.append(item)
        if self._asleep and self._open:
            self._asleep = False
            self._woken.emit()

    def close(self) -> None:
        """Deliver nothing any more."""
        self._open = False
        self._pause.stop()
        self._items.clear()

    @Slot()
    def _wake(self) -> None:
        if self._open and not self._pause.isActive():
            self._hand_over()

    @Slot()
    def _hand_over(self) -> None:
        if not self._items:
            self._asleep = True
            if not self._items:  # posted between the two looks: nobody woke us for it
                return
            self._asleep = False
        batch = tuple(self._items.popleft() for _ in range(len(self._items)))
        self._pause.start()
        self.arrived.emit(batch)
