"""The open conversation's rows as Qt's views want them: one column, one role that hands out the row.

Decides with which signals rows come and go; which rows there are is `core`'s window's business.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.window_news import Changed, Inserted, Removed, Replaced, WindowNews
from presence_desktop.core.ports import Clock
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.sentences import spoken

ROW = Qt.ItemDataRole.UserRole
"""The role of the `Row` itself."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ChatModel(QAbstractTableModel):
    """Holds the rows as the views know them; `follow` takes them from one state of the window to the next."""

    def __init__(self, company: Company, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._company, self._clock = company, clock
        self._rows: list[Row] = []
        self._places: dict[UUID, int] | None = None

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row, self._company, self._clock.now())
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return None  # the headers are hidden: nobody is to hear row numbers

    def row(self, at: int) -> Row | None:
        """The row at a place; None where there is none."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def place(self, key: UUID | None) -> int | None:
        """Where the row of a message stands; None if it is not here."""
        if self._places is None:
            self._places = {row.key: at for at, row in enumerate(self._rows)}
        return None if key is None else self._places.get(key)

    def show(self, rows: Sequence[Row]) -> None:
        """All rows are others now."""
        self.beginResetModel()
        self._put(list(rows))
        self.endResetModel()

    def follow(self, news: WindowNews, rows: Sequence[Row]) -> None:
        """Take the steps that led to `rows`."""
        told = _unrolled(news, rows)
        if told is None:
            self.show(rows)
            return
        for step, came in told:
            self._step(step, came)

    def repaint_all(self) -> None:
        """Everything is drawn anew: names, the look or the language are others."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def _step(self, step: Inserted | Removed | Changed, came: list[Row]) -> None:
        last = step.at + step.count - 1
        if step.count <= 0:
            return
        if isinstance(step, Inserted):
            self.beginInsertRows(_ROOT, step.at, last)
            self._put([*self._rows[: step.at], *came, *self._rows[step.at :]])
            self.endInsertRows()
        elif isinstance(step, Removed):
            self.beginRemoveRows(_ROOT, step.at, last)
            self._put([*self._rows[: step.at], *self._rows[last + 1 :]])
            self.endRemoveRows()
        else:
            self._put([*self._rows[: step.at], *came, *self._rows[last + 1 :]])
            self.dataChanged.emit(self.index(step.at, 0), self.index(last, 0))

    def _put(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = None


def _unrolled(
    news: WindowNews, rows: Sequence[Row]
) -> list[tuple[Inserted | Removed | Changed, list[Row]]] | None:
    """The steps, each with the rows that it brings, as they are at the end; found from the end backwards.

    None: the rows cannot be followed step by step (others came in their place, or some came and went at once).
    """
    state: list[Row | None] = list(rows)
    told: list[tuple[Inserted | Removed | Changed, list[Row]]] = []
    for step in reversed(news):
        if isinstance(step, Replaced):
            return None
        reach = slice(step.at, step.at + step.count)
        came = [row for row in state[reach] if row is not None]
        if isinstance(step, Inserted):
            del state[reach]
        elif isinstance(step, Removed):
            state[step.at : step.at] = [None] * step.count
            told.append((step, []))
            continue
        if len(came) != step.count:
            return None
        told.append((step, came))
    told.reverse()
    return told
