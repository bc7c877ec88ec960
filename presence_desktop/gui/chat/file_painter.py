"""Paints the files of a message: pictures with rounded corners, other files as cards, and how far they have come.

Decides how they look. Where they stand was decided by `layouts`; what is here of them is `core`'s word.
"""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from presence_desktop.core.chat.row import Delivery, Row
from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.chat.boxes import FileBox
from presence_desktop.gui.chat.days import size
from presence_desktop.gui.chat.pictures import Pictures
from presence_desktop.gui.look import Look
from presence_desktop.gui.words import link_sentence

_ICON = 6 * theme.UNIT
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_tr = QCoreApplication.translate


class FilePainter:
    """One for the whole view."""

    def __init__(self, look: Look, client: Client, pictures: Pictures) -> None:
        self._look, self._client, self._pictures = look, client, pictures

    def renew(self) -> None:
        """The look changed."""
        self._colors = {name: QColor(color) for name, color in theme.colors(self._look.palette).items()}
        self._body, self._small = self._look.font("body"), self._look.font("small")

    def paint(self, painter: QPainter, box: FileBox, row: Row, ratio: float) -> None:
        """Paint one file of a row."""
        progress = row.progress if row.state is Delivery.UPLOADING else None
        if box.picture:
            self._paint_picture(painter, box, ratio)
            if progress is not None:
                self._paint_ring(painter, box.rect.center(), progress)
        else:
            self._paint_card(painter, box, row)
        if box.cancel is not None:
            self._paint_cancel(painter, box.cancel)

    def _paint_picture(self, painter: QPainter, box: FileBox, ratio: float) -> None:
        rect = box.rect
        wanted = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        picture = self._pictures.of(box.attachment, box.local, wanted)
        shape = QPainterPath()
        shape.addRoundedRect(rect, theme.RADIUS, theme.RADIUS)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(rect, self._colors["hover"])
        if picture is not None:
            cut = QSizeF(wanted).scaled(QSizeF(picture.size()), Qt.AspectRatioMode.KeepAspectRatio)
            source = QRectF(QPointF(0, 0), cut)
            source.moveCenter(QRectF(picture.rect()).center())
            painter.drawPixmap(rect, picture, source)
        else:
            broken = self._pictures.is_broken(box.attachment, box.local, wanted)
            name = "warning" if broken else "image"
            icon = self._look.icon(name).pixmap(_ICON, _ICON)
            painter.drawPixmap(rect.center() - QPointF(_ICON / 2, _ICON / 2), icon)
        painter.restore()
        painter.setPen(self._colors["line"])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)

    def _paint_card(self, painter: QPainter, box: FileBox, row: Row) -> None:
        rect = box.rect
        painter.setPen(self._colors["line"])
        painter.setBrush(self._colors["side"])
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        badge = QRectF(rect.left() + 2 * theme.UNIT, rect.center().y() - 20, 40, 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colors["notice_fill"])
        painter.drawRoundedRect(badge, theme.UNIT, theme.UNIT)
        icon = self._look.icon("file", "notice").pixmap(_ICON, _ICON)
        painter.drawPixmap(badge.center() - QPointF(_ICON / 2, _ICON / 2), icon)
        done, words = self._how_far(box, row)
        right = rect.right() - (10 * theme.UNIT if box.cancel is not None else 3 * theme.UNIT)
        text = QRectF(badge.right() + 2.5 * theme.UNIT, rect.top(), 0, rect.height())
        text.setRight(right)
        self._write(painter, text.adjusted(0, 6, 0, -rect.height() / 2), box.attachment.name, "text")
        self._write(painter, text.adjusted(0, rect.height() / 2 - 4, 0, -8), words, "muted")
        if done is not None:
            track = QRectF(text.left(), rect.bottom() - 7, text.width(), 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colors["line"])
            painter.drawRoundedRect(track, 1.5, 1.5)
            painter.setBrush(self._colors["link"])
            painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * done, 3)), 1.5, 1.5)

    def _how_far(self, box: FileBox, row: Row) -> tuple[float | None, str]:
        """The share that has come or gone (None: nothing is under way), and the line under the name."""
        told = size(box.attachment.size)
        if row.state is Delivery.UPLOADING and row.progress is not None:
            return row.progress, _tr("chat", "{percent} % of {size}").format(
                percent=round(row.progress * 100), size=told
            )
        state = self._client.chats.file(box.attachment.id)
        if state.total is not None:
            share = state.received / max(1, state.total)
            return share, _tr("chat", "{percent} % of {size}").format(percent=round(share * 100), size=told)
        if state.error is not None:
            return None, link_sentence(state.error)
        if state.saved is not None:
            return None, _tr("chat", "{size} · saved").format(size=told)
        return None, told

    def _paint_ring(self, painter: QPainter, middle: QPointF, progress: float) -> None:
        shade = QColor("#000000")
        shade.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawEllipse(middle, 24, 24)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#ffffff"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        ring = QRectF(middle - QPointF(16, 16), middle + QPointF(16, 16))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * max(0.02, progress)))

    def _paint_cancel(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(self._colors["line"])
        painter.setBrush(self._colors["raised"])
        painter.drawEllipse(rect)
        icon = self._look.icon("close", "text").pixmap(14, 14)
        painter.drawPixmap(rect.center() - QPointF(7, 7), icon)

    def _write(self, painter: QPainter, box: QRectF, words: str, ink: str) -> None:
        font = self._body if ink == "text" else self._small
        painter.setFont(font)
        painter.setPen(self._colors[ink])
        cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, _LEFT, cut)
