"""The mark of how far one's own message got: a clock, one tick, two ticks, two bright ticks, an exclamation mark.

Decides the drawing; by shape and colour, so that neither is needed alone.
"""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from presence_desktop.core.chat.row import Delivery, Row


def paint_mark(painter: QPainter, box: QRectF, row: Row, colors: Mapping[str, QColor]) -> None:
    """Draw the mark of a row into the middle of a box."""
    middle = box.center()
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    state = row.state
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
    painter.restore()


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
