"""The round button that leads back to the newest message, with the number of unread ones.

Decides how it looks and where it floats.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look

_SIDE = 10 * theme.UNIT
_TOP = 2 * theme.UNIT


class NewestButton(QAbstractButton):
    """Floats at the lower right of its parent."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._count = 0
        self.setObjectName("to-newest")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(_SIDE + 4 * theme.UNIT, _SIDE + _TOP)
        self.speak()
        self.hide()

    @override
    def sizeHint(self) -> QSize:
        return self.size()

    def set_count(self, count: int) -> None:
        """How many messages wait there."""
        if count != self._count:
            self._count = count
            self.speak()
            self.update()

    def speak(self) -> None:
        """Set its name, in the language in force."""
        words = self.tr("Go to the newest message")
        if self._count:
            words = self.tr("Go to the newest message (%n new)", "", self._count)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def place(self, width: int, height: int) -> None:
        """Stand in the corner of an area of this size."""
        self.move(width - self.width() - 2 * theme.UNIT, height - self.height() - 3 * theme.UNIT)
        self.raise_()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.speak()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(2 * theme.UNIT, _TOP, _SIDE, _SIDE).adjusted(1, 1, -1, -1)
        focused = self.hasFocus()
        painter.setPen(QPen(self._look.color("link" if focused else "outline"), 2 if focused else 1))
        painter.setBrush(self._look.color("hover" if self.underMouse() else "raised"))
        painter.drawEllipse(disc)
        painter.drawPixmap(disc.center() - QPointF(10, 10), self._look.icon("down", "text").pixmap(20, 20))
        if self._count:
            self._paint_count(painter, disc)
        painter.end()

    def _paint_count(self, painter: QPainter, disc: QRectF) -> None:
        words = str(self._count) if self._count < 100 else "99+"
        font = self._look.font("small")
        font.setWeight(font.Weight.DemiBold)
        width = max(20.0, QFontMetricsF(font).horizontalAdvance(words) + 10)
        pill = QRectF(0, 0, width, 20)
        pill.moveCenter(QPointF(disc.center().x(), 10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("accent"))
        painter.drawRoundedRect(pill, 10, 10)
        painter.setFont(font)
        painter.setPen(self._look.color("on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
