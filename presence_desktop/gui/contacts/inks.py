"""The fonts and colours that rows are painted with, measured once for each look."""

from PySide6.QtGui import QColor, QFont, QFontMetrics

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look


class Inks:
    """What a row needs at every paint, ready made."""

    def __init__(self, look: Look) -> None:
        self.name: QFont = look.font("strong")
        self.line: QFont = look.font("small")
        self.badge: QFont = look.font("small")
        self.badge.setWeight(QFont.Weight.DemiBold)
        self.name_metrics, self.line_metrics = QFontMetrics(self.name), QFontMetrics(self.line)
        self.badge_metrics = QFontMetrics(self.badge)
        self.colors = {name: QColor(color) for name, color in theme.colors(look.palette).items()}

    def text_height(self) -> int:
        """The height of a name with a line under it."""
        return self.name_metrics.height() + self.line_metrics.height() + theme.UNIT // 2
