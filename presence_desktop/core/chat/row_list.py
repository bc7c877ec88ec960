"""The rows of a window as a list that tells each step: what is stored, by place, then what is in the outbox.

Decides how rows stand to each other (headers, days, the line *new*). Where rows come from is `chat_window`'s.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

import msgspec
from msgspec.structs import replace

from presence_desktop.core.chat.row import FOLLOWS_WITHIN_MS, Delivery, Row, day_of
from presence_desktop.core.chat.window_news import Changed, Inserted, Removed, Step
from presence_desktop.protocol.chat import Message


class RowList:
    """`delivery` says how far a stored message got; `me` whose own those are."""

    def __init__(self, me: int, delivery: Callable[[int], Delivery]) -> None:
        self.rows: list[Row] = []
        self.stored = 0
        """So many of them are stored messages."""
        self.steps: list[Step] = []
        """What was done since they were last taken."""
        self.line: int | None = None
        """The line *new* stands above the first message of others behind this place."""
        self.line_key: UUID | None = None
        self._me = me
        self._delivery = delivery
        self._above: Message | None = None
        self._tail: dict[UUID, tuple[Row, Row]] = {}
        """The rows of the outbox as they were given, with the one above each."""

    @property
    def low(self) -> int:
        """The place of the first stored row; 0: there is none."""
        return self.rows[0].message.seq if self.stored else 0

    @property
    def high(self) -> int:
        """The place of the last stored row; 0: there is none."""
        return self.rows[self.stored - 1].message.seq if self.stored else 0

    def take_steps(self) -> list[Step]:
        """What was done since this was last asked."""
        steps, self.steps = self.steps, []
        return steps

    def clear(self) -> None:
        """No rows; tells nothing, for `Replaced` does."""
        self.rows, self.stored = [], 0
        self.steps.clear()
        self.line_key = None
        self._above = None

    def prepend(self, messages: Sequence[Message], above: Message | None) -> None:
        """These come in at the top, `above` being what stands over them, if that is known."""
        if not messages:
            return
        self._above = above
        self.rows[:0] = self._made(messages, above)
        self.stored += len(messages)
        self.steps.append(Inserted(0, len(messages)))
        self._refresh(len(messages), len(messages) + 1)
        self._find_line()

    def append(self, messages: Sequence[Message]) -> None:
        """These come in behind what is stored; those of them that stood in the outbox come from there."""
        while messages:
            held = self._in_tail(messages[0].id)
            run = 1 if held is not None else self._strangers(messages)
            if held is None:
                self._insert(messages[:run])
            elif held == self.stored:
                self.stored += 1
                self._refresh(held, held + 1, messages[0])
            else:
                del self.rows[held]
                self.steps.append(Removed(held, 1))
                self._insert(messages[:1])
            messages = messages[run:]
        self._refresh(self.stored, self.stored + 1)
        self._find_line()

    def update(self, message: Message) -> None:
        """A message is another one now; so are the quotes of it."""
        at = bisect_left(self.rows, message.seq, 0, self.stored, key=lambda row: row.message.seq)
        held = self.rows[at] if at < self.stored else None
        if held is not None and held.key == message.id and held.message.change < message.change:
            self._refresh(at, at + 1, message)
        self._requote(message)

    def trim_top(self, count: int) -> None:
        """So many rows go at the top."""
        self._above = self.rows[count - 1].message
        del self.rows[:count]
        self.stored -= count
        self.steps.append(Removed(0, count))

    def trim_bottom(self, stored: int) -> None:
        """So many stored rows stay; the outbox goes with the others."""
        gone = len(self.rows) - stored
        del self.rows[stored:]
        self.stored = stored
        self.steps.append(Removed(stored, gone))

    def set_tail(self, wanted: Sequence[Row]) -> None:
        """What stands behind the stored rows, in order. A row that was there, below the same one, is not made anew."""
        keys = {row.key for row in wanted}
        for at in range(len(self.rows) - 1, self.stored - 1, -1):
            if self.rows[at].key not in keys:
                self._remove(at)
        tail: dict[UUID, tuple[Row, Row]] = {}
        above: Row | None = None
        for at, row in enumerate(wanted, self.stored):
            there = at < len(self.rows) and self.rows[at].key == row.key
            if above is not None:
                tail[row.key] = (row, above)
            if not there:
                self._take_in(at, row)
            elif above is None or not _same(self._tail.get(row.key), row, above):
                self._put(at, self._placed(at, row))
            above = row
        self._tail = tail

    def _take_in(self, at: int, row: Row) -> None:
        held = self._in_tail(row.key)
        if held is not None:
            self._remove(held)
        self.rows.insert(at, row)
        self.rows[at] = self._placed(at, row)
        self.steps.append(Inserted(at, 1))

    def deliver(self) -> None:
        """How far messages got may be news."""
        for at in range(self.stored - 1, -1, -1):
            row = self.rows[at]
            if row.message.sender_id == self._me and row.state is not Delivery.READ:
                self._put(at, replace(row, state=self._delivery(row.message.seq)))

    def draw_line(self, seq: int | None) -> None:
        """The line *new* stands above what others say behind this place; None: nowhere."""
        self.line, was = seq, self.line_key
        self.line_key = None
        for at, row in enumerate(self.rows):
            if row.key == was:
                self._refresh(at, at + 1)
        self._find_line()

    # --- single rows ---

    def _made(self, messages: Iterable[Message], above: Message | None) -> list[Row]:
        rows = []
        for message in messages:
            own = message.sender_id == self._me
            state = self._delivery(message.seq) if own else Delivery.SENT
            rows.append(_below(above, Row(message.id, message, state)))
            above = message
        return rows

    def _insert(self, messages: Sequence[Message]) -> None:
        at = self.stored
        self.rows[at:at] = self._made(messages, self._over(at))
        self.stored += len(messages)
        self.steps.append(Inserted(at, len(messages)))

    def _remove(self, at: int) -> None:
        del self.rows[at]
        self.steps.append(Removed(at, 1))

    def _refresh(self, start: int, end: int, message: Message | None = None) -> None:
        """These rows are made anew, the first of them of this message."""
        for at in range(start, min(end, len(self.rows))):
            row = self.rows[at]
            if at < self.stored:
                row = self._made([message or row.message], self._over(at))[0]
            self._put(at, self._placed(at, row))
            message = None

    def _placed(self, at: int, row: Row) -> Row:
        return replace(_below(self._over(at), row), new_line=row.key == self.line_key)

    def _put(self, at: int, row: Row) -> None:
        if row == self.rows[at]:
            return
        self.rows[at] = row
        last = self.steps[-1] if self.steps else None
        if isinstance(last, Changed) and last.at + last.count == at:
            self.steps[-1] = Changed(last.at, last.count + 1)
        else:
            self.steps.append(Changed(at, 1))

    def _over(self, at: int) -> Message | None:
        return self._above if at == 0 else self.rows[at - 1].message

    def _in_tail(self, key: UUID) -> int | None:
        return next((at for at in range(self.stored, len(self.rows)) if self.rows[at].key == key), None)

    def _strangers(self, messages: Sequence[Message]) -> int:
        """How many of these, from the first on, did not stand in the outbox."""
        tail = {row.key for row in self.rows[self.stored :]}
        return next((at for at, message in enumerate(messages) if message.id in tail), len(messages))

    def _requote(self, message: Message) -> None:
        for at, row in enumerate(self.rows):
            quote = row.message.reply_to
            if quote is None or quote.id != message.id:
                continue
            text = message.text[:QUOTE_LENGTH]
            if quote.text != text:
                requoted = msgspec.structs.replace(quote, text=text)
                self._put(at, replace(row, message=msgspec.structs.replace(row.message, reply_to=requoted)))

    def _find_line(self) -> None:
        """The line stands where it was found; else above the first message of others behind `line`, if that is here."""
        if self.line is None or self.line_key is not None or not self.stored or self.low > self.line + 1:
            return
        start = bisect_left(self.rows, self.line + 1, 0, self.stored, key=lambda row: row.message.seq)
        for at in range(start, self.stored):
            message = self.rows[at].message
            if message.sender_id != self._me and message.deleted_at is None:
                self.line_key = message.id
                self._refresh(at, at + 1)
                return


QUOTE_LENGTH = 200
"""Characters of a quoted message."""


def _below(above: Message | None, row: Row) -> Row:
    """The row as it stands below this message."""
    message = row.message
    new_day = above is None or day_of(above.sent_at) != day_of(message.sent_at)
    follows = (
        above is not None
        and not new_day
        and above.sender_id == message.sender_id
        and message.sent_at - above.sent_at < FOLLOWS_WITHIN_MS
    )
    if (row.new_day, row.follows) == (new_day, follows):
        return row
    return replace(row, new_day=new_day, follows=follows)


def _same(before: tuple[Row, Row] | None, row: Row, above: Row) -> bool:
    return before is not None and before[0] is row and before[1] is above
