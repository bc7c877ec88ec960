"""Shows a picture under a round window; the person moves and enlarges it until the right part is in view.

Decides the part by mouse, wheel and keyboard. What becomes of it is the dialog's business.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look

SIDE = 75 * theme.UNIT
"""Side of the square in logical pixels."""
MOST = 5.0
"""How many times a picture can be enlarged."""
_STEP = 2 * theme.UNIT
_NOTCH = 1.15


class CropView(QWidget):
    """The picture with its window."""

    zoomed = Signal(float)
    """How large it is shown now: 1 fits, `MOST` is the largest."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image = QImage()
        self._shown = QPixmap()
        self._zoom = 1.0
        self._center = QPointF()
        self._grip: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_image(self, image: QImage) -> None:
        """Begin with this picture, as large as it fits."""
        self._image, self._shown = image, QPixmap.fromImage(image)
        self._center = QPointF(image.width() / 2, image.height() / 2)
        self._zoom = 1.0
        self._keep_inside()
        self.zoomed.emit(self._zoom)

    @property
    def zoom(self) -> float:
        """How large it is shown: 1 fits."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Show it so large; the middle stays."""
        self._zoom = min(max(zoom, 1.0), MOST)
        self._keep_inside()
        self.zoomed.emit(self._zoom)

    def move_by(self, right: float, down: float) -> None:
        """Move the picture by so many logical pixels."""
        self._center -= QPointF(right, down) / self._scale()
        self._keep_inside()

    def part(self) -> QRectF:
        """The part in view, in pixels of the picture; a square."""
        side = SIDE / self._scale()
        return QRectF(self._center.x() - side / 2, self._center.y() - side / 2, side, side)

    def cropped(self, side: int) -> QImage:
        """The part in view as a square picture of at most so many pixels a side."""
        part = self.part().toRect().intersected(self._image.rect())
        square = self._image.copy(part)
        target = min(side, max(1, square.width()))
        return square.scaled(
            QSize(target, target),
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(0, 0, SIDE, SIDE)
        painter.fillRect(box, self._look.color("side"))
        if not self._shown.isNull():
            painter.drawPixmap(box, self._shown, self.part())
        shade = QPainterPath()
        shade.addRect(box)
        shade.addEllipse(box.adjusted(2, 2, -2, -2))
        veil = self._look.color("page")
        veil.setAlphaF(0.72)
        painter.fillPath(shade, veil)
        painter.setPen(self._look.color("link" if self.hasFocus() else "outline"))
        painter.drawEllipse(box.adjusted(2, 2, -2, -2))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            moved = event.position() - self._grip
            self._grip = event.position()
            self.move_by(moved.x(), moved.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.set_zoom(self._zoom * _NOTCH ** (event.angleDelta().y() / 120))
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        moves = {
            keys.Key_Left: (-_STEP, 0), keys.Key_Right: (_STEP, 0), keys.Key_Up: (0, -_STEP), keys.Key_Down: (0, _STEP),
        }  # fmt: skip
        if event.key() in moves:
            right, down = moves[keys(event.key())]
            self.move_by(right, down)
        elif event.key() in (keys.Key_Plus, keys.Key_Equal):
            self.set_zoom(self._zoom * _NOTCH)
        elif event.key() == keys.Key_Minus:
            self.set_zoom(self._zoom / _NOTCH)
        else:
            super().keyPressEvent(event)

    def _scale(self) -> float:
        """Logical pixels for each pixel of the picture."""
        shorter = min(self._image.width(), self._image.height())
        return self._zoom * SIDE / max(1, shorter)

    def _keep_inside(self) -> None:
        """The window never looks past the picture's edge."""
        half = SIDE / self._scale() / 2
        x = min(max(self._center.x(), half), self._image.width() - half)
        y = min(max(self._center.y(), half), self._image.height() - half)
        self._center = QPointF(x, y)
        self.update()
