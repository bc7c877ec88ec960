"""The app's own icons: one-colour SVG drawings, tinted when asked for.

Decides nothing about where they are used. The drawings lie in `resources/icons`.
"""

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_FOLDER = files("presence_desktop") / "resources" / "icons"
_SIDE = 24
_APP_SIDES = (16, 24, 32, 48, 64, 128, 256)
_READABLE = 24
"""From this size on a number can be read."""
_BADGE = "#c93a2b"


@lru_cache(maxsize=256)
def icon(name: str, color: str) -> QIcon:
    """The icon `name` in `color` (`#rrggbb`), sharp at 100 and 200 %."""
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    drawn = QIcon()
    for ratio in (1, 2):
        drawn.addPixmap(_pixmap(drawing, _SIDE, ratio))
    return drawn


@lru_cache(maxsize=64)
def picture(name: str, color: str, side: int, ratio: float) -> QPixmap:
    """The icon `name` as a picture of `side` logical pixels, drawn for a screen of this ratio."""
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    return _pixmap(drawing, side, ratio)


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """The app's own mark, for title bars, task bars and the welcome page."""
    drawing = (_FOLDER / "app.svg").read_text(encoding="utf-8")
    drawn = QIcon()
    for side in _APP_SIDES:
        drawn.addPixmap(_pixmap(drawing, side, 1))
    return drawn


@lru_cache(maxsize=128)
def unread_icon(count: str) -> QIcon:
    """The app's mark with a number on it (`"3"`, `"99+"`), for task bars; at the smallest sizes a dot."""
    drawn = QIcon()
    for side in _APP_SIDES:
        pixmap = app_icon().pixmap(QSize(side, side), 1.0)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_BADGE))
        height = side * (0.58 if side >= _READABLE and len(count) < 3 else 0.44)
        width = height * (1 + 0.35 * (len(count) - 1)) if side >= _READABLE else height
        box = QRectF(side - width, side - height, width, height)
        painter.drawRoundedRect(box, height / 2, height / 2)
        if side >= _READABLE:
            font = painter.font()
            font.setPixelSize(round(height * 0.72))
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(Qt.GlobalColor.white)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, count)
        painter.end()
        drawn.addPixmap(pixmap)
    return drawn


def _pixmap(drawing: str, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
