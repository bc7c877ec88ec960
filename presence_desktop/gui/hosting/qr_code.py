"""A QR code, painted: always dark on light, whatever the theme, with the quiet zone that cameras need.

Decides the size of a module; what is encoded is told.
"""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from presence_desktop.gui import theme

SIDE = 52 * theme.UNIT
QUIET = 4
"""Modules of light around it (ISO/IEC 18004)."""
_INK, _PAPER = "#000000", "#ffffff"


class QrCode(QWidget):
    """Shows a text as a QR code; as large as `SIDE` or as one pixel a module asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.setFixedSize(QSize(SIDE, SIDE))

    def show_text(self, text: str) -> None:
        """Encode this; empty: nothing is shown."""
        self._rows = modules(text) if text else ()
        self.update()

    @property
    def count(self) -> int:
        """Modules a side, without the quiet zone."""
        return len(self._rows)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_PAPER))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        if not self._rows:
            return
        ratio, whole = self.devicePixelRatioF(), self.count + 2 * QUIET
        pixels = max(1, int(self.width() * ratio / whole))  # whole device pixels a module: sharp at any scale
        module, begin = pixels / ratio, (self.width() - pixels / ratio * self.count) / 2
        begin = round(begin * ratio) / ratio
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for row, line in enumerate(self._rows):
            for column, dark in enumerate(line):
                if dark:
                    at = QRectF(begin + column * module, begin + row * module, module, module)
                    painter.fillRect(at, QColor(_INK))


@lru_cache(maxsize=4)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a text's QR code, by row."""
    import segno

    code = segno.make(text, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
