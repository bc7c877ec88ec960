"""What is written and not yet sent: in order within each conversation, one on its way at a time, until it is there.

Pure rules. Decides which message is next, when it is tried again (full jitter), and which refusals are final. Sending
and keeping are `sending`'s.
"""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat_ports import OutFile, Unsent
from presence_desktop.core.connection import backoff
from presence_desktop.protocol.chat import Message
from presence_desktop.protocol.errors import Code

FINAL = frozenset(
    {
        Code.MALFORMED,
        Code.INVALID_PAYLOAD,
        Code.PAYLOAD_TOO_LARGE,
        Code.UNKNOWN_EVENT,
        Code.FORBIDDEN,
        Code.NOT_FOUND,
        Code.UNKNOWN_CONVERSATION,
        Code.UNKNOWN_MESSAGE,
        Code.UNKNOWN_FILE,
        Code.INVALID_TEXT,
        Code.TEXT_TOO_LONG,
        Code.TOO_MANY_MENTIONS,
        Code.LIMIT_REACHED,
        Code.ID_TAKEN,
        Code.MESSAGE_DELETED,
        Code.FILE_TOO_LARGE,
        Code.QUOTA_EXCEEDED,
        Code.UPLOAD_INCOMPLETE,
        Code.INVALID_FILE_NAME,
        Code.INVALID_IMAGE,
        Code.UNREADABLE_FILE,
    }
)
"""The same message would be refused again."""
FILES_GONE = frozenset({Code.UNKNOWN_FILE, Code.UPLOAD_INCOMPLETE})
"""The server does not have the files (any more): they are sent once more before this is final."""


Look = tuple[bool, Code | None, float | None]
"""Whether files are on their way, what troubles it, how far the files are."""


class Drawn(Struct, frozen=True):
    """A row, and what it was made of."""

    unsent: Unsent
    reply: Message | None
    look: Look
    row: Row


class Item:
    """A message in the outbox, and how its sending stands."""

    __slots__ = ("attempt", "drawn", "moved", "not_before", "on_its_way", "resent", "trouble", "unsent")

    def __init__(self, unsent: Unsent) -> None:
        self.unsent = unsent
        self.on_its_way = False
        """It, or its next file, was handed over; the answer is not here."""
        self.attempt = 0
        self.not_before = 0
        """Monotonic ms."""
        self.trouble: Code | None = None
        """Why the last try came to nothing."""
        self.moved: dict[UUID, int] = {}
        """Bytes on the server, by file."""
        self.resent = False
        self.drawn: Drawn | None = None

    @property
    def next_file(self) -> OutFile | None:
        """The first file that is not on the server yet."""
        return next((file for file in self.unsent.files if not file.uploaded), None)

    @property
    def progress(self) -> float:
        """0 to 1 over all its files."""
        total = sum(file.file.size for file in self.unsent.files)
        done = sum(
            file.file.size if file.uploaded else self.moved.get(file.id, 0) for file in self.unsent.files
        )
        return min(1.0, done / total) if total else 0.0


class Outbox:
    """The unsent messages of all conversations."""

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._items: dict[UUID, Item] = {}
        self._queues: dict[int, dict[UUID, Item]] = {}
        self._number = 0

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def begin(self, unsent: Iterable[Unsent]) -> None:
        """Begin with what was kept, by number."""
        self._items.clear()
        self._queues.clear()
        for one in unsent:
            self._enter(Item(one))

    def next_number(self) -> int:
        """The place of a message that is written now."""
        return self._number + 1

    def add(self, unsent: Unsent) -> Item:
        """A message was written."""
        item = Item(unsent)
        self._enter(item)
        return item

    def get(self, key: UUID) -> Item | None:
        """The unsent message of this id."""
        return self._items.get(key)

    def of(self, conversation_id: int) -> tuple[Item, ...]:
        """What waits in a conversation, in order."""
        return tuple(self._queues.get(conversation_id, {}).values())

    def with_file(self, file_id: UUID) -> Item | None:
        """The message whose file this is."""
        return next(
            (item for item in self if any(file.id == file_id for file in item.unsent.files)),
            None,
        )

    def drop(self, key: UUID) -> Item | None:
        """It is sent, or given up."""
        item = self._items.pop(key, None)
        if item is not None:
            queue = self._queues[item.unsent.conversation_id]
            del queue[key]
            if not queue:
                del self._queues[item.unsent.conversation_id]
        return item

    def drop_all(self, conversation_id: int) -> tuple[Item, ...]:
        """Give up all of a conversation."""
        items = self.of(conversation_id)
        for item in items:
            self.drop(item.unsent.id)
        return items

    def due(self, monotonic: int) -> list[Item]:
        """What is to be handed over now: the first of each conversation that did not fail, unless one is on its way."""
        firsts = (
            next((item for item in queue.values() if item.unsent.failed is None), None)
            for queue in self._queues.values()
            if not any(item.on_its_way for item in queue.values())
        )
        return [item for item in firsts if item is not None and item.not_before <= monotonic]

    def refused(self, item: Item, code: Code, monotonic: int, retry_after: int | None) -> None:
        """It was not taken: it is tried again later, sends its files again, or has failed for good."""
        item.on_its_way = False
        if code in FILES_GONE and item.unsent.files and not item.resent:
            item.resent = True
            item.moved.clear()
            item.unsent = replace(
                item.unsent, files=tuple(replace(file, uploaded=False) for file in item.unsent.files)
            )
        elif code in FINAL:
            item.unsent = replace(item.unsent, failed=code)
            return
        item.trouble = code
        wait = retry_after or round(backoff(item.attempt, self._chance) * 1000)
        item.not_before = monotonic + wait
        item.attempt += 1

    def again(self, key: UUID) -> Item | None:
        """The person wants it tried again: a failed one goes behind all others, a waiting one goes at once."""
        item = self._items.get(key)
        if item is None:
            return None
        _fresh(item)
        if item.unsent.failed is not None:
            self.drop(key)
            item.unsent = replace(item.unsent, failed=None, number=self.next_number())
            item.resent = False
            self._enter(item)
        return item

    def rewrite(self, key: UUID, text: str) -> Item | None:
        """It says something else now: it goes at once, a failed one too, in its old place. None: it is not here, or on
        its way just now.
        """
        item = self._items.get(key)
        if item is None or (item.on_its_way and item.next_file is None):
            return None
        _fresh(item)
        item.resent = item.resent and item.unsent.failed is None
        item.unsent = replace(item.unsent, text=text, failed=None)
        return item

    def at_once(self) -> None:
        """The link is up: nothing waits for its time any more, and no message is on its way over the one before."""
        for item in self:
            item.on_its_way = item.on_its_way and item.next_file is not None
            _fresh(item)

    def _enter(self, item: Item) -> None:
        self._number = max(self._number, item.unsent.number)
        self._items[item.unsent.id] = item
        self._queues.setdefault(item.unsent.conversation_id, {})[item.unsent.id] = item


def _fresh(item: Item) -> None:
    item.attempt = item.not_before = 0
    item.trouble = None
