"""Tells the server how far one is: what reached this device, what was read here.

Decides when: what was read at once, one telling at a time in each conversation, again until the server knows; what was
delivered once a second, and only where few are told.
"""

from presence_desktop.core.chat.book import Book
from presence_desktop.core.chat.desk import Desk
from presence_desktop.core.chat.entry import Entry
from presence_desktop.core.chat.news import News
from presence_desktop.core.incoming import Refusal
from presence_desktop.protocol.chat_events import MessageMark, MessageMarks

FEW_MEMBERS = 30
"""In larger rooms nobody looks who got a message: to tell would cost more than the message."""


class Marks:
    """What is to be told of how far one is."""

    def __init__(self, book: Book, desk: Desk) -> None:
        self._book = book
        self._desk = desk
        self._linked = False
        self._asked: set[int] = set()
        self._delivered: dict[int, int] = {}

    def linked(self) -> None:
        """The link is up."""
        self._linked = True

    def lost(self) -> None:
        """There is no link (any more)."""
        self._linked = False
        self._delivered.clear()

    def clear(self) -> None:
        """Nobody is signed in."""
        self.lost()
        self._asked.clear()

    def tell_read(self, entry: Entry) -> None:
        """Tell how far one has read, if the server does not know."""
        if self._linked and entry.read_seq > entry.told.read_seq and entry.id not in self._asked:
            self._tell(entry, entry.read_seq)

    def tick(self) -> None:
        """Tell what is to be told."""
        if not self._linked:
            return
        for entry in self._book:
            self.tell_read(entry)
            told = max(entry.told.delivered_seq, self._delivered.get(entry.id, 0))
            if entry.last_seq > told and entry.id not in self._asked and len(entry.members) <= FEW_MEMBERS:
                self._delivered[entry.id] = entry.last_seq
                self._tell(entry, entry.read_seq)

    def _tell(self, entry: Entry, read_seq: int) -> None:
        self._asked.add(entry.id)

        def answered(told: MessageMarks, news: News) -> None:
            self._asked.discard(entry.id)
            self._desk.marked(told, news)
            if self._book.get(entry.id) is entry:
                self.tell_read(entry)

        def refused(_refusal: Refusal, _news: News) -> None:
            self._asked.discard(entry.id)

        event = MessageMark(
            conversation_id=entry.id, delivered_seq=self._delivered.get(entry.id, 0), read_seq=read_seq
        )
        self._desk.ask(event, MessageMarks, answered, refused)
