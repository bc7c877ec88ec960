"""A picture in its full size: fitted into the window, zoomed and moved by wheel, pointer and keys.

Decides how one looks at pictures; fetching and saving them is `core`'s business.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.chat.row import Row
from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.days import in_full
from presence_desktop.gui.chat.decoding import Decoder, Wanted
from presence_desktop.gui.chat.layouts import is_picture
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel
from presence_desktop.gui.words import link_sentence

_BACK = "#101216"
_STEP = 1.25
_MOST = 8.0
_SHARE = 0.9


class Canvas(QWidget):
    """One picture, zoomed and moved."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._picture = QPixmap()
        self._zoom: float | None = None
        self._middle = QPointF(0.5, 0.5)
        self._dragged: QPointF | None = None

    def show_picture(self, picture: QPixmap) -> None:
        """Another picture, fitted in."""
        self._picture, self._zoom, self._middle = picture, None, QPointF(0.5, 0.5)
        self.update()

    @property
    def fitted(self) -> float:
        """The zoom at which all of it is seen; never larger than it is."""
        size = self._picture.size()
        if size.isEmpty():
            return 1.0
        ratio = self.devicePixelRatioF()
        across, down = self.width() * ratio / size.width(), self.height() * ratio / size.height()
        return min(1.0, across, down)

    @property
    def zoom(self) -> float:
        """Device pixels of the screen to one of the picture."""
        return self.fitted if self._zoom is None else self._zoom

    def zoom_by(self, factor: float) -> None:
        """Closer, or farther, but never farther than all of it."""
        wanted = min(_MOST, self.zoom * factor)
        self._zoom = None if wanted <= self.fitted else wanted
        if self._zoom is None:
            self._middle = QPointF(0.5, 0.5)
        self.update()

    def fit_or_full(self) -> None:
        """All of it, or each of its pixels."""
        self._zoom = 1.0 if self._zoom is None and self.fitted < 1.0 else None
        self._middle = QPointF(0.5, 0.5)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_BACK))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 2)
        painter.drawPixmap(self._box(), self._picture, QRectF(self._picture.rect()))

    def _box(self) -> QRectF:
        size = self._picture.size().toSizeF() * (self.zoom / self.devicePixelRatioF())
        box = QRectF(QPointF(0, 0), size)
        middle = QPointF(self.width() / 2, self.height() / 2)
        shift = QPointF(size.width() * (0.5 - self._middle.x()), size.height() * (0.5 - self._middle.y()))
        box.moveCenter(middle + shift)
        return box

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None or self._zoom is None:
            return
        by, box = event.position() - self._dragged, self._box()
        self._dragged = event.position()
        x = self._middle.x() - by.x() / max(1.0, box.width())
        y = self._middle.y() - by.y() / max(1.0, box.height())
        self._middle = QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit_or_full()


