"""Learns what was missed: the list of conversations when the link is up, then what happened in each.

Decides what is asked, in which order (the open conversation first, then by last activity), how many at a time, and
when so much was missed that what is kept is given up for a fresh start.
"""

from presence_desktop.core.chat.book import Book
from presence_desktop.core.chat.desk import Desk
from presence_desktop.core.chat.entry import Entry
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat_ports import History
from presence_desktop.core.incoming import Refusal
from presence_desktop.protocol.chat import Conversation
from presence_desktop.protocol.chat_events import (
    MessageMissed,
    MessagePage,
    NotificationList,
    NotificationOverview,
)
from presence_desktop.protocol.errors import Code

AT_A_TIME = 4
TOO_MUCH = 20_000
"""With more changes than these missed, the conversation's kept messages are given up."""
_SINCE = 500


class CatchUp:
    """What is still to be learned over this link."""

    def __init__(self, book: Book, history: History, desk: Desk) -> None:
        self._book = book
        self._history = history
        self._desk = desk
        self.known = False
        """The list was told since somebody signed in."""
        self._linked = False
        self._listing = False
        self._list_again = False
        self._waiting: dict[int, None] = {}
        self._later: set[int] = set()
        """Refused just now: asked again with the next second."""
        self._asked: set[int] = set()
        self._known_then: dict[int, int] = {}
        self._heard_of: set[int] = set()

    def linked(self, first: int | None) -> None:
        """The link is up; `first` is the open conversation."""
        self._linked = True
        self._ask_list()
        if first is not None and self._book.get(first) is not None:
            self._want(first)
        self._next()

    def lost(self) -> None:
        """There is no link: whatever was asked comes to nothing."""
        self._linked = self._list_again = False
        self._waiting.clear()
        self._later.clear()

    def clear(self) -> None:
        """Nobody is signed in."""
        self.lost()
        self.known = self._listing = False
        self._asked.clear()
        self._heard_of.clear()

    def stale(self) -> None:
        """Something may have been missed."""
        if self._listing:
            self._list_again = True
        elif self._linked:
            self._ask_list()

    def heard_of(self, conversation_id: int) -> None:
        """A conversation was told by an event: a list asked for before may not have it."""
        if self._listing:
            self._heard_of.add(conversation_id)

    def whole(self, conversation_id: int) -> bool:
        """Whether there is a link, and nothing of this conversation is to come."""
        return (
            self._linked
            and self.known
            and not self._listing
            and conversation_id not in self._waiting
            and conversation_id not in self._later
            and conversation_id not in self._asked
        )

    def check(self, touched: set[int]) -> None:
        """The end of a step: where a gap is left, ask for what is missing."""
        if not self._linked:
            return
        for conversation_id in touched:
            entry = self._book.get(conversation_id)
            if entry is not None and entry.behind:
                self._want(conversation_id)
        self._next()

    def tick(self) -> None:
        """Ask again for what could not be had."""
        if not self._linked:
            return
        if self._list_again and not self._listing:
            self._ask_list()
        self._waiting.update(dict.fromkeys(self._later))
        self._later.clear()
        self._next()

    # --- the list ---

    def _ask_list(self) -> None:
        self._listing, self._list_again = True, False
        self._heard_of.clear()
        self._known_then = {entry.id: entry.known_change for entry in self._book}
        self._desk.ask(NotificationList(), NotificationOverview, self._listed, self._not_listed)

    def _listed(self, told: NotificationOverview, news: News) -> None:
        self._listing, self.known = False, True
        news.window = True
        for conversation in told.conversations:
            self._compare(conversation, news)
        here = {conversation.id for conversation in told.conversations} | self._heard_of
        for conversation_id in [entry.id for entry in self._book if entry.id not in here]:
            self._desk.gone(conversation_id, news)
        if self._list_again:
            self._ask_list()
        self._next()

    def _not_listed(self, refusal: Refusal, _news: News) -> None:
        """What cannot be read today cannot be read a second later: the next link brings another try."""
        self._listing = False
        self._list_again = refusal.code is not Code.BAD_ANSWER

    def _compare(self, told: Conversation, news: News) -> None:
        entry = self._book.get(told.id)
        if entry is None:
            self._book.put(told, news)
            return
        before = entry.last_at
        self._book.put(told, news)
        missed = told.last_change - entry.known_change
        if missed > TOO_MUCH or told.last_change < self._known_then.get(told.id, 0):
            self._start_anew(entry, told, news)
        elif missed > 0:
            self._want(told.id)
        entry.counted(told, self._history.after(told.id, told.last_seq, _SINCE))
        self._book.touch(entry, news, moved=entry.last_at != before)

    def _start_anew(self, entry: Entry, told: Conversation, news: News) -> None:
        self._history.drop_messages(entry.id)
        entry.restart(told)
        if told.last_message is not None:
            self._history.put_messages([told.last_message])
        self._waiting.pop(entry.id, None)
        self._desk.restarted(entry.id, news)

    # --- what happened in each ---

    def _want(self, conversation_id: int) -> None:
        if conversation_id not in self._asked and conversation_id not in self._later:
            self._waiting[conversation_id] = None

    def _next(self) -> None:
        while self._linked and self._waiting and len(self._asked) < AT_A_TIME:
            order = self._book.ids() if len(self._waiting) > 1 else ()
            chosen = next((one for one in order if one in self._waiting), next(iter(self._waiting)))
            del self._waiting[chosen]
            entry = self._book.get(chosen)
            if entry is not None:
                self._ask_missed(entry)

    def _ask_missed(self, entry: Entry) -> None:
        self._asked.add(entry.id)
        after = entry.known_change

        def answered(page: MessagePage, news: News) -> None:
            self._asked.discard(entry.id)
            if self._book.get(entry.id) is entry:
                self._missed(entry, after, page, news)
            self._next()

        def refused(refusal: Refusal, news: News) -> None:
            self._asked.discard(entry.id)
            if refusal.code is Code.UNKNOWN_CONVERSATION:
                self._desk.gone(entry.id, news)
            elif refusal.code is not Code.BAD_ANSWER:
                self._later.add(entry.id)

        event = MessageMissed(conversation_id=entry.id, after=after)
        self._desk.ask(event, MessagePage, answered, refused)

    def _missed(self, entry: Entry, after: int, page: MessagePage, news: News) -> None:
        self._desk.hear(page.messages, news)
        reached = max((message.change for message in page.messages), default=after)
        more = page.more and reached > after
        entry.caught_up(reached if more else max(reached, page.last_change))
        self._book.touch(entry, news)
        if more or entry.behind:
            self._waiting[entry.id] = None
