"""All conversations of whoever is signed in: found by id, ordered by their last activity, kept on the disk.

Decides what is written of them and when: a conversation when it is told, how far one is in it at the end of the step
that moved it. What a piece of news does to a conversation is `entry`'s.
"""

from collections.abc import Iterator, Sequence

from presence_desktop.core.chat.entry import Entry
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat_ports import History, Kept
from presence_desktop.protocol.chat import Conversation, Kind, Message


class Book:
    """The conversations by id."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._entries: dict[int, Entry] = {}
        self._order: tuple[int, ...] | None = ()
        self._direct: dict[int, int] | None = None
        self._moved: set[int] = set()
        self.me = 0
        """One's own user id; 0: nobody is signed in."""

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, conversation_id: int) -> Entry | None:
        """The conversation of this id."""
        return self._entries.get(conversation_id)

    def ids(self) -> tuple[int, ...]:
        """All ids, the latest activity first."""
        if self._order is None:
            ordered = sorted(self._entries.values(), key=lambda entry: (-entry.last_at, entry.id))
            self._order = tuple(entry.id for entry in ordered)
        return self._order

    def direct(self, user_id: int) -> int | None:
        """The direct conversation with somebody."""
        if self._direct is None:
            direct = (entry for entry in self if entry.shape.kind is Kind.DIRECT)
            self._direct = {entry.other: entry.id for entry in direct}
        return self._direct.get(user_id)

    def begin(self, kept: Kept, me: int) -> None:
        """Begin with what was kept."""
        self.clear()
        self.me = me
        self._entries = {talk.conversation.id: Entry.kept(talk, me) for talk in kept.talks}
        self._order = self._direct = None

    def clear(self) -> None:
        """Nobody's conversations."""
        self.me = 0
        self._entries = {}
        self._moved.clear()
        self._order = ()
        self._direct = None

    def put(self, told: Conversation, news: News) -> Entry:
        """A conversation as it is told; one that was not known comes in. For marks alone nothing is written: the next
        list brings them.
        """
        entry = self._entries.get(told.id)
        if entry is None:
            entry = self._entries[told.id] = Entry(told, self.me)
            self._history.put_talk(told)
            if told.last_message is not None:
                self._history.put_messages([told.last_message])
            self._direct = None
            self.touch(entry, news, moved=True)
            return entry
        version = entry.shape.version
        if entry.reshape(told):
            if told.version > version:
                self._history.put_talk(told)
            self.touch(entry, news)
        return entry

    def drop(self, conversation_id: int, news: News) -> None:
        """A conversation one is no longer in: nothing of it stays."""
        if self._entries.pop(conversation_id, None) is not None:
            self._history.drop_talk(conversation_id)
            self._moved.discard(conversation_id)
            self._order = self._direct = None
            news.talk(conversation_id, moved=True)

    def hear(self, messages: Sequence[Message], news: News) -> list[Message]:
        """Messages of known conversations as they are now; those that were news. They are kept."""
        heard = []
        for message in messages:
            entry = self._entries[message.conversation_id]
            last_at = entry.last_at
            before = self._history.messages(entry.id, [message.id]) if entry.recounts(message) else []
            if entry.hear(message, before[0] if before else None):
                heard.append(message)
            self.touch(entry, news, moved=entry.last_at != last_at)
        self._history.put_messages(messages)
        return heard

    def touch(self, entry: Entry, news: News, *, moved: bool = False) -> None:
        """Something about a conversation changed: it is told, and kept at the end of the step."""
        entry.changed()
        self._moved.add(entry.id)
        if moved:
            self._order = None
        news.talk(entry.id, moved=moved)

    def save(self) -> None:
        """Keep how far one is, where that moved."""
        for conversation_id in self._moved:
            self._history.put_progress(conversation_id, self._entries[conversation_id].progress)
        self._moved.clear()
