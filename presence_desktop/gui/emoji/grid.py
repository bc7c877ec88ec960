"""The emoji as a grid: headings and rows of nine, as Qt's table wants them.

Decides which cell holds which emoji; what is chosen is the picker's business.
"""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.emoji.book import GROUPS, Emoji, EmojiBook
from presence_desktop.gui.look import Look

COLUMNS = 9
CELL = 9 * theme.UNIT
EMOJI = Qt.ItemDataRole.UserRole
"""The role of the `Emoji` in a cell; None in headings and behind the last of a group."""
HEADING = Qt.ItemDataRole.UserRole + 1
"""The role of a heading's words, at the first cell of its row."""

_tr = QCoreApplication.translate
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def group_word(group: int | None) -> str:
    """A group by its name; None: those used last."""
    return {
        None: _tr("emoji", "Often used"),
        0: _tr("emoji", "Smileys"),
        1: _tr("emoji", "People"),
        3: _tr("emoji", "Animals and nature"),
        4: _tr("emoji", "Food and drink"),
        5: _tr("emoji", "Travel and places"),
        6: _tr("emoji", "Activities"),
        7: _tr("emoji", "Objects"),
        8: _tr("emoji", "Symbols"),
        9: _tr("emoji", "Flags"),
    }[group]


class _Row(Struct, frozen=True):
    """A heading (no emoji) or up to nine emoji."""

    heading: str
    emoji: tuple[Emoji, ...] = ()


class EmojiGrid(QAbstractTableModel):
    """All groups one below the other, or what a search found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self.starts: dict[int | None, int] = {}
        """The row of each group's heading."""

    def show_all(self, book: EmojiBook) -> None:
        """Those used last, then every group."""
        rows: list[_Row] = []
        starts: dict[int | None, int] = {}
        groups: dict[int | None, Sequence[Emoji]] = {None: book.recent[: 2 * COLUMNS]}
        for number in GROUPS:
            groups[number] = [one for one in book.all if one.group == number]
        for group, emoji in groups.items():
            starts[group] = len(rows)
            rows += [_Row(group_word(group)), *_nines(emoji)]
        self._take(rows, starts)

    def show_found(self, emoji: Sequence[Emoji]) -> None:
        """These alone, without headings."""
        self._take(_nines(emoji), {})

    def at(self, index: _Index) -> Emoji | None:
        """The emoji in a cell."""
        if not index.isValid():
            return None
        emoji = self._rows[index.row()].emoji
        return emoji[index.column()] if index.column() < len(emoji) else None

    def heading_rows(self) -> list[int]:
        """The rows that are headings."""
        return list(self.starts.values())

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else COLUMNS

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.at(index)
        if role == EMOJI:
            return one
        if role == HEADING:
            return self._rows[index.row()].heading if index.isValid() and index.column() == 0 else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return one.name if one else None
        if role == Qt.ItemDataRole.DisplayRole:
            return one.char if one else None
        return None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return None  # the headers are hidden: nobody is to hear row numbers

    def _take(self, rows: list[_Row], starts: dict[int | None, int]) -> None:
        self.beginResetModel()
        self._rows, self.starts = rows, starts
        self.endResetModel()


class EmojiDelegate(QStyledItemDelegate):
    """Paints a cell."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(CELL, CELL)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        one = index.data(EMOJI)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(one, Emoji):
            self._paint_emoji(painter, option, one)
        elif heading := index.data(HEADING):
            painter.setFont(self._look.font("small"))
            painter.setPen(self._look.color("muted"))
            whole = QRectF(option.rect).adjusted(theme.UNIT, 0, 0, -theme.UNIT)
            whole.setWidth(COLUMNS * CELL)
            painter.setClipping(False)
            painter.drawText(whole, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, heading)
        painter.restore()

    def _paint_emoji(self, painter: QPainter, option: QStyleOptionViewItem, one: Emoji) -> None:
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("hover"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._look.color("link"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        font = self._look.font("emoji")
        font.setPixelSize(round(CELL * 0.6))
        painter.setFont(font)
        painter.setPen(self._look.color("text"))
        painter.drawText(QRectF(option.rect), Qt.AlignmentFlag.AlignCenter, one.char)


def _nines(emoji: Sequence[Emoji]) -> list[_Row]:
    return [_Row("", tuple(emoji[at : at + COLUMNS])) for at in range(0, len(emoji), COLUMNS)]