class Viewer(QDialog):
    """The pictures of one message, one at a time."""

    save_wanted = Signal(object, int)

    def __init__(
        self,
        client: Client,
        company: Company,
        look: Look,
        row: Row,
        number: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._look = client, look
        self.row = row
        """Whose pictures these are."""
        self._numbers = [
            at
            for at, attachment in enumerate(row.message.attachments)
            if is_picture(attachment, row.files[at] if at < len(row.files) else None)
        ]
        self._number = number
        self._decoder = Decoder(self)
        self._decoder.decoded.connect(self._take)
        self._shown: tuple[str, bool] | None = None
        """The file that is shown, or is being read to be shown; whether it is the whole picture."""
        self.setObjectName("viewer")
        self.setWindowTitle(row.message.attachments[number].name)
        self.canvas = Canvas()
        self.words = QLabel()
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.name = ElidedLabel("strong")
        self.told = ElidedLabel("muted")
        self.told.setText(f"{company.name(row.message.sender_id)} · {in_full(row.message.sent_at)}")
        self._lay_out()
        self.resize(
            QSize(300 * theme.UNIT, 200 * theme.UNIT).boundedTo(self.screen().availableSize() * _SHARE)
        )
        self._show()
        self.canvas.setFocus()

    @property
    def number(self) -> int:
        """Which file of the message is shown."""
        return self._number

    def refresh(self) -> None:
        """Files came, or did not."""
        attachment = self.row.message.attachments[self._number]
        local = self.row.files[self._number] if self._number < len(self.row.files) else None
        state = self._client.chats.file(attachment.id)
        path = local.path if local is not None else state.picture
        if path is None and state.error is not None:
            self._say(link_sentence(state.error))
        best = path or state.thumbnail
        shown = None if best is None else (best, path is not None)
        if shown is not None and shown != self._shown:
            self._shown = shown
            self._decoder.want((shown[0], 0, 0))

    def _take(self, wanted: Wanted, picture: QPixmap) -> None:
        """A picture was read: the one to be shown, or the small one until that is here."""
        if self._shown is None or wanted[0] != self._shown[0]:
            return
        self.canvas.show_picture(picture)
        if self._shown[1]:
            self._say(self.tr("This picture cannot be shown.") if picture.isNull() else "")

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def step(self, by: int) -> None:
        """The next picture, or the one before."""
        at = self._numbers.index(self._number) + by
        if 0 <= at < len(self._numbers):
            self._number = self._numbers[at]
            self._show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        deeds = {
            Qt.Key.Key_Left: lambda: self.step(-1),
            Qt.Key.Key_Right: lambda: self.step(1),
            Qt.Key.Key_Plus: lambda: self.canvas.zoom_by(_STEP),
            Qt.Key.Key_Equal: lambda: self.canvas.zoom_by(_STEP),
            Qt.Key.Key_Minus: lambda: self.canvas.zoom_by(1 / _STEP),
            Qt.Key.Key_0: self.canvas.fit_or_full,
            Qt.Key.Key_S: self._save,
        }
        deed = deeds.get(Qt.Key(event.key()))
        if deed is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        attachment = self.row.message.attachments[self._number]
        self.name.setText(attachment.name)
        self.canvas.setAccessibleName(self.tr("Picture {name}").format(name=attachment.name))
        if self._number >= len(self.row.files):
            self._client.chats.fetch_picture(attachment.id)
        self._shown = None
        self.canvas.show_picture(QPixmap())
        self._say(self.tr("Loading…"))
        self.refresh()
        at = self._numbers.index(self._number)
        self._back.setEnabled(at > 0)
        self._on.setEnabled(at < len(self._numbers) - 1)

    def _save(self) -> None:
        self.save_wanted.emit(self.row, self._number)

    def _lay_out(self) -> None:
        self._back = self._button("back", self.tr("Previous picture"))
        self._back.clicked.connect(lambda: self.step(-1))
        self._on = self._button("chevron-right", self.tr("Next picture"))
        self._on.clicked.connect(lambda: self.step(1))
        closer = self._button("zoom-in", self.tr("Zoom in"))
        closer.clicked.connect(lambda: self.canvas.zoom_by(_STEP))
        farther = self._button("zoom-out", self.tr("Zoom out"))
        farther.clicked.connect(lambda: self.canvas.zoom_by(1 / _STEP))
        save = self._button("download", self.tr("Save file"))
        save.clicked.connect(self._save)
        close = self._button("close", self.tr("Close"))
        close.clicked.connect(self.close)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.name)
        told.addWidget(self.told)
        line = QHBoxLayout()
        line.setContentsMargins(4 * theme.UNIT, 2 * theme.UNIT, 3 * theme.UNIT, 2 * theme.UNIT)
        line.addLayout(told, 1)
        many = len(self._numbers) > 1
        for button in (self._back, self._on, farther, closer, save, close):
            button.setVisible(many or button not in (self._back, self._on))
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.words)
        layout.addWidget(self.canvas, 1)

    def _button(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._look.icon(icon))
        button.setIconSize(QSize(20, 20))
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button
