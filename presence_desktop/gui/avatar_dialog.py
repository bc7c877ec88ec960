"""Chooses one's own picture: from a file (by button, paste or drop), cropped to a circle; or takes it away.

Decides what is sent: a square PNG of at most 512 pixels, far below what the server takes, which makes its own of it.
"""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QImageWriter,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.avatar import avatar_pixmap
from presence_desktop.gui.crop import MOST, SIDE, CropView
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.protocol.errors import Code

_SENT = 512
_LARGEST = 20_000
"""Pixels a side; what is larger is no portrait."""
_STEPS = 100
_FACE = 40 * theme.UNIT


class AvatarDialog(AskingDialog):
    """The dialog."""

    def __init__(self, client: Client, look: Look, asks: Asks, parent: QWidget) -> None:
        super().__init__(client, look, asks, parent)
        self.setWindowTitle(self.tr("Your picture"))
        self.setAcceptDrops(True)
        self.view = CropView(look)
        self.view.setAccessibleName(self.tr("Part of the picture"))
        self.view.setAccessibleDescription(self.tr("Arrow keys move it, plus and minus enlarge it"))
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setAccessibleName(self.tr("Size"))
        self.zoom.setRange(0, _STEPS)
        self.choose = QPushButton(look.icon("image"), self.tr("Choose a picture…"))
        self.remove = QPushButton(look.icon("trash"), self.tr("Remove picture"))
        self._now = QLabel()
        self._told = text_label(role="muted")
        self._told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._loaded = False
        self._lay_out()
        self.add_main_button(self.tr("Use this picture"))
        self._connect()
        self._show_state()

    def load(self, path: str) -> None:
        """Take a picture from a file."""
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        size = reader.size()
        if not reader.canRead() or max(size.width(), size.height()) > _LARGEST:
            self.fail(Code.INVALID_IMAGE)
            return
        self.take(reader.read())

    def take(self, image: QImage) -> None:
        """Take this picture."""
        if image.isNull() or image.width() < 2 or image.height() < 2:
            self.fail(Code.INVALID_IMAGE)
            return
        self.fail(None)
        self.view.show_image(image)
        self._loaded = True
        self._show_state()
        self.view.setFocus()

    @override
    def ready(self) -> bool:
        return self._loaded

    @override
    def submit(self) -> None:
        if not self._busy and self._loaded:
            self.ask(self.client.chats.set_avatar(png(self.view.cropped(_SENT))))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or _file_of(event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = _file_of(event.mimeData().urls())
        if path:
            self.load(path)
        else:
            self.take(QImage(event.mimeData().imageData()))

    def _connect(self) -> None:
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(lambda: self.ask(self.client.chats.set_avatar(None)))
        self.zoom.valueChanged.connect(lambda value: self.view.set_zoom(1 + (MOST - 1) * value / _STEPS))
        self.view.zoomed.connect(self._follow_zoom)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self._paste)

    def _choose(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = pictures if Path(pictures).is_dir() else str(Path.home())
        kinds = self.tr("Pictures") + " (*.png *.jpg *.jpeg *.webp)"
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a picture"), folder, kinds)
        if path:
            self.load(path)

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        path = _file_of(data.urls())
        if path:
            self.load(path)
        elif data.hasImage():
            self.take(QImage(data.imageData()))

    def _follow_zoom(self, zoom: float) -> None:
        self.zoom.blockSignals(True)
        self.zoom.setValue(round((zoom - 1) / (MOST - 1) * _STEPS))
        self.zoom.blockSignals(False)

    def _show_state(self) -> None:
        me = self.client.me
        has = me is not None and self.client.avatar_path(me.user_id) is not None
        if self._loaded:
            self._now.hide()  # first what goes, then what comes: the dialog grows for all that is visible at once
        self.view.setVisible(self._loaded)
        self.zoom.setVisible(self._loaded)
        self.remove.setVisible(has and not self._loaded)
        if self._loaded:
            self._told.setText(self.tr("Drag the picture, and enlarge it with the wheel."))
        else:
            self._told.setText(self.tr("PNG, JPEG or WebP. You can also drop or paste one here."))
            self._show_now()
        self.update_buttons()
        self.grow()

    def _show_now(self) -> None:
        me = self.client.me
        if me is None:
            return
        font, ratio = self.look.font("strong"), self.devicePixelRatioF()
        face = self.look.faces.of(me.user_id, _FACE)
        self._now.setPixmap(avatar_pixmap(_FACE, me.user_id, me.username, font, ratio, None, face))

    def _lay_out(self) -> None:
        self._now.setFixedSize(QSize(SIDE, SIDE))
        self._now.setAlignment(Qt.AlignmentFlag.AlignCenter)
        acts = QHBoxLayout()
        acts.setSpacing(2 * theme.UNIT)
        acts.addStretch(1)
        acts.addWidget(self.choose)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(3 * theme.UNIT)
        for part in (self._now, self.view, self.zoom):
            middle.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self.zoom.setFixedWidth(SIDE)
        kept = self.zoom.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the dialog keeps its size when the picture comes
        self.zoom.setSizePolicy(kept)
        middle.addWidget(self._told)
        middle.addLayout(acts)
        self.column.addLayout(middle)
        self.column.addStretch(1)


def png(image: QImage) -> bytes:
    """A picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def _file_of(urls: list[QUrl]) -> str:
    """The first local file among what was dropped or pasted; empty if there is none."""
    return next((url.toLocalFile() for url in urls if url.isLocalFile()), "")
