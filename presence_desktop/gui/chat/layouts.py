"""Lays rows out: where avatar, name, text, pictures and chips of a message stand at a given width.

Decides sizes and places, and keeps what was laid out. How it is painted is `painter`'s business.
"""

from collections import OrderedDict
from uuid import UUID

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from presence_desktop.core.chat.row import Delivery, LocalFile, Row
from presence_desktop.gui import theme
from presence_desktop.gui.chat.boxes import Chip, FileBox, RowLayout
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.document import Dress, MessageDocument
from presence_desktop.gui.chat.markdown import Block, Kind, Mark, Span, read
from presence_desktop.gui.chat.mentions import marked
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.talk_words import strange_words
from presence_desktop.protocol.chat import Attachment, Message

AVATAR = 9 * theme.UNIT
EDGE = 4 * theme.UNIT
TEXT_LEFT = EDGE + AVATAR + 3 * theme.UNIT
GUTTER = 10 * theme.UNIT
"""Right of the text: the mark of how far one's own message got."""
WIDEST = 190 * theme.UNIT
"""Lines longer than this are hard to read."""
BAND = 8 * theme.UNIT
"""The height of a day's line and of the *new* line."""
FILE = QSizeF(80 * theme.UNIT, 14 * theme.UNIT)
PICTURE = QSizeF(90 * theme.UNIT, 70 * theme.UNIT)
"""The largest a lone picture is shown."""
TILE = 40 * theme.UNIT
"""The side of one of several pictures."""
_LEAST_PICTURE = 12 * theme.UNIT
_UNKNOWN_PICTURE = QSizeF(60 * theme.UNIT, 40 * theme.UNIT)
_GAP = theme.UNIT
_KEPT = 240
"""Rows whose text stays laid out."""
_CANCEL = 6 * theme.UNIT

_tr = QCoreApplication.translate


