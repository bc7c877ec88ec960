"""A message's text as a laid-out document: blocks of `markdown` in the fonts and colours in force.

Decides how text looks: margins, quote bars, code boxes, links, mentions, lone emoji. Reading the Markdown is
`markdown`'s business; where the document stands in its row, `layouts`'.
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from presence_desktop.gui import theme
from presence_desktop.gui.chat import code
from presence_desktop.gui.chat.markdown import DONE, OPEN, Block, Kind, Mark, Span
from presence_desktop.gui.chat.tick_box import paint_tick_box
from presence_desktop.gui.look import Look

_QUOTE = 4 * theme.UNIT
_INDENT = 6 * theme.UNIT
_PAD = 2 * theme.UNIT
_GAP = theme.UNIT * 1.5
_LINE = "\u2028"
_BOXES = frozenset({OPEN, DONE})
"""Markers that are drawn."""
_EMOJI = re.compile(
    r"(?:[\U0001f1e6-\U0001f1ff]{2}|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    r"[\ufe0f\U0001f3fb-\U0001f3ff]?(?:\u200d[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?)*){1,3}"
)
_EMOJI_RUN = re.compile(f"(?:{_EMOJI.pattern})+")
_EMOJI_SCALE = 1.3
"""How much larger emoji in a text are: their drawings have more in them than letters."""
_MONO = (
    "JetBrains Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", "SF Mono", "Menlo", "Consolas",
    "Liberation Mono", "Noto Sans Mono CJK KR",
)  # fmt: skip
_LONE_EMOJI = 2.6
"""How much larger one to three emoji without a word are."""


class _Backdrop(Struct, frozen=True):
    """What is painted behind blocks `first` to `last`: a code box (depth 0) or a quote's bar."""

    first: int
    last: int
    depth: int
    code: bool


class Dress:
    """Fonts and colours for documents; made anew when the look changes."""

    def __init__(self, look: Look) -> None:
        self.colors = {name: QColor(color) for name, color in theme.colors(look.palette).items()}
        self.body = look.font("body")
        self.small = look.font("small")
        self.emoji = look.font("emoji")
        self.mono = _mono(self.body)
        self.code = {
            name: QColor(color) for name, color in (code.DARK if look.palette.dark else code.LIGHT).items()
        }
        self.palette = QPalette()
        self.palette.setColor(QPalette.ColorRole.Text, self.colors["text"])
        self.palette.setColor(QPalette.ColorRole.Highlight, self.colors["accent"])
        self.palette.setColor(QPalette.ColorRole.HighlightedText, self.colors["on_accent"])
        self._formats: dict[Mark, QTextCharFormat] = {}

    def format(self, mark: Mark) -> QTextCharFormat:
        """How a mark looks."""
        found = self._formats.get(mark)
        if found is None:
            found = self._formats[mark] = self._make(mark)
        return found

    def marker(self, *, drawn: bool) -> QTextCharFormat:
        """How what stands before a list's item looks; `drawn`: its sign is there to be copied only."""
        if not drawn:
            return self.format(Mark.NONE)
        unseen = QTextCharFormat(self.format(Mark.NONE))
        unseen.setForeground(QColor(Qt.GlobalColor.transparent))
        return unseen

    def _make(self, mark: Mark) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self.mono if Mark.CODE in mark else self.body)
        if Mark.BOLD in mark:
            made.setFontWeight(QFont.Weight.DemiBold)
        made.setFontItalic(Mark.ITALIC in mark)
        made.setFontStrikeOut(Mark.STRUCK in mark)
        made.setForeground(self.colors["text"])
        if Mark.CODE in mark:
            made.setBackground(self.colors["hover"])
        if Mark.NOTE in mark:
            made.setFont(self.small)
            made.setForeground(self.colors["muted"])
        if Mark.MENTION in mark:
            made.setForeground(self.colors["notice"])
            made.setBackground(self.colors["notice_fill"])
        if Mark.MENTION_ME in mark:
            made.setForeground(self.colors["caution"])
            made.setBackground(self.colors["caution_fill"])
        return made


