"""Avatars: a person's picture, else initials on a colour that stays their own; with the dot of their status.

Decides initials and colour from name and id alone. Where a picture comes from is `gui.faces`' business.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPixmap, QTransform

from presence_desktop.gui import theme
from presence_desktop.gui.dots import paint_dot
from presence_desktop.protocol.status import Status

_RIM = 2


def initials(name: str) -> str:
    """Two letters for a name: the given name of a Korean one, the first letters of first and last word else."""
    words = [word for word in name.split() if word[0].isalpha()]
    if not words:
        return name.strip()[:1] or "?"
    if len(words) == 1:
        word = words[0]
        if all("가" <= letter <= "힣" for letter in word):
            return word[-2:]
        return word[:1].upper()
    return (words[0][:1] + words[-1][:1]).upper()


def fill(user_id: int) -> str:
    """The colour behind somebody's initials, as `#rrggbb`."""
    return theme.AVATAR_FILLS[user_id % len(theme.AVATAR_FILLS)]


def paint_avatar(
    painter: QPainter, box: QRectF, user_id: int, name: str, font: QFont, face: QPixmap | None = None
) -> None:
    """Draw the round avatar of a person into the square `box`: their picture (`look.faces`), else initials."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill(user_id)) if face is None else _texture(face, box))
    painter.drawEllipse(box)
    if face is None:
        _paint_initials(painter, box, name, font)
    painter.restore()


def _texture(face: QPixmap, box: QRectF) -> QBrush:
    brush = QBrush(face)
    scale = box.width() / face.width()
    brush.setTransform(QTransform.fromTranslate(box.left(), box.top()).scale(scale, scale))
    return brush


def _paint_initials(painter: QPainter, box: QRectF, name: str, font: QFont) -> None:
    letters = QFont(font)
    letters.setPixelSize(max(1, round(box.height() * 0.34)))
    letters.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letters)
    painter.setPen(QColor(theme.ON_AVATAR))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))


def badge_box(avatar: QRectF, side: float) -> QRectF:
    """Where the dot sits on an avatar."""
    return QRectF(avatar.right() - side + 2, avatar.bottom() - side + 2, side, side)


def paint_badge(
    painter: QPainter,
    avatar: QRectF,
    side: float,
    status: Status | None,
    palette: theme.Palette,
    backdrop: QColor,
) -> None:
    """Draw the dot onto an avatar's corner, with a rim of what lies behind the avatar."""
    box = badge_box(avatar, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(backdrop)
    painter.drawEllipse(box.adjusted(-_RIM, -_RIM, _RIM, _RIM))
    painter.restore()
    paint_dot(painter, box, status, palette)


def avatar_pixmap(
    side: int,
    user_id: int,
    name: str,
    font: QFont,
    ratio: float,
    dot: tuple[Status | None, theme.Palette, QColor] | None,
    face: QPixmap | None = None,
) -> QPixmap:
    """An avatar as a picture; `dot` is (status, palette, backdrop) where one is wanted."""
    margin = 4
    pixmap = QPixmap(round((side + margin) * ratio), round((side + margin) * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    box = QRectF(0, 0, side, side)
    paint_avatar(painter, box, user_id, name, font, face)
    if dot is not None:
        status, palette, backdrop = dot
        paint_badge(painter, box, max(12.0, side * 0.3), status, palette, backdrop)
    painter.end()
    return pixmap
