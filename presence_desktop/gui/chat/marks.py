"""The mark of how far one's own message got: a clock, one tick, two ticks, two bright ticks, an exclamation mark.

Decides the drawing; by shape and colour, so that neither is needed alone.
"""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from presence_desktop.core.chat.row import Delivery

SIDE = 20


class Marks:
    """The marks in the colours in force, each drawn once."""

    def __init__(self, colors: Mapping[str, QColor]) -> None:
        self._colors = colors
        self._drawn: dict[tuple[Delivery, float], QPixmap] = {}

    def paint(self, painter: QPainter, box: QRectF, state: Delivery, ratio: float) -> None:
        """Paint the mark of a state into the middle of a box."""
        drawn = self._drawn.get((state, ratio))
        if drawn is None:
            drawn = self._drawn[state, ratio] = _pixmap(state, self._colors, ratio)
        painter.drawPixmap(box.center() - QPointF(SIDE / 2, SIDE / 2), drawn)


def _pixmap(state: Delivery, colors: Mapping[str, QColor], ratio: float) -> QPixmap:
    drawn = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(ratio)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw(painter, QPointF(SIDE / 2, SIDE / 2), state, colors)
    painter.end()
    return drawn


def _draw(painter: QPainter, middle: QPointF, state: Delivery, colors: Mapping[str, QColor]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    color = {Delivery.FAILED: "danger", Delivery.READ: "link"}.get(state, "muted")
    painter.setPen(
        QPen(colors[color], 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    if state is Delivery.FAILED:
        _exclamation(painter, middle)
    elif state in (Delivery.PENDING, Delivery.UPLOADING):
        _clock(painter, middle)
    else:
        _tick(painter, middle + QPointF(-2.5 if state > Delivery.SENT else 0, 0))
        if state > Delivery.SENT:
            _tick(painter, middle + QPointF(2.5, 0))


def _tick(painter: QPainter, middle: QPointF) -> None:
    points = [middle + QPointF(x, y) for x, y in ((-4, 0.5), (-1.2, 3.3), (4.2, -3.3))]
    painter.drawPolyline(QPolygonF(points))


def _clock(painter: QPainter, middle: QPointF) -> None:
    painter.drawEllipse(middle, 5, 5)
    painter.drawPolyline(QPolygonF([middle + QPointF(0, -2.8), middle, middle + QPointF(2.2, 1.2)]))


def _exclamation(painter: QPainter, middle: QPointF) -> None:
    painter.drawEllipse(middle, 6.2, 6.2)
    painter.drawLine(middle + QPointF(0, -3), middle + QPointF(0, 0.8))
    painter.drawPoint(middle + QPointF(0, 3.2))
