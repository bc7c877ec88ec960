"""Paints one row: bands, avatar, name, quote, text, pictures, files, chips, marks.

Decides how a row looks. Where things stand was decided by `layouts`, what they say by `sentences`.
"""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from presence_desktop.core.chat.row import Delivery
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import avatar_pixmap, paint_avatar
from presence_desktop.gui.chat.boxes import Chip, RowLayout
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.days import clock_time, day, short_time
from presence_desktop.gui.chat.file_painter import FilePainter
from presence_desktop.gui.chat.layouts import AVATAR, chip_font
from presence_desktop.gui.chat.marks import Marks
from presence_desktop.gui.chat.pictures import Pictures
from presence_desktop.gui.chat.sentences import quote_words, trouble_words
from presence_desktop.gui.look import Look

_FACES = 500
"""Drawn initials that are kept."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_tr = QCoreApplication.translate


class RowState(Struct):
    """How a row is looked at while it is painted."""

    hovered: bool = False
    current: bool = False
    """The keyboard is on it."""
    flash: float = 0.0
    """1: just jumped to; fades to 0."""
    selection: tuple[int, int] | None = None
    hot_chip: str | None = None
    ratio: float = 1.0


class RowPainter:
    """One for the whole view."""

    def __init__(
        self, look: Look, client: Client, company: Company, pictures: Pictures, clock: Clock
    ) -> None:
        self._look, self._company, self._clock = look, company, clock
        self._files = FilePainter(look, client, pictures)
        self.renew()

    def renew(self) -> None:
        """The look changed."""
        self._colors = {name: QColor(color) for name, color in theme.colors(self._look.palette).items()}
        self._body, self._small, self._strong = (
            self._look.font(role) for role in ("body", "small", "strong")
        )
        self._emoji = chip_font(self._look)
        self._small_metrics, self._strong_metrics = QFontMetricsF(self._small), QFontMetricsF(self._strong)
        self._marks = Marks(self._colors)
        self._initials: dict[tuple[int, str, float], QPixmap] = {}
        self._files.renew()

    def paint(self, painter: QPainter, at: QPointF, layout: RowLayout, state: RowState) -> None:
        """Paint a row with its upper left corner at `at`."""
        painter.save()
        painter.translate(at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_card(painter, layout, state)
        self._paint_bands(painter, layout)
        self._paint_heading(painter, layout, state)
        self._paint_quote(painter, layout)
        if layout.document is not None and layout.body is not None:
            painter.setOpacity(1.0 if layout.row.state >= Delivery.SENT else 0.65)
            layout.document.paint(painter, layout.body.topLeft(), state.selection)
            painter.setOpacity(1.0)
        for box in layout.files:
            self._files.paint(painter, box, layout.row, state.ratio)
        for chip in layout.chips:
            self._paint_chip(painter, chip, hot=state.hot_chip == chip.emoji)
        if layout.more_chips is not None and state.hovered:
            self._paint_more(painter, layout.more_chips)
        self._paint_trouble(painter, layout)
        if layout.mark is not None:
            self._marks.paint(painter, layout.mark, layout.row.state, state.ratio)
        painter.restore()

    def _paint_card(self, painter: QPainter, layout: RowLayout, state: RowState) -> None:
        color: QColor | None = None
        if self._company.concerns_me(layout.row.message) and layout.row.message.deleted_at is None:
            color = QColor(self._colors["caution_fill"])
            color.setAlphaF(0.55)
        if state.hovered or state.current:
            color = self._colors["side"] if color is None else self._colors["caution_fill"]
        if color is not None:
            painter.fillRect(layout.card, color)
        if state.flash > 0:
            light = QColor(self._colors["accent"])
            light.setAlphaF(0.22 * state.flash)
            painter.fillRect(layout.card, light)
        if state.current:
            painter.setPen(QPen(self._colors["link"], 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(layout.card.adjusted(3, 1, -3, -1), theme.UNIT, theme.UNIT)

    def _paint_bands(self, painter: QPainter, layout: RowLayout) -> None:
        if layout.day is not None:
            words = day(layout.row.message.sent_at, self._clock.now())
            painter.setFont(self._small)
            width = self._small_metrics.horizontalAdvance(words) + 6 * theme.UNIT
            middle, y = layout.day.center().x(), layout.day.center().y()
            painter.setPen(self._colors["line"])
            painter.drawLine(QPointF(layout.day.left(), y), QPointF(middle - width / 2, y))
            painter.drawLine(QPointF(middle + width / 2, y), QPointF(layout.day.right(), y))
            pill = QRectF(middle - width / 2, y - 13, width, 26)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(pill, 13, 13)
            painter.setPen(self._colors["muted"])
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        if layout.new_line is not None:
            words = _tr("chat", "New")
            painter.setFont(self._small)
            width = self._small_metrics.horizontalAdvance(words) + 4 * theme.UNIT
            y = layout.new_line.center().y()
            pill = QRectF(layout.new_line.right() - width, y - 10, width, 20)
            painter.setPen(self._colors["danger"])
            painter.drawLine(QPointF(layout.new_line.left(), y), QPointF(pill.left(), y))
            painter.setBrush(self._colors["danger"])
            painter.drawRoundedRect(pill, 10, 10)
            painter.setPen(self._colors["page"])
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_heading(self, painter: QPainter, layout: RowLayout, state: RowState) -> None:
        message = layout.row.message
        if layout.pinned is not None:
            icon = self._look.icon("pin").pixmap(16, 16)
            painter.drawPixmap(QPointF(layout.pinned.left(), layout.pinned.center().y() - 8), icon)
            words = _tr("chat", "Pinned by {name}").format(name=self._company.name(message.pinned_by))
            self._write(painter, layout.pinned.adjusted(20, 0, 0, 0), words, "muted")
        if layout.avatar is not None and layout.header is not None:
            name = self._company.name(message.sender_id)
            self._paint_face(painter, layout.avatar, message.sender_id or 0, name, state.ratio)
            painter.setFont(self._strong)
            painter.setPen(self._colors["text"])
            shown = self._strong_metrics.elidedText(name, Qt.TextElideMode.ElideRight, layout.name_width + 1)
            painter.drawText(layout.header, _LEFT, shown)
            if layout.time is not None:
                self._write(painter, layout.time, clock_time(message.sent_at), "muted")
        elif state.hovered and layout.time is not None:
            painter.setFont(self._small)
            painter.setPen(self._colors["muted"])
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(layout.time, right, short_time(message.sent_at))

    def _paint_face(self, painter: QPainter, box: QRectF, user_id: int, name: str, ratio: float) -> None:
        face = self._look.faces.of(user_id, AVATAR)
        if face is not None:
            paint_avatar(painter, box, user_id, name, self._strong, face)
            return
        drawn = self._initials.get((user_id, name, ratio))
        if drawn is None:
            if len(self._initials) > _FACES:
                self._initials.clear()
            drawn = avatar_pixmap(AVATAR, user_id, name, self._strong, ratio, None)
            self._initials[user_id, name, ratio] = drawn
        painter.drawPixmap(box.topLeft(), drawn)

    def _paint_quote(self, painter: QPainter, layout: RowLayout) -> None:
        quote = layout.row.message.reply_to
        if layout.quote is None or quote is None:
            return
        box = layout.quote
        shape = QPainterPath()
        shape.addRoundedRect(box, theme.UNIT, theme.UNIT)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(box, self._colors["hover"])
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), self._colors["link"])
        painter.restore()
        inner = box.adjusted(3 * theme.UNIT, theme.UNIT, -2 * theme.UNIT, -theme.UNIT)
        line = QRectF(inner.left(), inner.top(), inner.width(), self._small_metrics.height())
        self._write(painter, line, self._company.name(quote.sender_id), "link")
        self._write(painter, line.translated(0, line.height()), quote_words(quote, self._company), "text")

    def _paint_chip(self, painter: QPainter, chip: Chip, *, hot: bool) -> None:
        ink, fill = ("notice", "notice_fill") if chip.mine else ("text", "side")
        painter.setPen(QPen(self._colors["link"], 1) if chip.mine or hot else self._colors["line"])
        painter.setBrush(self._colors[fill])
        radius = chip.rect.height() / 2
        painter.drawRoundedRect(chip.rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(self._body)
        painter.setPen(self._colors[ink])
        inner = chip.rect.adjusted(2 * theme.UNIT, 0, -2 * theme.UNIT, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(chip.count))
        painter.setFont(self._emoji)
        painter.drawText(inner, _LEFT, chip.emoji)

    def _paint_more(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(self._colors["line"])
        painter.setBrush(self._colors["side"])
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2, rect.height() / 2)
        icon = self._look.icon("react").pixmap(18, 18)
        painter.drawPixmap(rect.center() - QPointF(9, 9), icon)

    def _paint_trouble(self, painter: QPainter, layout: RowLayout) -> None:
        if layout.trouble is None:
            return
        self._write(painter, layout.trouble, trouble_words(layout.row), "danger")
        for rect, words in (
            (layout.retry, _tr("chat", "Try again")),
            (layout.edit, _tr("chat", "Edit")),
            (layout.discard, _tr("chat", "Discard")),
        ):
            if rect is not None:
                painter.setFont(self._small)
                painter.setPen(self._colors["link"])
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _write(self, painter: QPainter, box: QRectF, words: str, ink: str) -> None:
        """One small line, cut where the room ends."""
        painter.setFont(self._small)
        painter.setPen(self._colors[ink])
        cut = self._small_metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT, cut)
