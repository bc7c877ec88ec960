"""The dots: a status by shape and by colour, so that neither is needed alone.

disc = online, crescent = away, barred disc = busy, ring = offline, question mark = unknown. Which status it is
comes from `core`; the colours from `gui.theme`.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from presence_desktop.gui import theme
from presence_desktop.protocol.status import Status

DOT = 3 * theme.UNIT
"""Side of a dot in a line of text, in logical pixels."""
BADGE = 14
"""Side of a dot on an avatar."""


def color_name(status: Status | None) -> str:
    """The palette's name for a status; None is unknown."""
    return "unknown" if status is None else status.value


def paint_dot(painter: QPainter, box: QRectF, status: Status | None, palette: theme.Palette) -> None:
    """Draw the dot of `status` (None: unknown) into the square `box`."""
    ink = QColor(theme.colors(palette)[color_name(status)])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if status is None:
        _question_mark(painter, box, ink)
    elif status is Status.OFFLINE:
        _ring(painter, box, ink)
    else:
        painter.drawPath(_solid(box, status))
    painter.restore()


def dot_pixmap(status: Status | None, palette: theme.Palette, side: int = DOT, ratio: float = 2.0) -> QPixmap:
    """A dot as a picture of its own."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    paint_dot(painter, QRectF(0, 0, side, side), status, palette)
    painter.end()
    return pixmap


def dot_icon(status: Status | None, palette: theme.Palette) -> QIcon:
    """A dot for a menu."""
    drawn = QIcon()
    for ratio in (1.0, 2.0):
        drawn.addPixmap(dot_pixmap(status, palette, BADGE, ratio))
    return drawn


def _solid(box: QRectF, status: Status) -> QPainterPath:
    disc = QPainterPath()
    disc.addEllipse(box)
    if status is Status.ONLINE:
        return disc
    cut = QPainterPath()
    if status is Status.AWAY:
        side = box.width() * 0.8
        cut.addEllipse(QRectF(box.left() - box.width() * 0.16, box.top() - box.height() * 0.14, side, side))
    else:
        bar = QRectF(0, 0, box.width() * 0.56, box.height() * 0.2)
        bar.moveCenter(box.center())
        cut.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
    return disc.subtracted(cut)


def _ring(painter: QPainter, box: QRectF, ink: QColor) -> None:
    width = box.width() * 0.18
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, width))
    painter.drawEllipse(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))


def _question_mark(painter: QPainter, box: QRectF, ink: QColor) -> None:
    side, width = box.width(), box.width() * 0.17
    bow = QRectF(0, 0, side * 0.5, side * 0.5)
    bow.moveCenter(QPointF(box.center().x(), box.top() + side * 0.34))
    stem = QPointF(box.center().x(), box.top() + side * 0.7)
    path = QPainterPath()
    path.arcMoveTo(bow, 170)
    path.arcTo(bow, 170, -215)
    path.quadTo(QPointF(box.center().x(), bow.bottom()), stem)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(box.center().x(), box.top() + side * 0.93), width * 0.62, width * 0.62)
