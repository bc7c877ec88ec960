"""A room's picture: its letters on a rounded square of its own colour, with a lock where it is private.

Decides the drawing only. People are round (`gui.avatar`), rooms are square: which it is shows at a glance.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from presence_desktop.gui import theme
from presence_desktop.gui.avatar import badge_box, fill

_CORNER = 0.28
_LOCK = 16
_RIM = 2


def room_letters(title: str) -> str:
    """Up to two letters for a title: of its first two words, or the first of a single one."""
    words = [word for word in title.split() if word[0].isalnum()]
    if not words:
        return title.strip()[:1] or "#"
    if len(words) == 1 or "가" <= words[0][0] <= "힣":
        return words[0][:2] if "가" <= words[0][0] <= "힣" else words[0][:1].upper()
    return (words[0][:1] + words[1][:1]).upper()


def paint_room(painter: QPainter, box: QRectF, room_id: int, title: str, font: QFont) -> None:
    """Draw the picture of a room into the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill(room_id * 3 + 1)))
    radius = box.width() * _CORNER
    painter.drawRoundedRect(box, radius, radius)
    letters = QFont(font)
    letters.setPixelSize(max(1, round(box.height() * 0.36)))
    letters.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letters)
    painter.setPen(QColor(theme.ON_AVATAR))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, room_letters(title))
    painter.restore()


def paint_lock(painter: QPainter, picture: QRectF, ink: QColor, backdrop: QColor) -> None:
    """Draw a lock onto a picture's corner, on what lies behind the picture."""
    box = badge_box(picture, _LOCK)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(backdrop)
    painter.drawEllipse(box.adjusted(-_RIM / 2, -_RIM / 2, _RIM / 2, _RIM / 2))
    painter.setBrush(ink)
    side = box.width()
    body = QRectF(box.left() + side * 0.26, box.top() + side * 0.44, side * 0.48, side * 0.36)
    painter.drawRoundedRect(body, 1.5, 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, side * 0.1))
    bow = QRectF(0, 0, side * 0.28, side * 0.36)
    bow.moveCenter(QPointF(box.center().x(), box.top() + side * 0.42))
    painter.drawArc(bow, 0, 180 * 16)
    painter.restore()


def room_pixmap(side: int, room_id: int, title: str, font: QFont, ratio: float) -> QPixmap:
    """A room's picture on its own."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    paint_room(painter, QRectF(0, 0, side, side), room_id, title, font)
    painter.end()
    return pixmap
