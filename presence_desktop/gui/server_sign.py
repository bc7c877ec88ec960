"""The sign of a server in the rail: its letters, how much is unread there, and the dot of one's own status there.

Decides how it looks and how it is spoken. Which one is in view, its letters and its colour are told to it.
"""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QToolButton
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.avatar import paint_badge
from presence_desktop.gui.dots import BADGE
from presence_desktop.gui.look import Look
from presence_desktop.gui.verbatim import tip
from presence_desktop.gui.words import status_word

SIDE = 10 * theme.UNIT
_BUTTON = QSize(14 * theme.UNIT, 12 * theme.UNIT)
_ROUND = 3 * theme.UNIT
_BAR = theme.UNIT
_PILL = 4 * theme.UNIT
_LETTERS = 0.36
"""The size of two letters, as a share of the side; more of them are smaller."""


class ServerSign(QToolButton):
    """One per account in the rail."""

    drag_wanted = Signal(QPoint)
    """It is pulled away, at this place of it."""

    def __init__(self, view: AccountView, look: Look) -> None:
        super().__init__()
        self.view, self._look = view, look
        self._mark, self._shade = "", 0
        self._pressed: QPoint | None = None
        self.setObjectName("server-sign")
        self.setCheckable(True)
        self.setFixedSize(_BUTTON)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def show_as(self, mark: str, shade: int) -> None:
        """Its letters, and which of `theme.AVATAR_FILLS` it has."""
        self._mark, self._shade = mark, shade

    def refresh(self, place: int, *, here: bool, stop: bool) -> None:
        """How it stands now: its `place` in the rail from 0, whether it is in view, and whether Tab stops here."""
        view = self.view
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)
        connection = view.client.connection
        self.setChecked(here)
        if not connection.signed_in:
            state = self.tr("Signed out")
        else:
            state = status_word(view.client.own.shown if connection.link_known else None)
        words = [view.name, view.email, state]
        if view.unread:
            words.append(self.tr("Unread: {count}").format(count=view.unread))
        self.setAccessibleName(", ".join(words))
        keys = [f"Ctrl+{place + 1}"] if place < 9 else []
        self.setToolTip(tip("\n".join([*words, *keys])))
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pulled far enough it comes along, and is no button any more."""
        begun = self._pressed
        if begun is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        way = (event.position().toPoint() - begun).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)
            self.drag_wanted.emit(begun)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        view, look = self.view, self._look
        connection = view.client.connection
        backdrop = look.color("side")
        box = QRectF(0, 0, SIDE, SIDE)
        box.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(
                QRectF(-_BAR, box.top() + _ROUND, 2 * _BAR, box.height() - 2 * _ROUND), _BAR, _BAR
            )
        self._paint_sign(painter, box, faint=not connection.signed_in)
        if self.hasFocus():
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.color("link"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), _ROUND, _ROUND)
        if connection.signed_in:
            status = view.client.own.shown if connection.link_known else None
            paint_badge(painter, box, BADGE, status, look.palette, backdrop)
        if view.unread:
            self._paint_unread(painter, box, str(view.unread) if view.unread < 100 else "99+", backdrop)
        painter.end()

    def _paint_sign(self, painter: QPainter, box: QRectF, *, faint: bool) -> None:
        look = self._look
        painter.setBrush(look.color("hover") if faint else QColor(theme.AVATAR_FILLS[self._shade]))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        font = look.font("strong")
        font.setPixelSize(round(SIDE * _LETTERS * min(1.0, 3 / max(len(self._mark), 1)) ** 0.7))
        painter.setFont(font)
        painter.setPen(look.color("muted") if faint else QColor(theme.ON_AVATAR))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._mark)
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_unread(self, painter: QPainter, box: QRectF, count: str, backdrop: QColor) -> None:
        font = self._look.font("strong")
        font.setPixelSize(_PILL - 5)
        painter.setFont(font)
        width = max(_PILL, painter.fontMetrics().horizontalAdvance(count) + 2 * theme.UNIT)
        pill = QRectF(min(box.right() - width + 5, self.width() - width), box.top() - 3, width, _PILL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(backdrop)
        painter.drawRoundedRect(pill.adjusted(-2, -2, 2, 2), _PILL / 2 + 2, _PILL / 2 + 2)
        painter.setBrush(self._look.color("accent"))
        painter.drawRoundedRect(pill, _PILL / 2, _PILL / 2)
        painter.setPen(self._look.color("on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, count)