class Layouts:
    """What was laid out, by the message's id."""

    def __init__(self, look: Look, company: Company) -> None:
        self._look, self.company = look, company
        self._kept: OrderedDict[UUID, RowLayout] = OrderedDict()
        self.renew()

    def renew(self) -> None:
        """Fonts, colours, names or the language are others now."""
        self._kept.clear()
        self.dress = Dress(self._look)
        self._name = QFontMetricsF(self._look.font("strong"))
        self._body = QFontMetricsF(self._look.font("body"))
        self._small = QFontMetricsF(self._look.font("small"))
        self._emoji = QFontMetricsF(chip_font(self._look))

    def of(self, row: Row, width: float) -> RowLayout:
        """Where everything of a row is, in a view of this width."""
        found = self._kept.get(row.key)
        if found is not None:
            self._kept.move_to_end(row.key)
            if found.row is row and found.width == width:
                return found
        document = found.document if found is not None and _same_text(found.row, row) else self._document(row)
        made = self._kept[row.key] = self._lay_out(row, width, document)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return made

    def _document(self, row: Row) -> MessageDocument | None:
        message = row.message
        if message.deleted_at is not None:
            return MessageDocument((_quietly(_tr("chat", "This message was deleted.")),), self.dress)
        strange = strange_words(message)
        if not message.text.strip() and not strange:
            return None
        blocks = marked(read(message.text), self.company.mentioned(message), everyone=message.mentions_all)
        if message.edited_at is not None:
            blocks = _with_note(blocks, _tr("chat", "(edited)"))
        return MessageDocument((*blocks, _quietly(strange)) if strange else blocks, self.dress)

    def _lay_out(self, row: Row, width: float, document: MessageDocument | None) -> RowLayout:
        made = RowLayout(row, width, document)
        column = max(20.0 * theme.UNIT, min(width - TEXT_LEFT - GUTTER, WIDEST))
        y = self._bands(made, width)
        top = y
        y += theme.UNIT / 2 if row.follows else 2 * theme.UNIT
        y = self._heading(made, y, column)
        y = self._quote(made, y, column)
        if document is not None:
            document.set_width(column)
            made.body = QRectF(TEXT_LEFT, y, column, document.height)
            y += document.height
        if row.message.deleted_at is None:
            y = self._files(made, y, column)
            y = self._chips(made, y, column)
        y = self._trouble(made, y)
        if self.company.is_mine(row.message) and row.message.deleted_at is None:
            made.mark = QRectF(width - GUTTER + theme.UNIT, y - self._body.height(), 20, self._body.height())
        y += theme.UNIT / 2 + 1
        made.card = QRectF(0, top, width, y - top)
        made.height = float(round(y))
        return made

    def _bands(self, made: RowLayout, width: float) -> float:
        y = 0.0
        if made.row.new_day:
            made.day = QRectF(EDGE, y + theme.UNIT, width - 2 * EDGE, BAND)
            y += BAND + 2 * theme.UNIT
        if made.row.new_line:
            made.new_line = QRectF(EDGE, y, width - 2 * EDGE, BAND)
            y += BAND
        return y

    def _heading(self, made: RowLayout, y: float, column: float) -> float:
        message = made.row.message
        if message.pinned_at is not None and message.deleted_at is None:
            made.pinned = QRectF(TEXT_LEFT, y, column, self._small.height())
            y += self._small.height() + _GAP / 2
        if made.row.follows:
            made.time = QRectF(0, y, TEXT_LEFT - 2 * theme.UNIT, self._name.height())
            return y
        made.avatar = QRectF(EDGE, y + 1, AVATAR, AVATAR)
        made.header = QRectF(TEXT_LEFT, y, column, self._name.height())
        name = self._name.horizontalAdvance(self.company.name(message.sender_id))
        made.name_width = min(name, column - 20 * theme.UNIT)
        made.time = made.header.adjusted(made.name_width + 2 * theme.UNIT, 1, 0, 0)
        made.time.setWidth(min(made.time.width(), 20 * theme.UNIT))
        return y + self._name.height() + 1

    def _quote(self, made: RowLayout, y: float, column: float) -> float:
        if made.row.message.reply_to is None or made.row.message.deleted_at is not None:
            return y
        height = self._small.height() * 2 + 2 * theme.UNIT
        made.quote = QRectF(TEXT_LEFT, y + _GAP, min(column, 110 * theme.UNIT), height)
        return y + height + 2 * _GAP

    def _files(self, made: RowLayout, y: float, column: float) -> float:
        files = made.row.files
        boxes = []
        for number, attachment in enumerate(made.row.message.attachments):
            local = files[number] if number < len(files) else None
            boxes.append(FileBox(QRectF(), attachment, local, is_picture(attachment, local), number))
        pictures = [box for box in boxes if box.picture]
        if pictures:
            y = _place_pictures(pictures, y + _GAP, column)
        for box in boxes:
            if not box.picture:
                box.rect = QRectF(TEXT_LEFT, y + _GAP, min(FILE.width(), column), FILE.height())
                y = box.rect.bottom()
            box.cancel = _cancel_box(box) if made.row.state is Delivery.UPLOADING else None
        made.files = boxes
        return y + (_GAP if boxes else 0)

    def _chips(self, made: RowLayout, y: float, column: float) -> float:
        reactions = made.row.message.reactions
        if not reactions:
            return y
        height = self._body.height() + 1.5 * theme.UNIT
        x, y = float(TEXT_LEFT), y + _GAP + 1
        for reaction in reactions:
            number = self._body.horizontalAdvance(str(len(reaction.user_ids)))
            width = self._emoji.horizontalAdvance(reaction.emoji) + number + 5.5 * theme.UNIT
            if x + width > TEXT_LEFT + column and x > TEXT_LEFT:
                x, y = float(TEXT_LEFT), y + height + _GAP
            mine = self.company.me in reaction.user_ids
            count = len(reaction.user_ids)
            made.chips.append(Chip(QRectF(x, y, width, height), reaction.emoji, count, mine))
            x += width + _GAP
        if x + height * 1.4 > TEXT_LEFT + column:
            x, y = float(TEXT_LEFT), y + height + _GAP
        made.more_chips = QRectF(x, y, height * 1.4, height)
        return y + height + _GAP

    def _trouble(self, made: RowLayout, y: float) -> float:
        if made.row.state is not Delivery.FAILED:
            return y
        height = self._small.height() + theme.UNIT
        made.trouble = QRectF(TEXT_LEFT, y, made.width - TEXT_LEFT - GUTTER, height)
        y += height
        made.retry = self._word(TEXT_LEFT - theme.UNIT, y, _tr("chat", "Try again"), height)
        made.edit = self._word(made.retry.right() + theme.UNIT, y, _tr("chat", "Edit"), height)
        made.discard = self._word(made.edit.right() + theme.UNIT, y, _tr("chat", "Discard"), height)
        return y + height

    def _word(self, x: float, y: float, words: str, height: float) -> QRectF:
        """The box of a word that can be clicked."""
        return QRectF(x, y, self._small.horizontalAdvance(words) + 2 * theme.UNIT, height)