class MessageDocument:
    """One message's text. Set its width, then ask its height and paint it."""

    def __init__(self, blocks: Sequence[Block], dress: Dress) -> None:
        self._dress = dress
        self._backdrops: list[_Backdrop] = []
        self._tasks = {at: block.marker == DONE for at, block in enumerate(blocks) if block.marker in _BOXES}
        """The blocks with a box before them, and whether it is ticked."""
        self.text = QTextDocument()
        self.text.setUndoRedoEnabled(False)
        self.text.setDocumentMargin(0)
        self.text.setDefaultFont(dress.body)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(_INDENT)
        self.text.setDefaultTextOption(option)
        self._fill(blocks)

    def set_width(self, width: float) -> None:
        """Lay it out in this width, in logical pixels."""
        if self.text.textWidth() != width:
            self.text.setTextWidth(width)

    @property
    def height(self) -> float:
        """Of what is laid out, in logical pixels."""
        return self.text.size().height()

    def link_at(self, point: QPointF) -> str | None:
        """Where the text under a point of the document leads."""
        return self.text.documentLayout().anchorAt(point) or None

    def position_at(self, point: QPointF, *, exact: bool = False) -> int:
        """The place in the text nearest to a point; -1 if `exact` and there is none under it."""
        accuracy = Qt.HitTestAccuracy.ExactHit if exact else Qt.HitTestAccuracy.FuzzyHit
        return self.text.documentLayout().hitTest(point, accuracy)

    @property
    def length(self) -> int:
        """The place behind the last letter."""
        return self.text.characterCount() - 1

    def selected_text(self, first: int, last: int) -> str:
        """The text between two places, as it is copied."""
        cursor = QTextCursor(self.text)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n").replace(_LINE, "\n").replace("\xa0", " ")

    def word_at(self, position: int) -> tuple[int, int]:
        """Where the word around a place begins and ends."""
        cursor = QTextCursor(self.text)
        cursor.setPosition(position)
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        return cursor.selectionStart(), cursor.selectionEnd()

    def paint(self, painter: QPainter, at: QPointF, selection: tuple[int, int] | None = None) -> None:
        """Paint it with its upper left corner at `at`."""
        painter.save()
        painter.translate(at)
        for backdrop in self._backdrops:
            self._paint_backdrop(painter, backdrop)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = self._dress.palette
        if selection is not None and selection[0] != selection[1]:
            chosen = QAbstractTextDocumentLayout.Selection()
            cursor = QTextCursor(self.text)
            cursor.setPosition(selection[0])
            cursor.setPosition(selection[1], QTextCursor.MoveMode.KeepAnchor)
            chosen.cursor = cursor
            ink = QTextCharFormat()
            ink.setBackground(self._dress.colors["accent"])
            ink.setForeground(self._dress.colors["on_accent"])
            chosen.format = ink
            context.selections = [chosen]
        self.text.documentLayout().draw(painter, context)
        for number, done in self._tasks.items():
            paint_tick_box(painter, self._marker_box(number), self._dress.colors, done)
        painter.restore()

    def _marker_box(self, number: int) -> QRectF:
        """Where a block's marker stands: as high as its first line, as wide as that is high."""
        layout = self.text.findBlockByNumber(number).layout()
        line = layout.lineAt(0)
        return QRectF(layout.position() + line.position(), QSizeF(line.height(), line.height()))

    def _paint_backdrop(self, painter: QPainter, backdrop: _Backdrop) -> None:
        layout = self.text.documentLayout()
        top = layout.blockBoundingRect(self.text.findBlockByNumber(backdrop.first)).top()
        bottom = layout.blockBoundingRect(self.text.findBlockByNumber(backdrop.last)).bottom()
        left = (backdrop.depth - (not backdrop.code)) * _QUOTE
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if backdrop.code:
            indent = self.text.findBlockByNumber(backdrop.first).blockFormat().leftMargin() - _PAD
            box = QRectF(indent, top - _PAD, self.text.textWidth() - indent, bottom - top + 2 * _PAD)
            painter.setPen(self._dress.colors["line"])
            painter.setBrush(self._dress.colors["side"])
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.UNIT, theme.UNIT)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._dress.colors["scroll"])
            painter.drawRoundedRect(QRectF(left, top, 3, bottom - top), 1.5, 1.5)

    # --- making it ---

    def _fill(self, blocks: Sequence[Block]) -> None:
        cursor = QTextCursor(self.text)
        cursor.beginEditBlock()
        lone = self._is_lone_emoji(blocks)
        for number, block in enumerate(blocks):
            last = number == len(blocks) - 1
            shape = self._shape(block, first=number == 0, last=last)
            if number == 0:
                cursor.setBlockFormat(shape)
            else:
                cursor.insertBlock(shape)
            self._write(cursor, block, lone=lone)
            if block.kind is Kind.CODE:
                self._backdrops.append(_Backdrop(number, number, block.quotes, code=True))
        cursor.endEditBlock()
        self._make_room(blocks)
        self._note_quotes(blocks)

    def _make_room(self, blocks: Sequence[Block]) -> None:
        """For code boxes at its edges: margins above a document's first block and below its last are left out."""
        frame = self.text.rootFrame().frameFormat()
        room = _PAD + theme.UNIT / 2
        frame.setTopMargin(room if blocks and blocks[0].kind is Kind.CODE else 0)
        frame.setBottomMargin(room if blocks and blocks[-1].kind is Kind.CODE else 0)
        self.text.rootFrame().setFrameFormat(frame)

    def _note_quotes(self, blocks: Sequence[Block]) -> None:
        for depth in range(1, max((block.quotes for block in blocks), default=0) + 1):
            first: int | None = None
            for number, block in enumerate((*blocks, None)):
                inside = block is not None and block.quotes >= depth
                if inside and first is None:
                    first = number
                elif not inside and first is not None:
                    self._backdrops.append(_Backdrop(first, number - 1, depth, code=False))
                    first = None

    def _shape(self, block: Block, *, first: bool, last: bool) -> QTextBlockFormat:
        shape = QTextBlockFormat()
        left = block.quotes * _QUOTE + block.indent * _INDENT
        above = 0.0 if first else (theme.UNIT / 2 if block.tight else _GAP)
        below = 0.0
        if block.kind is Kind.CODE:
            left += _PAD
            shape.setRightMargin(_PAD)
            above += _PAD + theme.UNIT / 2
            below += _PAD + (0 if last else theme.UNIT / 2)
        elif block.marker:
            shape.setTextIndent(-_INDENT)
            shape.setTabPositions([QTextOption.Tab(_INDENT, QTextOption.TabType.LeftTab)])
        elif block.kind is Kind.HEADING and not first:
            above += theme.UNIT
        shape.setLeftMargin(left)
        shape.setTopMargin(above)
        shape.setBottomMargin(below)
        if block.kind is Kind.RULE:
            shape.setProperty(QTextBlockFormat.Property.BlockTrailingHorizontalRulerWidth, 1)
        return shape

    def _write(self, cursor: QTextCursor, block: Block, *, lone: bool) -> None:
        if block.kind is Kind.CODE:
            self._write_code(cursor, block)
            return
        if block.marker:
            cursor.insertText(f"{block.marker}\t", self._dress.marker(drawn=block.marker in _BOXES))
        for span in block.spans:
            self._write_span(
                cursor, span.text.replace("\n", _LINE), self._ink(span, block.kind, lone=lone), lone
            )

    def _write_span(self, cursor: QTextCursor, text: str, ink: QTextCharFormat, lone: bool) -> None:
        """A span, with the emoji in it drawn larger."""
        done = 0
        if not text.isascii() and not lone:
            for match in _EMOJI_RUN.finditer(text):
                cursor.insertText(text[done : match.start()], ink)
                large = QTextCharFormat(ink)
                large.setFontFamilies(self._dress.emoji.families())
                large.setFontPointSize(ink.font().pointSizeF() * _EMOJI_SCALE)
                cursor.insertText(match.group(), large)
                done = match.end()
        cursor.insertText(text[done:], ink)

    def _write_code(self, cursor: QTextCursor, block: Block) -> None:
        plain = QTextCharFormat(self._dress.format(Mark.CODE))
        plain.clearBackground()
        for text, color in code.colored(block.spans[0].text, block.language):
            ink = QTextCharFormat(plain)
            if color is not None:
                ink.setForeground(self._dress.code[color])
            cursor.insertText(text.replace("\n", _LINE), ink)

    def _ink(self, span: Span, kind: Kind, *, lone: bool) -> QTextCharFormat:
        ink = self._dress.format(span.mark)
        if not (span.link or lone or kind is Kind.HEADING):
            return ink
        ink = QTextCharFormat(ink)
        if kind is Kind.HEADING:
            ink.setFontWeight(QFont.Weight.DemiBold)
            ink.setFontPointSize(self._dress.body.pointSizeF() * theme.TEXT_SCALE["title"])
        if lone:
            ink.setFontFamilies(self._dress.emoji.families())
            ink.setFontPointSize(self._dress.body.pointSizeF() * _LONE_EMOJI)
        if span.link:
            ink.setAnchor(True)
            ink.setAnchorHref(span.link)
            ink.setForeground(self._dress.colors["link"])
            ink.setFontUnderline(True)
        return ink

    @staticmethod
    def _is_lone_emoji(blocks: Sequence[Block]) -> bool:
        if len(blocks) != 1 or len(blocks[0].spans) != 1 or blocks[0].marker:
            return False
        text = "".join(blocks[0].spans[0].text.split())
        return bool(_EMOJI.fullmatch(text))


def _mono(body: QFont) -> QFont:
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    installed = frozenset(QFontDatabase.families())
    families = [family for family in mono.families() if family in installed and family not in body.families()]
    families += [family for family in _MONO if family in installed and family not in families]
    mono.setFamilies([*families, *(family for family in body.families() if family not in families)])
    mono.setStyleHint(QFont.StyleHint.Monospace)
    mono.setFixedPitch(True)
    mono.setPointSizeF(body.pointSizeF() * 0.94)
    return mono
