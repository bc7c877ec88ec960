"""Pictures from the disk into memory, in a thread of its own: a large one takes seconds, and the window goes on.

Decides what is too large to be read, and in which order pictures come. Which are wanted, in which size, and how long
they are kept is decided by whoever shows them.
"""

import threading

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

MOST_PIXELS = 120_000_000
"""Larger pictures are not read: they would take the memory of everything else."""

Wanted = tuple[str, int, int]
"""A path, and the size (device pixels) that the picture is to cover; 0 × 0: as it is."""


class Decoder(QObject):
    """Reads one picture after the other. The thread lives only while there is something to read."""

    decoded = Signal(object, object)
    """What was wanted, and the `QPixmap`; a null one where it cannot be read."""
    _read = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._wanted: dict[Wanted, None] = {}
        self._running = False
        self._read.connect(self._take)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.forget)  # else the process would stay until all are read

    def want(self, wanted: Wanted) -> None:
        """Have this read -> `decoded`, once."""
        with self._lock:
            self._wanted[wanted] = None
            begin, self._running = not self._running, True
        if begin:
            threading.Thread(target=self._work, name="decoding").start()

    def forget(self) -> None:
        """What was not begun is wanted no more."""
        with self._lock:
            self._wanted.clear()

    def _work(self) -> None:
        """In the thread."""
        while (wanted := self._next()) is not None:
            path, width, height = wanted
            image = read_image(path, QSize(width, height) if width else None)
            try:
                self._read.emit(wanted, image)
            except RuntimeError:  # whoever wanted it is gone
                self.forget()

    def _next(self) -> Wanted | None:
        with self._lock:
            wanted = next(iter(self._wanted), None)
            self._running = wanted is not None
            if wanted is not None:
                del self._wanted[wanted]
            return wanted

    def _take(self, wanted: Wanted, image: QImage) -> None:
        self.decoded.emit(wanted, QPixmap.fromImage(image))


def read_image(path: str, cover: QSize | None = None) -> QImage:
    """A picture from the disk, upright; shrunk until it just covers `cover`. Null where it cannot be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    if cover is not None:
        turned = reader.transformation().value & 4  # a quarter turn
        wanted = cover.transposed() if turned else cover
        scaled = size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        if scaled.width() < size.width():
            reader.setScaledSize(scaled)
    return reader.read()
