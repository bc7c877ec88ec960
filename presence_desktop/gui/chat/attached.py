"""The files that are about to be sent: what they are, and the chips that show them over the composer.

Decides which files may be attached; sending them is `core`'s business.
"""

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from presence_desktop.core.chat.row import LocalFile
from presence_desktop.gui import theme
from presence_desktop.gui.chat.days import size
from presence_desktop.gui.chat.decoding import MOST_PIXELS, Decoder, Wanted
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel, Panel
from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused

_THUMB = 10 * theme.UNIT
_CHIP = 52 * theme.UNIT


def local_file(path: str) -> LocalFile:
    """A file of this computer, as it is to be sent. Raises Refused: UNREADABLE_FILE, FILE_TOO_LARGE."""
    place = Path(path)
    try:
        count = place.stat().st_size if place.is_file() else 0
        with place.open("rb") as opened:
            opened.read(1)
    except OSError as error:
        raise Refused(Code.UNREADABLE_FILE) from error
    if not count:
        raise Refused(Code.UNREADABLE_FILE)
    if count > limits.FILE_BYTES:
        raise Refused(Code.FILE_TOO_LARGE)
    kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
    width, height = _picture_size(path) if kind.startswith("image/") else (None, None)
    return LocalFile(str(place), place.name[-limits.FILE_NAME_LENGTH :], count, kind, width, height)


def kept_picture(image: QImage, folder: Path) -> str:
    """A pasted picture as a file of its own. Raises Refused(UNWRITABLE_FILE)."""
    path = folder / f"{uuid4()}.png"
    if not image.save(str(path)):
        raise Refused(Code.UNWRITABLE_FILE)
    return str(path)


def _picture_size(path: str) -> tuple[int | None, int | None]:
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    found = reader.size()
    if not found.isValid() or found.width() * found.height() > MOST_PIXELS:
        return None, None
    if reader.transformation().value & 4:  # a quarter turn
        found.transpose()
    return found.width(), found.height()


class Attached(Panel):
    """A row of chips, one for each file; hidden while there is none."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, kind="bare")
        self._files: list[LocalFile] = []
        self._thumbs: dict[str, QPixmap] = {}
        """The small pictures of files, by path; null ones where there is none (yet)."""
        self._shown: dict[str, QLabel] = {}
        self._decoder = Decoder(self)
        self._decoder.decoded.connect(self._take)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, theme.UNIT)
        self._row.setSpacing(2 * theme.UNIT)
        self._row.addStretch(1)
        self.hide()

    @property
    def files(self) -> Sequence[LocalFile]:
        """What is to be sent, in this order."""
        return tuple(self._files)

    def add(self, file: LocalFile) -> None:
        """One more. Raises Refused(LIMIT_REACHED)."""
        if len(self._files) >= limits.ATTACHMENTS:
            raise Refused(Code.LIMIT_REACHED)
        self._files.append(file)
        self._show()

    def set_files(self, files: Sequence[LocalFile]) -> None:
        """These and no others."""
        self._files = list(files)
        self._show()

    def retranslate(self) -> None:
        """The chips' words, in the language in force."""
        self._show()

    def _remove(self, at: int) -> None:
        del self._files[at]
        self._show()

    def _show(self) -> None:
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown.clear()
        self._thumbs = {
            file.path: self._thumbs[file.path] for file in self._files if file.path in self._thumbs
        }
        for at, file in enumerate(self._files):
            self._row.insertWidget(at, self._chip(at, file))
        self.setVisible(bool(self._files))
        self.changed.emit()

    def _chip(self, at: int, file: LocalFile) -> QWidget:
        chip = QFrame()
        chip.setProperty("kind", "card")
        chip.setMaximumWidth(_CHIP)
        picture = QLabel()
        picture.setFixedSize(_THUMB, _THUMB)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(self._thumbnail(file))
        self._shown[file.path] = picture
        name = ElidedLabel()
        name.setText(file.name)
        told = QLabel(size(file.size))
        told.setProperty("role", "small")
        away = QToolButton()
        away.setIcon(self.look.icon("close"))
        away.setAccessibleName(self.tr("Remove {name}").format(name=file.name))
        away.setToolTip(away.accessibleName())
        away.clicked.connect(lambda: self._remove(at))
        row = QHBoxLayout(chip)
        row.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        row.addWidget(picture)
        row.addWidget(name, 1)
        row.addWidget(told)
        row.addWidget(away)
        return chip

    def _thumbnail(self, file: LocalFile) -> QPixmap:
        found = self._thumbs.get(file.path)
        if found is None and file.width is not None:
            side = round(_THUMB * self.devicePixelRatioF())
            self._thumbs[file.path] = QPixmap()
            self._decoder.want((file.path, side, side))
        return self.look.icon("file").pixmap(24, 24) if found is None or found.isNull() else found

    def _take(self, wanted: Wanted, picture: QPixmap) -> None:
        """A picture was read: the square in its middle is shown."""
        path, side, _ = wanted
        label = self._shown.get(path)
        if label is None or picture.isNull():
            return
        edge = min(picture.width(), picture.height())
        cut = picture.copy((picture.width() - edge) // 2, (picture.height() - edge) // 2, edge, edge)
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        cut = cut.scaled(side, side, keep, smooth)
        cut.setDevicePixelRatio(self.devicePixelRatioF())
        self._thumbs[path] = cut
        label.setPixmap(cut)
