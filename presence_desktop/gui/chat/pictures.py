"""Pictures in rows: read from where `core` says they are, at the size they are shown, one at a time between frames.

Decides when a file is read and how many stay in memory. Fetching them from the server is asked of `core`.
"""

from collections import OrderedDict
from uuid import UUID

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImageReader, QPixmap

from presence_desktop.core.chat.row import LocalFile
from presence_desktop.core.client import Client
from presence_desktop.protocol.chat import Attachment

_KEPT = 80
MOST_PIXELS = 120_000_000
"""Larger pictures are not read: they would take the memory of everything else."""


class Pictures(QObject):
    """Hands out what is there and sees to the rest; `arrived` says when to paint again."""

    arrived = Signal()

    def __init__(self, client: Client, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._kept: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()
        self._unread: dict[tuple[str, int, int], None] = {}
        self._asked: set[UUID] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_one)

    def of(self, attachment: Attachment, local: LocalFile | None, size: QSize) -> QPixmap | None:
        """The picture in at least this size (device pixels); None until it has been read."""
        path = local.path if local is not None else self._path(attachment)
        if path is None:
            return None
        key = (path, size.width(), size.height())
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return None if found.isNull() else found
        self._unread[key] = None
        if not self._soon.isActive():
            self._soon.start()
        return None

    def is_broken(self, attachment: Attachment, local: LocalFile | None, size: QSize) -> bool:
        """Whether the file is there and cannot be shown, or could not be fetched."""
        path = local.path if local is not None else self._path(attachment)
        if path is None:
            return self._client.chats.file(attachment.id).error is not None
        found = self._kept.get((path, size.width(), size.height()))
        return found is not None and found.isNull()

    def forget(self) -> None:
        """Another conversation: nothing is wanted any more."""
        self._unread.clear()
        self._asked.clear()
        self._soon.stop()

    def _path(self, attachment: Attachment) -> str | None:
        state = self._client.chats.file(attachment.id)
        path = state.thumbnail or state.picture
        if path is None and attachment.id not in self._asked:
            self._asked.add(attachment.id)
            self._client.chats.fetch_thumbnail(attachment.id)
        return path

    def _read_one(self) -> None:
        if not self._unread:
            return
        key = next(iter(self._unread))
        del self._unread[key]
        path, width, height = key
        self._kept[key] = read_picture(path, QSize(width, height))
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()
        if self._unread:
            self._soon.start()


def read_picture(path: str, cover: QSize | None = None) -> QPixmap:
    """A picture from the disk, upright; shrunk until it just covers `cover`. Null where it cannot be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return QPixmap()
    if cover is not None:
        turned = reader.transformation().value & 4  # a quarter turn
        wanted = cover.transposed() if turned else cover
        scaled = size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        if scaled.width() < size.width():
            reader.setScaledSize(scaled)
    return QPixmap.fromImage(reader.read())