def chip_font(look: Look) -> QFont:
    """The font of emoji on chips."""
    font = look.font("emoji")
    font.setPointSizeF(look.font("body").pointSizeF() * 1.2)
    return font


def is_picture(attachment: Attachment, local: LocalFile | None) -> bool:
    """Whether it is shown as a picture, rather than as a file to be saved."""
    if local is not None:
        return local.width is not None
    return attachment.has_thumbnail


def picture_size(attachment: Attachment, local: LocalFile | None, most: QSizeF) -> QSizeF:
    """How large a lone picture is shown: its own size, shrunk into the box."""
    width = local.width if local is not None else attachment.width
    height = local.height if local is not None else attachment.height
    if not width or not height:
        return _UNKNOWN_PICTURE.boundedTo(most)
    size = QSizeF(width, height)
    if width > most.width() or height > most.height():
        size = size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
    return size.expandedTo(QSizeF(_LEAST_PICTURE, _LEAST_PICTURE)).boundedTo(most)


def _place_pictures(pictures: list[FileBox], y: float, column: float) -> float:
    """One alone in its own shape, several as tiles; returns where they end."""
    if len(pictures) == 1:
        (only,) = pictures
        most = QSizeF(min(PICTURE.width(), column), PICTURE.height())
        only.rect = QRectF(QPointF(TEXT_LEFT, y), picture_size(only.attachment, only.local, most))
        return only.rect.bottom()
    x = float(TEXT_LEFT)
    for box in pictures:
        if x + TILE > TEXT_LEFT + column and x > TEXT_LEFT:
            x, y = float(TEXT_LEFT), y + TILE + _GAP
        box.rect = QRectF(x, y, TILE, TILE)
        x += TILE + _GAP
    return y + TILE


def _cancel_box(box: FileBox) -> QRectF:
    corner = box.rect.topRight() if box.picture else QPointF(box.rect.right(), box.rect.center().y())
    middle = corner + (QPointF(-20, 20) if box.picture else QPointF(-24, 0))
    return QRectF(middle.x() - _CANCEL / 2, middle.y() - _CANCEL / 2, _CANCEL, _CANCEL)


def _same_text(one: Row, other: Row) -> bool:
    return one.message is other.message or _text_of(one.message) == _text_of(other.message)


def _text_of(message: Message) -> tuple[object, ...]:
    return (
        message.text,
        message.edited_at is None,
        message.deleted_at is None,
        message.mentions,
        message.mentions_all,
        message.kind,
    )


def _quietly(words: str) -> Block:
    """A line of the app's own."""
    return Block(Kind.PARAGRAPH, (Span(words, Mark.NOTE | Mark.ITALIC),))


def _with_note(blocks: tuple[Block, ...], note: str) -> tuple[Block, ...]:
    """The blocks with a word of the app's own at the end."""
    span = Span(f" {note}", Mark.NOTE)
    if not blocks or blocks[-1].kind in (Kind.CODE, Kind.RULE):
        return (*blocks, Block(Kind.PARAGRAPH, (span,)))
    return (*blocks[:-1], replace(blocks[-1], spans=(*blocks[-1].spans, span)))
