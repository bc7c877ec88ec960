"""The files on messages, as far as they are here: thumbnails, pictures, what is being saved.

Decides that each is fetched once, and again when the link comes back. Fetching is the gateway's.
"""

from uuid import UUID

from msgspec.structs import replace

from presence_desktop.core.chat.files import FileState
from presence_desktop.core.chat_ports import ChatGateway
from presence_desktop.core.incoming import FileArrived, FileFailed, FileMoved

_NOTHING = FileState()


class Shelf:
    """The states of files by id."""

    def __init__(self, gateway: ChatGateway) -> None:
        self._gateway = gateway
        self._states: dict[UUID, FileState] = {}
        self._asked: set[tuple[UUID, bool]] = set()

    def get(self, file_id: UUID) -> FileState:
        """What is here of a file."""
        return self._states.get(file_id, _NOTHING)

    def clear(self) -> None:
        """Nobody's files."""
        self._states.clear()
        self._asked.clear()

    def linked(self) -> None:
        """The link is up: what could not be fetched may be asked for again."""
        self._asked.clear()

    def local(self, file_id: UUID, path: str) -> None:
        """The file lies on this computer: it was, or is to be, sent from here."""
        self._states[file_id] = replace(self.get(file_id), picture=path)

    def thumbnail(self, file_id: UUID) -> None:
        """Have the thumbnail here."""
        if self.get(file_id).thumbnail is None:
            self._fetch(file_id, thumbnail=True)

    def picture(self, file_id: UUID) -> None:
        """Have the whole file in the cache."""
        if self.get(file_id).picture is None:
            self._fetch(file_id, thumbnail=False)

    def save(self, file_id: UUID, path: str) -> None:
        """Save the file there."""
        self._states[file_id] = replace(self.get(file_id), received=0, total=0, error=None)
        self._gateway.fetch_file(file_id, thumbnail=False, path=path)

    def stop(self, file_id: UUID) -> None:
        """Stop fetching it."""
        self._gateway.cancel_fetch(file_id)
        self._asked.discard((file_id, False))
        self._states[file_id] = replace(self.get(file_id), received=0, total=None)

    def forget(self, file_id: UUID) -> None:
        """Its message is gone: nothing of the file is to be kept."""
        state = self._states.pop(file_id, _NOTHING)
        self._asked -= {(file_id, False), (file_id, True)}
        self._gateway.forget_file(file_id, state.picture)

    def take(self, item: FileMoved | FileArrived | FileFailed) -> None:
        """What came of a fetching."""
        before = self.get(item.id)
        if isinstance(item, FileMoved):
            after = replace(before, received=item.received, total=item.total)
        elif isinstance(item, FileArrived):
            after = _arrived(before, item)
        else:
            after = before if item.thumbnail else replace(before, total=None, error=item.code)
        self._states[item.id] = after

    def _fetch(self, file_id: UUID, *, thumbnail: bool) -> None:
        if (file_id, thumbnail) not in self._asked:
            self._asked.add((file_id, thumbnail))
            self._gateway.fetch_file(file_id, thumbnail=thumbnail)


def _arrived(before: FileState, item: FileArrived) -> FileState:
    if item.thumbnail:
        return replace(before, thumbnail=item.path)
    if item.kept:
        return replace(before, picture=item.path, total=None, error=None)
    return replace(before, saved=item.path, total=None, error=None)
