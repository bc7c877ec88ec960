"""Where the parts of conversations meet: news is brought to whom it concerns, each step is settled and kept.

Decides the order within a step, and nothing that a part decides by itself. What a person may do is `chats`'.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from presence_desktop.core import incoming
from presence_desktop.core.changes import Lost, Notice, Outcome
from presence_desktop.core.chat.asks import Answer, Asks, OnRefusal
from presence_desktop.core.chat.attendance import Attendance
from presence_desktop.core.chat.book import Book
from presence_desktop.core.chat.catch_up import CatchUp
from presence_desktop.core.chat.chat_window import ChatWindow
from presence_desktop.core.chat.marks import Marks
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat.outbox import Outbox
from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.sending import Sending
from presence_desktop.core.chat.shelf import Shelf
from presence_desktop.core.chat.traces import Traces
from presence_desktop.core.chat.typists import Typists
from presence_desktop.core.chat.window_news import Replaced
from presence_desktop.core.chat_ports import ChatPorts, Kept
from presence_desktop.core.ports import Clock
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol import rest
from presence_desktop.protocol.chat import Kind, Message
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event
from presence_desktop.protocol.location_events import (
    LocationChanged,
    LocationUpdate,
    TypingChanged,
    TypingUpdate,
)

UNASKED = frozenset({LocationUpdate.name, TypingUpdate.name})
"""Told without waiting for an answer; that they came to nothing interests nobody."""


class Engine:
    """The parts, joined. It is the `Desk` of the parts and the `Surroundings` of the window."""

    def __init__(self, ports: ChatPorts, clock: Clock) -> None:
        self.gateway = ports.gateway
        self.history = ports.history
        self.clock = clock
        self.asks = Asks()
        self.book = Book(ports.history)
        self.outbox = Outbox(ports.chance)
        self.sending = Sending(ports.gateway, clock, ports.history, self.outbox, self)
        self.catching_up = CatchUp(self.book, ports.history, self)
        self.marks = Marks(self.book, self)
        self.attendance = Attendance(ports.gateway, self)
        self.typists = Typists()
        self.shelf = Shelf(ports.gateway)
        self.traces = Traces(ports.history, self.shelf)
        self.window: ChatWindow | None = None
        self.plain = False
        """The server knows no conversations."""
        self.leaving: set[int] = set()
        """The rooms that the person asked to leave."""
        self._account: tuple[str, str] | None = None
        self._unsent: set[int] = set()
        self._reached = False
        self._failing = False
        self._begun_anew = 0
        self._told_unreadable = False
        self._on: dict[type, Callable[[Any, News], None]] = {
            incoming.ChatEvent: lambda item, news: self._event(item.event, news),
            incoming.Answered: self.asks.answered,
            incoming.Refusal: self.asks.refused,
            incoming.UploadMoved: self.sending.upload_moved,
            incoming.UploadEnded: self.sending.upload_ended,
            incoming.FileMoved: self._file,
            incoming.FileArrived: self._file,
            incoming.FileFailed: self._file,
        }
        self._events: dict[type[Event], Callable[[Any, News], None]] = {
            wire.MessageNew: lambda event, news: self.hear([event.message], news),
            wire.MessageChanged: lambda event, news: self.hear([event.message], news),
            wire.MessageMarks: self.marked,
            wire.NotificationUnread: self._unread,
            wire.NotificationStale: lambda _event, _news: self.catching_up.stale(),
            wire.DmOpened: lambda event, news: self.told(event, news),
            wire.RoomUpdated: lambda event, news: self.told(event, news),
            wire.RoomRemoved: lambda event, news: self.gone(event.conversation_id, news, event.by_id),
            LocationChanged: self.attendance.heard,
            TypingChanged: self._typing,
        }

        self._names = frozenset(kind.name for kind in self._events)

    # --- steps ---

    @contextmanager
    def step(self) -> Iterator[News]:
        """What is done inside is one step, settled and kept at its end."""
        news = News()
        with self.history.together():
            yield news
            self._settle(news)
        if self.history.failing and not self._failing:
            news.notices.append(Notice(Code.NOT_KEPT))
        if self.history.begun_anew > self._begun_anew:
            news.notices.append(Notice(Code.HISTORY_BROKEN))
        self._failing, self._begun_anew = self.history.failing, self.history.begun_anew

    def _settle(self, news: News) -> None:
        """The end of a step: hand over what is due, mend gaps, show what happened, keep how far one is."""
        self.sending.pump(news)
        for conversation_id in self._unsent:
            entry = self.book.get(conversation_id)
            if entry is not None:
                before = entry.last_at
                self.sending.tell(entry)
                self.book.touch(entry, news, moved=entry.last_at != before)
        self._unsent.clear()
        self.catching_up.check(news.talks)
        if self.window is not None:
            if self._reached:
                self.window.reached()
            self.window.settle(news)
        self._reached = False
        self.book.save()

    # --- who is signed in, and the link ---

    def begin(self, server: str, email: str, news: News) -> Kept:
        """This account's conversations, as they are kept here."""
        self._account = (server, email.casefold())
        kept = self.history.open(server, email)
        if kept.account is not None:
            self._load(kept, kept.account.user_id, news)
        return kept

    def signed_in(self, server: str, account: rest.Account, news: News) -> None:
        """The server says who it is."""
        key = (server, account.email.casefold())
        if (self._account, self.book.me) != (key, account.user_id):
            self._account = key
            self._load(self.history.open(server, account.email), account.user_id, news)
        self.history.put_account(account)

    def signed_out(self, news: News) -> None:
        """Nobody is signed in: what is kept stays on the disk."""
        if self._account is None:
            return
        self._account = None
        self.link_lost(news)
        self.sending.clear()
        self.asks.clear()
        self.catching_up.clear()
        self.marks.clear()
        self.shelf.clear()
        self.attendance.begin(0)
        news.talks.update(entry.id for entry in self.book)
        news.moved = news.window = True
        news.chat.append(Replaced())
        self.window = None
        self.leaving.clear()
        self.book.clear()
        self.history.close()

    def link_up(self, news: News, *, extended: bool) -> None:
        """The link is up; `extended`: the server knows conversations."""
        self.plain = not extended
        if self._account is None or self.plain:
            return
        self.attendance.linked()
        self.catching_up.linked(None if self.window is None else self.window.conversation_id)
        self.marks.linked()
        self.sending.linked()
        self.shelf.linked()
        if self.window is not None:
            self.window.linked(news)

    def link_lost(self, news: News) -> None:
        """There is no link (any more)."""
        self.attendance.lost()
        self.catching_up.lost()
        self.marks.lost()
        self.sending.lost()
        news.window = True
        for conversation_id in self.typists.forget():
            self._typists_changed(conversation_id, news)

    def _load(self, kept: Kept, me: int, news: News) -> None:
        self.book.begin(kept, me)
        self.attendance.begin(me)
        self.sending.begin(kept.unsent, me)
        for entry in self.book:
            self.sending.tell(entry)
        news.talks.update(entry.id for entry in self.book)
        news.moved = news.window = True

    # --- what is told ---

    def take(self, item: incoming.Incoming, news: News) -> None:
        """News of conversations."""
        self._on[type(item)](item, news)

    def _event(self, event: Event, news: News) -> None:
        react = self._events.get(type(event))
        if react is not None:
            react(event, news)

    def missed(self, event: str) -> None:
        """What this event would have told is missing."""
        if event in self._names:
            self.catching_up.stale()

    def hear(self, messages: Sequence[Message], news: News) -> None:
        """See `Desk`."""
        known = [one for one in messages if self.book.get(one.conversation_id) is not None]
        if len(known) < len(messages):
            self.catching_up.stale()
        self.traces.told(known, news)
        fresh = self.book.hear(known, news)
        self._tell_unreadable(messages, news)
        self.sending.arrived(messages, news)
        for message in fresh:
            sender = message.sender_id
            if sender is not None and self._stops_typing(message, sender):
                self._typists_changed(message.conversation_id, news)
        if self.window is not None:
            self.window.heard([one for one in messages if one.conversation_id == self.window.conversation_id])

    def _tell_unreadable(self, messages: Sequence[Message], news: News) -> None:
        """Said once in a run; each of them says so in its own place too."""
        if not self._told_unreadable and any(message.is_unreadable for message in messages):
            self._told_unreadable = True
            news.notices.append(Notice(Code.MESSAGES_UNREADABLE))

    def marked(self, told: wire.MessageMarks, news: News) -> None:
        """See `Desk`."""
        entry = self.book.get(told.conversation_id)
        if entry is not None and entry.mark(told):
            self.book.touch(entry, news)
            self._reached |= self.window is not None and self.window.conversation_id == entry.id

    def told(self, told: wire.DmOpened | wire.RoomUpdated, news: News) -> None:
        """A conversation, as it is now."""
        self.catching_up.heard_of(told.conversation.id)
        self.book.put(told.conversation, news)
        self._reached = True

    def gone(self, conversation_id: int, news: News, by: int | None = None) -> None:
        """See `Desk`. `by`: who did it, if that is known."""
        self._tell_lost(conversation_id, self.sending.forget(conversation_id), by, news)
        if self.window is not None and self.window.conversation_id == conversation_id:
            self.window = None
            self.attendance.enter(None)
            news.window = True
            news.chat.append(Replaced())
        self.traces.gone(conversation_id)
        self.book.drop(conversation_id, news)

    def _tell_lost(self, conversation_id: int, texts: list[str], by: int | None, news: News) -> None:
        entry = self.book.get(conversation_id)
        if conversation_id in self.leaving:
            self.leaving.discard(conversation_id)
        elif entry is not None:
            texts += [entry.draft] if entry.draft.strip() else []
            left = by == self.book.me  # on another device of one's own
            if texts or (entry.shape.kind is Kind.ROOM and not left):
                news.lost.append(Lost(entry.shape.title, entry.other, tuple(texts), None if left else by))

    def restarted(self, conversation_id: int, news: News) -> None:
        """See `Desk`."""
        if self.window is not None and self.window.conversation_id == conversation_id:
            self.window.restart(news)

    def _unread(self, told: wire.NotificationUnread, news: News) -> None:
        entry = self.book.get(told.conversation_id)
        if entry is not None:
            entry.told_unread(told)
            self.book.touch(entry, news)

    def _typing(self, told: TypingChanged, news: News) -> None:
        now = self.clock.monotonic()
        if told.user_id != self.book.me and self.typists.hear(
            told.conversation_id, told.user_id, told.typing, now
        ):
            self._typists_changed(told.conversation_id, news)

    def _stops_typing(self, message: Message, sender: int) -> bool:
        return message.edited_at is None and self.typists.hear(
            message.conversation_id, sender, typing=False, now=0
        )

    def _typists_changed(self, conversation_id: int, news: News) -> None:
        entry = self.book.get(conversation_id)
        if entry is not None:
            entry.typing = self.typists.of(conversation_id)
            entry.changed()
            news.talk(conversation_id)

    def _file(
        self, item: incoming.FileMoved | incoming.FileArrived | incoming.FileFailed, news: News
    ) -> None:
        self.shelf.take(item)
        news.files.add(item.id)

    def tick(self, news: News) -> None:
        """A second went by."""
        self.catching_up.tick()
        self.marks.tick()
        for conversation_id in self.typists.tick(self.clock.monotonic()):
            self._typists_changed(conversation_id, news)

    # --- what is asked ---

    def ask(
        self, event: Event, kind: type[Answer], answered: Callable[[Answer, News], None], refused: OnRefusal
    ) -> int:
        """See `Desk`."""
        number = self.asks.begin(event.name, kind, answered, refused)
        self.gateway.ask(event, number)
        return number

    def ask_page(
        self,
        event: wire.MessageHistory,
        answered: Callable[[wire.MessagePage, News], None],
        refused: OnRefusal,
    ) -> None:
        """See `Surroundings`."""

        def kept(page: wire.MessagePage, news: News) -> None:
            self.traces.told(page.messages, news)
            self.history.put_messages(page.messages)
            self.sending.arrived(page.messages, news)
            self._tell_unreadable(page.messages, news)
            answered(page, news)

        self.ask(event, wire.MessagePage, kept, refused)

    def open_ask(
        self,
        about: str,
        kind: type[Answer],
        news: News,
        take: Callable[[Answer, News], None],
        hindered: Callable[[], None] | None = None,
    ) -> int | None:
        """The number of an ask whose `Outcome` is told; `hindered` is called when it comes to nothing. None where the
        server knows no conversations: that is told.
        """

        def answered(answer: Answer, news: News) -> None:
            take(answer, news)
            news.outcomes.append(Outcome(number, about, answer))

        def refused(refusal: incoming.Refusal, news: News) -> None:
            if hindered is not None:
                hindered()
            news.outcomes.append(Outcome(number, about, code=refusal.code))

        number = self.asks.begin(about, kind, answered, refused)
        news.asked = number
        if self._account is None or self.plain:
            self.asks.refused(incoming.Refusal(about, Code.UNKNOWN_EVENT, "", number), news)
            return None
        return number

    def people_of(self, conversations: Iterable[int]) -> set[int]:
        """Who is in any of these."""
        entries = (self.book.get(one) for one in conversations)
        return {user_id for entry in entries if entry is not None for user_id in entry.members}

    def unsent_rows(self, conversation_id: int) -> list[Row]:
        """See `Surroundings`."""
        return self.sending.rows(conversation_id)

    def unsent_changed(self, conversation_id: int, _news: News) -> None:
        """See `Desk`."""
        self._unsent.add(conversation_id)

    def whole(self, conversation_id: int) -> bool:
        """See `Surroundings`."""
        return self.catching_up.whole(conversation_id)
