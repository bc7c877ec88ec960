"""What pages have in common: texts set again when the language changes, and a calm column in the middle.

Decides spacing and the order of heading, content and buttons. What a page asks for is its own business.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.verbatim import tip

COLUMN = 105 * theme.UNIT
"""Width of the column, in logical pixels."""


class Panel(QWidget):
    """A widget that sets its texts in `retranslate` and its painted parts in `repaint_look`."""

    def __init__(self, look: Look, kind: str = "page", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look.changed.connect(self.repaint_look)

    def retranslate(self) -> None:
        """Set every text, in the language in force."""

    def repaint_look(self) -> None:
        """Set every icon and picture, in the colours in force."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ColumnPage(Panel):
    """A page with a way back, a headline, a lead and a column of content that scrolls when it must."""

    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.back_button = QToolButton()
        self.back_button.setIconSize(QSize(20, 20))
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back_button.clicked.connect(self.back)
        self.headline = text_label(role="headline")
        self.lead = text_label(role="muted")

        top = QHBoxLayout()
        top.setContentsMargins(3 * theme.UNIT, 3 * theme.UNIT, 3 * theme.UNIT, 0)
        top.addWidget(self.back_button)
        top.addStretch(1)
        self.top = top
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(self._scrolling_column(), 1)

    def start_at_top(self) -> None:
        """For a page whose length changes while one looks: its beginning stays where it is."""
        self._middle.setAlignment(self._inner_column, Qt.AlignmentFlag.AlignTop)

    def _scrolling_column(self) -> QScrollArea:
        column = self._inner_column = QWidget()
        column.setMaximumWidth(COLUMN)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4 * theme.UNIT)
        self.column.addWidget(self.headline)
        self.column.addWidget(self.lead)

        inner = QWidget()
        inner.setProperty("kind", "page")
        middle = self._middle = QHBoxLayout(inner)
        middle.setContentsMargins(6 * theme.UNIT, 2 * theme.UNIT, 6 * theme.UNIT, 10 * theme.UNIT)
        middle.addStretch(1)
        middle.addWidget(column, 100, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.back_button.isHidden():
            self.back.emit()
        else:
            super().keyPressEvent(event)

    @override
    def retranslate(self) -> None:
        self.back_button.setToolTip(self.tr("Back"))
        self.back_button.setAccessibleName(self.tr("Back"))

    @override
    def repaint_look(self) -> None:
        self.back_button.setIcon(self.look.icon("back"))


def text_label(text: str = "", role: str = "body") -> QLabel:
    """A label that wraps, never takes text for markup, and looks by its role."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


class ElidedLabel(QLabel):
    """One line of text, cut with an ellipsis where the room ends; the whole of it on hover."""

    def __init__(self, role: str = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).averageCharWidth() * 3, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        fits = QFontMetrics(self.font()).horizontalAdvance(self.text()) <= event.size().width()
        self.setToolTip("" if fits else tip(self.text()))
        super().resizeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = QFontMetrics(self.font())
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.contentsRect(), self.alignment(), text)
