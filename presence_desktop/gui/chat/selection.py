"""What of the messages is selected, within one or from one to another, and how that is copied.

Decides what lies between the two ends, and that messages copied together say who wrote them, and when. Where the
pointer is, and when it pulls the view along, is `view`'s business.
"""

from collections.abc import Callable
from uuid import UUID

from msgspec import Struct

from presence_desktop.gui.chat.boxes import RowLayout
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.days import clock_time
from presence_desktop.gui.chat.model import ChatModel
from presence_desktop.gui.rooms.talk_words import message_line


class End(Struct, frozen=True):
    """A place in the text of a message."""

    key: UUID
    place: int


class Selection:
    """One per view: from where the pointer went down to where it is, in either direction."""

    def __init__(
        self, rows: ChatModel, layout_at: Callable[[int], RowLayout | None], company: Company
    ) -> None:
        self._rows, self._layout_at, self._company = rows, layout_at, company
        self._anchor: End | None = None
        self._head: End | None = None

    def __bool__(self) -> bool:
        """Whether anything lies between the two ends."""
        return self._anchor != self._head and self._span() is not None

    @property
    def begun(self) -> bool:
        """Whether there is an end to go on from."""
        return self._anchor is not None

    def begin(self, key: UUID, place: int) -> None:
        """Nothing is selected but from here on."""
        self._anchor = self._head = End(key, place)

    def reach(self, key: UUID, place: int) -> None:
        """It goes up to here now."""
        if self._anchor is not None:
            self._head = End(key, place)

    def clear(self) -> None:
        """Nothing is selected."""
        self._anchor = self._head = None

    def of(self, at: int) -> tuple[int, int] | None:
        """From where to where the text of this row is selected; None: none of it."""
        span = self._span()
        if span is None or not span[0][0] <= at <= span[1][0]:
            return None
        (first, begin), (last, end) = span
        layout = self._layout_at(at)
        if layout is None or layout.document is None:
            return None
        length = layout.document.length
        return min(begin, length) if at == first else 0, min(end, length) if at == last else length

    def text(self) -> str:
        """What is selected, as it is copied: of one message its words, of several who said what."""
        span = self._span()
        if span is None:
            return ""
        (first, _), (last, _) = span
        if first == last:
            return self._words(first)
        told = ((at, self._words(at)) for at in range(first, last + 1))
        return "\n".join(self._told(at, words) for at, words in told if words)

    def _told(self, at: int, words: str) -> str:
        row = self._rows.row(at)
        if row is None:
            return words
        message = row.message
        return f"[{clock_time(message.sent_at)}] {self._company.name(message.sender_id)}: {words}"

    def _words(self, at: int) -> str:
        """What is selected of one row; a message without words is named, where it lies between others."""
        row, layout, part = self._rows.row(at), self._layout_at(at), self.of(at)
        if layout is not None and layout.document is not None and part is not None:
            return layout.document.selected_text(*part)
        return message_line(row.message) if row is not None else ""

    def _span(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Row and place of both ends, the upper one first; None where one of them is not here any more."""
        ends = []
        for end in (self._anchor, self._head):
            at = None if end is None else self._rows.place(end.key)
            if end is None or at is None:
                return None
            ends.append((at, end.place))
        return min(ends), max(ends)
