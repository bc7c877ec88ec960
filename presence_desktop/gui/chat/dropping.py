"""Files that are dragged over a conversation: a sign says that they can be dropped, wherever in it the pointer is.

Decides that what is dropped is copied: whoever it comes from is never told that it was moved. What becomes of it is
decided by whoever listens.
"""

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel

_ICON = 32


class DropSign(QWidget):
    """Lies over everything while files are over it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = self._look.color("page")
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(self._look.color("link"), 2, Qt.PenStyle.DashLine))
        edge = 3 * theme.UNIT
        painter.drawRoundedRect(self.rect().adjusted(edge, edge, -edge, -edge), theme.RADIUS, theme.RADIUS)
        painter.setFont(self._look.font("title"))
        painter.setPen(self._look.color("text"))
        middle = QRectF(self.rect())
        icon = self._look.picture("attach", _ICON, self.devicePixelRatioF(), "link")
        place = middle.center().toPoint()
        painter.drawPixmap(place.x() - _ICON // 2, place.y() - _ICON - theme.UNIT, icon)
        words = middle.adjusted(2 * edge, middle.height() / 2 + theme.UNIT, -2 * edge, 0)
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(words, int(top), self.tr("Drop files here to attach them"))


class DropZone(Panel):
    """A panel that takes files wherever they are dropped on it."""

    dropped = Signal(object)
    """What was dropped (`QMimeData`), good until this is over."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAcceptDrops(True)
        self.drop_sign = DropSign(look, self)

    @property
    def takes_files(self) -> bool:
        """Whether there is anything to drop them into."""
        return True

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._welcome(event):
            self.drop_sign.setGeometry(self.rect())
            self.drop_sign.setVisible(_is_file(event.mimeData()))
            self.drop_sign.raise_()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._welcome(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_sign.hide()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_sign.hide()
        if self._welcome(event):
            self.dropped.emit(event.mimeData())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drop_sign.setGeometry(self.rect())

    def _welcome(self, event: QDropEvent) -> bool:
        """Whether it is taken: as a copy, whatever is proposed."""
        welcome = self.takes_files and event.mimeData().hasUrls()
        if welcome:
            event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(welcome)
        return welcome


def _is_file(data: QMimeData) -> bool:
    return any(url.isLocalFile() for url in data.urls())
