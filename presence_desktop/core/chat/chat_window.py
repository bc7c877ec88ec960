"""The rows of the open conversation: 500 of them at most, over what is kept here and on the server.

Decides which messages are in the window and where the next ones come from. Rows come from the cache where they are
kept without a hole, else from the server, whose page goes into the cache first. How rows stand to each other is
`row_list`'s; what they look like, and when to fetch, is the view's.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import Enum, auto
from uuid import UUID

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.entry import Entry
from presence_desktop.core.chat.news import News
from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.row_list import RowList
from presence_desktop.core.chat.surroundings import Surroundings
from presence_desktop.core.chat.window_news import Replaced
from presence_desktop.core.incoming import Refusal
from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import Message
from presence_desktop.protocol.chat_events import MessageHistory, MessagePage
from presence_desktop.protocol.errors import Code

MOST_ROWS = 500
KEPT_ROWS = 400
"""So many stay when rows go at the top because new ones came in."""
PAGE_ROWS = 100
AROUND_ROWS = 50
"""So many on either side of the place jumped to."""
FAR = 200
"""With more unread messages than these the window opens at the first of them, else at the newest."""
FEW_ROWS = 30
"""With fewer rows than these, more are fetched without being asked for."""
_FIRST_UNREAD = 0


class _Side(Enum):
    """What is on its way from the server."""

    ALL = auto()
    OLDER = auto()
    NEWER = auto()


class ChatWindow:
    """A window over one conversation. Made by `Chats.open`; it changes in `Chats`' and its own calls only, and every
    such call tells the steps (`Changes.chat`).
    """

    def __init__(self, entry: Entry, around: Surroundings) -> None:
        self.conversation_id = entry.id
        self.error: Code | None = None
        """Why the last fetching failed; None once another began. `fetch_*`, `jump` and `to_newest` try again."""
        self.target: UUID | None = None
        """The row to show after `Replaced` or `jump`: the one jumped to, or the first unread; None: the newest."""
        self.at_end = True
        """Set by the view: its end is in sight, so rows that come in at the end may push others out at the top."""
        self._entry = entry
        self._around = around
        self._history = around.history
        self._list = RowList(entry.me, entry.delivery)
        self._following = False
        self._top = False
        self._early: dict[UUID, Message] = {}
        self._busy: set[_Side] = set()
        self._generation = 0
        self._aim: int | None = _FIRST_UNREAD
        self._again: Callable[[News], None] | None = None

    @property
    def rows(self) -> Sequence[Row]:
        """Oldest first; what is in the outbox stands at the end. Only to be read."""
        return self._list.rows

    @property
    def has_older(self) -> bool:
        """Whether there are messages above the first row, here or on the server."""
        return self._list.low > 1 and not self._top

    @property
    def has_newer(self) -> bool:
        """Whether there are messages below the last row: then new ones do not come in, and the outbox is not shown."""
        return not self._following

    @property
    def loading(self) -> bool:
        """The whole window waits for the server (opened without anything kept, jumped to where nothing is)."""
        return _Side.ALL in self._busy

    @property
    def loading_older(self) -> bool:
        """Rows above are on their way from the server."""
        return _Side.OLDER in self._busy

    @property
    def loading_newer(self) -> bool:
        """Rows below are on their way from the server."""
        return _Side.NEWER in self._busy

    @property
    def first_unread_key(self) -> UUID | None:
        """The row below the line *new*, None: no line, or it is not in the window."""
        key = self._list.line_key
        return key if key is not None and self.index(key) is not None else None

    def index(self, key: UUID) -> int | None:
        """Where the row with this key stands."""
        return next((at for at, row in enumerate(self._list.rows) if row.key == key), None)

    def fetch_older(self) -> Changes:
        """Up to 100 more rows above the first one; nothing while some are on their way. Call it from the view's
        scrolling, never while painting.
        """
        with self._around.step() as news:
            self._older(news)
        return news.changes()

    def fetch_newer(self) -> Changes:
        """Up to 100 more rows below the last one; nothing while some are on their way."""
        with self._around.step() as news:
            if not self._following:
                self._newer(news)
        return news.changes()

    def jump(self, seq: int) -> Changes:
        """Show the rows around this place (at once where they are kept here); `target` is its row then."""
        with self._around.step() as news:
            self._jump(seq, seq, news)
        return news.changes()

    def to_newest(self) -> Changes:
        """Show the newest rows."""
        with self._around.step() as news:
            self.show_newest(news)
        return news.changes()

    def draw_line(self) -> Changes:
        """The person looks away: whatever comes from now on stands below the line *new*. What is not read yet already
        does.
        """
        with self._around.step() as news:
            if not self._entry.unread:
                self._list.draw_line(self._entry.last_seq)
        return news.changes()

    # --- called by Chats, within a step ---

    def start(self, news: News) -> None:
        """Show what the conversation is opened with."""
        entry = self._entry
        unread = entry.last_seq - entry.read_seq if entry.unread else 0
        if unread:
            self._list.draw_line(entry.read_seq)
        if unread > FAR:
            self._jump(entry.read_seq + 1, _FIRST_UNREAD, news)
        else:
            self._newest(max(PAGE_ROWS, unread + FEW_ROWS), news)

    def restart(self, news: News) -> None:
        """What was kept is not right any more: show the newest rows anew."""
        self._aim = None
        self._newest(PAGE_ROWS, news)

    def show_newest(self, news: News) -> None:
        """Show the newest rows, if it does not yet."""
        self._aim = self.target = None
        news.window = True
        if not self._following or self.error is not None:
            self._newest(PAGE_ROWS, news)

    def heard(self, messages: Sequence[Message]) -> None:
        """Messages of this conversation as they are now."""
        for message in sorted(messages, key=lambda one: one.seq):
            if not self._following or message.seq <= self._list.high:
                self._list.update(message)
            elif message.seq == self._list.high + 1 and not self.loading:
                self._list.append([message])
            elif any(row.key == message.id for row in self._list.rows[self._list.stored :]):
                self._early[message.id] = message

    def reached(self) -> None:
        """How far messages got may be news."""
        self._list.deliver()

    def linked(self, news: News) -> None:
        """The link is up: what could not be fetched is fetched now."""
        again, self._again = self._again, None
        if again is not None:
            again(news)

    def settle(self, news: News) -> None:
        """The end of a step: take in what came meanwhile, show the outbox, tell what was done."""
        if self._following and not self.loading:
            self._follow(news)
        if self._following:
            self._early = {key: one for key, one in self._early.items() if one.seq > self._list.high}
            early = sorted(self._early.values(), key=lambda one: one.seq)
            rows = [Row(one.id, one, self._entry.delivery(one.seq)) for one in early]
            unsent = self._around.unsent_rows(self.conversation_id)
            self._list.set_tail([*rows, *(row for row in unsent if row.key not in self._early)])
        news.chat.extend(self._list.take_steps())

    # --- where rows come from ---

    def _newest(self, count: int, news: News) -> None:
        tops = {self._entry.last_seq, self._history.newest(self.conversation_id)}
        for top in sorted(tops, reverse=True):
            kept = self._history.before(self.conversation_id, top + 1, count + 1)
            if self._is_enough(kept) or not self._entry.last_seq:
                self._replace(kept, count, news)
                self._following = True
                self._fill(news)
                return
        limit = min(count, limits.HISTORY_PAGE)
        self._load(MessageHistory(conversation_id=self.conversation_id, limit=limit), news)

    def _is_enough(self, kept: Sequence[Message]) -> bool:
        """Whether these rows fill a view and reach up to the line *new*. Where nobody can be asked, any will do."""
        if not kept or not self._around.whole(self.conversation_id):
            return bool(kept)
        line = self._list.line
        return kept[0].seq == 1 or (len(kept) >= FEW_ROWS and (line is None or kept[0].seq <= line + 1))

    def _jump(self, seq: int, aim: int, news: News) -> None:
        self._aim = aim
        news.window = True
        if self._list.stored and self._list.low <= seq <= self._list.high:
            self._take_aim()
            return
        above = self._history.before(self.conversation_id, seq + 1, AROUND_ROWS + 1)
        if not above:
            event = MessageHistory(conversation_id=self.conversation_id, around=seq, limit=2 * AROUND_ROWS)
            self._load(event, news)
            return
        below = self._history.after(self.conversation_id, seq, AROUND_ROWS)
        self._replace([*above, *below], AROUND_ROWS + len(below), news)
        self._following = self._list.high >= self._entry.last_seq
        self._fill(news)

    def _load(self, event: MessageHistory, news: News) -> None:
        """The whole window from the server."""
        self._replace([], 0, news)
        self._following = event.around is None

        def take(page: MessagePage, news: News) -> None:
            self._replace(page.messages, len(page.messages), news)
            self._following = event.around is None or self._list.high >= self._entry.last_seq
            self._fill(news)

        self._fetch(_Side.ALL, event, take, lambda news: self._load(event, news), news)

    def _older(self, news: News) -> None:
        low = self._list.low
        if not self.has_older or self._busy & {_Side.ALL, _Side.OLDER}:
            return
        kept = self._history.before(self.conversation_id, low, PAGE_ROWS + 1)
        if kept:
            self._prepend(kept, PAGE_ROWS, news)
            return

        def take(page: MessagePage, news: News) -> None:
            self._top = not page.messages
            if self._list.low == low:
                self._prepend(page.messages, PAGE_ROWS, news)

        event = MessageHistory(conversation_id=self.conversation_id, before=low, limit=PAGE_ROWS)
        self._fetch(_Side.OLDER, event, take, self._older, news)

    def _prepend(self, messages: Sequence[Message], count: int, news: News) -> None:
        above = messages[-count - 1] if len(messages) > count else None
        self._list.prepend(messages[-count:], above)
        if self._list.stored > MOST_ROWS:
            self._following = False
            self._list.trim_bottom(MOST_ROWS)
        news.window = True

    def _newer(self, news: News) -> None:
        high = self._list.high
        if self._busy & {_Side.ALL, _Side.NEWER}:
            return
        kept = self._history.after(self.conversation_id, high, PAGE_ROWS)
        if kept:
            self._append(kept, news)
            return

        def take(page: MessagePage, news: News) -> None:
            self._append([message for message in page.messages if message.seq > self._list.high], news)
            if not page.messages and self._list.high < self._entry.last_seq:
                self.error = Code.BAD_ANSWER

        event = MessageHistory(conversation_id=self.conversation_id, after=high, limit=PAGE_ROWS)
        self._fetch(_Side.NEWER, event, take, self._newer, news)

    def _append(self, messages: Sequence[Message], news: News) -> None:
        self._list.append(messages)
        self._following = self._following or self._list.high >= self._entry.last_seq
        if not self._following and self._list.stored > MOST_ROWS:
            self._list.trim_top(self._list.stored - KEPT_ROWS)
        news.window = True

    def _follow(self, news: News) -> None:
        """What came meanwhile, and is kept, comes in; rows beyond 500 go where the person does not look."""
        while self._list.high < self._entry.last_seq:
            kept = self._history.after(self.conversation_id, self._list.high, PAGE_ROWS)
            if not kept:
                if self._around.whole(self.conversation_id) and self.error is None:
                    self._newer(news)
                break
            self._list.append(kept)
        if self._list.stored <= MOST_ROWS:
            return
        news.window = True
        if self.at_end:
            self._list.trim_top(self._list.stored - KEPT_ROWS)
        else:
            self._following = False
            self._list.trim_bottom(MOST_ROWS)

    def _fill(self, news: News) -> None:
        """A handful of rows does not fill a view: fetch more at once."""
        if self._list.stored < FEW_ROWS:
            self._older(news)

    def _replace(self, messages: Sequence[Message], count: int, news: News) -> None:
        self._generation += 1
        self._busy.clear()
        self.error = self._again = None
        self._top = False
        self._early.clear()
        self._list.clear()
        shown = messages[-count:] if count else []
        self._list.prepend(shown, messages[-count - 1] if len(messages) > count else None)
        self._list.steps[:] = [Replaced()]
        self._take_aim()
        news.window = True

    def _take_aim(self) -> None:
        """`target` is the row that was asked for, or the next one in its place."""
        seq, stored = self._aim, self._list.stored
        if not seq or not stored:
            self.target = None if seq is None else self.first_unread_key
            return
        at = bisect_left(self._list.rows, seq, 0, stored, key=lambda row: row.message.seq)
        self.target = self._list.rows[min(at, stored - 1)].key

    def _fetch(
        self,
        side: _Side,
        event: MessageHistory,
        take: Callable[[MessagePage, News], None],
        again: Callable[[News], None],
        news: News,
    ) -> None:
        self._busy.add(side)
        self.error = None
        news.window = True
        generation = self._generation

        def answered(page: MessagePage, news: News) -> None:
            if generation == self._generation:
                self._busy.discard(side)
                take(page, news)
                news.window = True

        def refused(refusal: Refusal, news: News) -> None:
            if generation == self._generation:
                self._busy.discard(side)
                self.error, self._again = refusal.code, again
                news.window = True

        self._around.ask_page(event, answered, refused)
