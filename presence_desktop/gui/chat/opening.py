"""What stands above the first row: that the conversation begins here, or that older messages are on their way.

Decides how that looks; which of it holds is told by `pane`.
"""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from presence_desktop.gui import theme
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.layouts import EDGE
from presence_desktop.gui.look import Look
from presence_desktop.protocol.chat import Kind, Visibility

LOADING = 12 * theme.UNIT
"""The height of the line that says that more is on its way."""

_tr = QCoreApplication.translate


class Opening:
    """Painted by the view into the room above its first row."""

    def __init__(self, look: Look, company: Company) -> None:
        self._look, self._company = look, company
        self.begins = False
        """Whether nothing is older than the first row."""
        self.failed = False
        """Whether what is older could not be fetched."""

    def set_state(self, *, begins: bool, failed: bool) -> None:
        """What holds now."""
        self.begins, self.failed = begins, failed

    def height(self) -> int:
        """How much room it needs, in pixels."""
        if not self.begins:
            return LOADING
        lines = (
            QFontMetricsF(self._look.font("headline")).height()
            + QFontMetricsF(self._look.font("body")).height()
        )
        return round(lines + 10 * theme.UNIT)

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint it at the lower end of the box."""
        painter.save()
        area = QRectF(box.left() + EDGE, box.bottom() - self.height(), box.width() - 2 * EDGE, self.height())
        if self.begins:
            self._paint_beginning(painter, area)
        else:
            painter.setFont(self._look.font("small"))
            painter.setPen(self._look.color("muted"))
            words = _tr("chat", "Loading older messages…")
            if self.failed:
                words = _tr("chat", "Older messages could not be loaded. Click here to try again.")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def _paint_beginning(self, painter: QPainter, area: QRectF) -> None:
        title = QFontMetricsF(self._look.font("headline"))
        words = title.elidedText(self._company.title(), Qt.TextElideMode.ElideRight, area.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        top = area.adjusted(0, 4 * theme.UNIT, 0, 0)
        painter.setFont(self._look.font("headline"))
        painter.setPen(self._look.color("text"))
        painter.drawText(top, left, words)
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.color("muted"))
        below = top.adjusted(0, title.height() + theme.UNIT, 0, 0)
        metrics = QFontMetricsF(self._look.font("body"))
        line = metrics.elidedText(self._sentence(), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, left, line)

    def _sentence(self) -> str:
        talk = self._company.talk
        if talk is None or talk.kind is Kind.DIRECT:
            if talk is not None and talk.other == self._company.me:
                return _tr("chat", "Only you read what is written here.")
            return _tr("chat", "This is the beginning of your conversation.")
        if talk.visibility is Visibility.PUBLIC:
            return _tr("chat", "This is the beginning of this public room.")
        return _tr("chat", "This is the beginning of this private room.")
