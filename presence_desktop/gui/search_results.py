"""Found messages as a list: who said it where and when, and the part that answers the search, with the words marked.

Decides how a found message looks. What is found is the server's word.
"""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from typing_extensions import override

from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import paint_avatar
from presence_desktop.gui.contacts.card_delegate import ENTRY, LEFT, RIGHT, CardDelegate
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.contacts.list_model import Index, ListModel
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.talk_words import message_line, name_of, talk_title
from presence_desktop.gui.when import at
from presence_desktop.protocol.chat import Kind, Message

_SIDE = 9 * theme.UNIT
_BEFORE = 40
"""So many characters stand before the first found word."""


class FoundModel(ListModel):
    """The found messages, newest first."""

    def __init__(self, client: Client, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._client, self._clock = client, clock
        self._found: list[Message] = []
        self.words: tuple[str, ...] = ()
        """What to mark."""
        self.one_talk = False
        """All of it was said in the conversation one comes from, which need not be named."""

    @override
    def count(self) -> int:
        return len(self._found)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        message = self.message(index.row()) if index.isValid() else None
        if role == ENTRY or message is None:
            return message
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((self.place(message), self.time(message), message_line(message)))
        return None

    def message(self, row: int) -> Message | None:
        """The message in a row."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def name(self, message: Message) -> str:
        """Who said it."""
        return name_of(self._client, message.sender_id)

    def place(self, message: Message) -> str:
        """Who said it, and where."""
        talk = self._client.chats.get(message.conversation_id)
        if talk is None or self.one_talk:
            return self.name(message)
        title = talk_title(self._client, talk)
        if talk.kind is Kind.ROOM:
            return self.tr("{name} in {room}").format(name=self.name(message), room=title)
        if message.sender_id == talk.other:
            return self.name(message)
        return self.tr("{name} to {other}").format(name=self.name(message), other=title)

    def time(self, message: Message) -> str:
        """When it was said."""
        return at(message.sent_at, self._clock.now())

    def show(self, found: Sequence[Message], words: tuple[str, ...]) -> None:
        """These were found."""
        self.beginResetModel()
        self._found, self.words = list(found), words
        self.endResetModel()

    def add(self, found: Sequence[Message]) -> None:
        """These were found too, and are older."""
        if not found:
            return
        first = len(self._found)
        self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
        self._found += found
        self.endInsertRows()


class FoundDelegate(CardDelegate):
    """Paints a found message."""

    def __init__(self, look: Look, model: FoundModel) -> None:
        super().__init__(look, model, margin=2 * theme.UNIT)
        self._model = model

    @override
    def row_height(self) -> int:
        return self.inks.name_metrics.height() + 2 * self.inks.line_metrics.height() + 6 * theme.UNIT

    @override
    def paint_entry(self, painter: QPainter, card: QRectF, entry: object, backdrop: QColor) -> None:
        if not isinstance(entry, Message):
            return
        model, inks, sender = self._model, self.inks, entry.sender_id or 0
        top = card.top() + 2 * theme.UNIT
        avatar = QRectF(card.left() + 3 * theme.UNIT, top, _SIDE, _SIDE)
        paint_avatar(painter, avatar, sender, model.name(entry), inks.name, self.look.faces.of(sender, _SIDE))
        left, right = avatar.right() + 3 * theme.UNIT, card.right() - 3 * theme.UNIT
        upper = QRectF(left, top, right - left, inks.name_metrics.height())
        time = model.time(entry)
        painter.setFont(inks.line)
        painter.setPen(inks.colors["muted"])
        painter.drawText(upper, RIGHT, time)
        room = upper.width() - inks.line_metrics.horizontalAdvance(time) - 2 * theme.UNIT
        painter.setFont(inks.name)
        painter.setPen(inks.colors["text"])
        place = inks.name_metrics.elidedText(model.place(entry), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(upper, LEFT, place)
        lower = QRectF(left, upper.bottom() + theme.UNIT // 2, right - left, 2 * inks.line_metrics.height())
        _paint_marked(painter, lower, part_found(message_line(entry), model.words), model.words, inks)


def part_found(text: str, words: tuple[str, ...]) -> str:
    """The part of a text around the first of the words."""
    places = [place for word in words if (place := text.casefold().find(word)) >= 0]
    if not places or min(places) <= 2 * _BEFORE:
        return text
    start = min(places) - _BEFORE
    blank = text.find(" ", start, min(places))
    return "…" + text[(start if blank < 0 else blank + 1) :]


@lru_cache(maxsize=256)
def marked_spans(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """(start, length) of every place where one of the words stands."""
    folded, spans = text.casefold(), []
    if len(folded) != len(text):  # a letter that folds to two: no place can be told
        return ()
    for word in words:
        start = folded.find(word)
        while start >= 0:
            spans.append((start, len(word)))
            start = folded.find(word, start + len(word))
    return tuple(sorted(spans))


def _paint_marked(painter: QPainter, box: QRectF, text: str, words: tuple[str, ...], inks: Inks) -> None:
    """Two lines of text with the found words marked."""
    layout = QTextLayout(text, inks.line)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    formats = []
    for start, length in marked_spans(text, words):
        part = QTextLayout.FormatRange()
        part.start, part.length = start, length
        look_of_it = QTextCharFormat()
        look_of_it.setForeground(inks.colors["notice"])
        look_of_it.setBackground(inks.colors["notice_fill"])
        look_of_it.setFontWeight(QFont.Weight.DemiBold)
        part.format = look_of_it
        formats.append(part)
    layout.setFormats(formats)
    layout.beginLayout()
    for number in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, number * box.height() / 2))
    layout.endLayout()
    painter.setPen(inks.colors["muted"])
    layout.draw(painter, box.topLeft())
