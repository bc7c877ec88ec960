"""The box before a task in a message, empty or ticked. It shows what was written, and takes no clicks."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from presence_desktop.gui import theme

_SIDE = 3.5 * theme.UNIT
_ROUND = 3
_TICK = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.32))
"""The corners of the tick, as shares of the side."""


def paint_tick_box(painter: QPainter, place: QRectF, colors: Mapping[str, QColor], ticked: bool) -> None:
    """Draw it at the left of `place`, in the middle of its height."""
    box = QRectF(place.left() + 0.5, place.center().y() - _SIDE / 2, _SIDE, _SIDE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors["accent" if ticked else "outline"], 1.25))
    painter.setBrush(colors["accent"] if ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, _ROUND, _ROUND)
    if ticked:
        pen = QPen(colors["on_accent"], 1.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline([box.topLeft() + QPointF(x, y) * _SIDE for x, y in _TICK])
    painter.restore()
