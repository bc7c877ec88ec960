"""The day of what is in view, over the messages while one scrolls through them.

Decides when it is shown: while rows move, and a moment longer.
"""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.chat.days import day
from presence_desktop.gui.look import Look

SHOWN_MS = 1_500
_HEIGHT = 26


class FloatingDay(QWidget):
    """A pill at the upper edge of its parent; it takes no clicks."""

    def __init__(self, look: Look, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._clock = look, clock
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(SHOWN_MS)
        self._away.timeout.connect(self.hide)
        self.hide()

    def show_for(self, moment: int, width: int) -> None:
        """Tell the day of a moment, in the middle of a view of this width."""
        words = day(moment, self._clock.now())
        if words != self.words:
            self.words = words
            self.resize(self.sizeHint())
            self.update()
        self.move((width - self.width()) // 2, 2 * theme.UNIT)
        self.show()
        self.raise_()
        self._away.start()

    def put_away(self) -> None:
        """Nothing is scrolled any more, or the day stands there anyway."""
        self._away.stop()
        self.hide()

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._look.font("small")).horizontalAdvance(self.words)
        return QSize(width + 6 * theme.UNIT, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.color("line"))
        painter.setBrush(self._look.color("raised"))
        pill = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(pill, _HEIGHT / 2, _HEIGHT / 2)
        painter.setFont(self._look.font("small"))
        painter.setPen(self._look.color("muted"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.words)
        painter.end()
