"""Pictures in rows: read from where `core` says they are, at the size they are shown.

Decides which files are read and how many stay in memory. Reading is `decoding`'s; fetching them from the server is
asked of `core`.
"""

from collections import OrderedDict
from uuid import UUID

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QPixmap

from presence_desktop.core.chat.row import LocalFile
from presence_desktop.core.client import Client
from presence_desktop.gui.chat.decoding import Decoder, Wanted
from presence_desktop.protocol.chat import Attachment

_KEPT = 80


class Pictures(QObject):
    """Hands out what is there and sees to the rest; `arrived` says when to paint again."""

    arrived = Signal()

    def __init__(self, client: Client, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._kept: OrderedDict[Wanted, QPixmap] = OrderedDict()
        self._unread: set[Wanted] = set()
        self._asked: set[UUID] = set()
        self._decoder = Decoder(self)
        self._decoder.decoded.connect(self._take)

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
        if key not in self._unread:
            self._unread.add(key)
            self._decoder.want(key)
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
        self._decoder.forget()

    def _path(self, attachment: Attachment) -> str | None:
        state = self._client.chats.file(attachment.id)
        path = state.thumbnail or state.picture
        if path is None and attachment.id not in self._asked:
            self._asked.add(attachment.id)
            self._client.chats.fetch_thumbnail(attachment.id)
        return path

    def _take(self, key: Wanted, picture: QPixmap) -> None:
        self._unread.discard(key)
        self._kept[key] = picture
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()
