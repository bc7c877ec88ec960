"""A long list of rows of different heights that never jumps: heights are measured as rows come near, and one row is
held at its place on the screen while everything above and below it comes, goes and grows.

Decides where rows stand and when more are wanted. What a row is and how tall, is told by who derives from it.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView
from typing_extensions import override

from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.window_news import Replaced, WindowNews
from presence_desktop.gui import theme
from presence_desktop.gui.chat.model import ChatModel

GUESS = 13 * theme.UNIT
"""The height of a row that was not measured yet."""
_NEAR_END = 6
"""So close to the end (pixels) counts as at the end."""
_AT_ONCE = 4
"""Rows measured between two events of the window, while nothing else is to be done."""
_REMEMBERED = 2
"""Heights of so many times the rows there are may be remembered before those of rows that went are forgotten."""
_AHEAD = 2
"""So many screens above and below are measured before they are looked at."""
_EARLY = 2
"""So many screens before the first or last row more rows are asked for."""


class AnchoredView(QTableView):
    """One column, one row per message; `lead` pixels stand free above the first one."""

    scrolled = Signal()
    """The person scrolled."""
    moved = Signal()
    """Other rows are on the screen, or the same ones elsewhere."""

    def __init__(self, model: ChatModel) -> None:
        super().__init__()
        self.rows = model
        self.beginning = 0
        """What is to stand above the first row at least, in pixels."""
        self.lead = 0
        self._lead_key: UUID | None = None
        self._known: dict[UUID, Row] = {}
        self._anchor: UUID | None = None
        """The row that is held; None: the end of the last one is."""
        self._offset = 0.0
        """Where the held row's top is, below the upper edge of the view."""
        self._seen: list[tuple[UUID, float]] = []
        self._settling = False
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._measure_ahead)
        self._dress()
        self.setModel(model)
        self.verticalHeader().sectionResized.disconnect()  # heights are set here only, and painted at once

    def height_of(self, row: Row) -> int:
        """How tall a row is at the view's present width, in pixels."""
        return GUESS

    # --- what is told ---

    def follow(self, news: WindowNews, rows: Sequence[Row]) -> bool:
        """Take the steps that led to `rows`; whoever reads at the end stays there, everybody else at their row.

        Returns whether all rows are others now.
        """
        self._settling = True
        self.rows.follow(news, rows)
        self._settling = False
        if len(self._known) > _REMEMBERED * len(rows) + _REMEMBERED:
            self._known = {row.key: row for row in rows if self._known.get(row.key) is row}
        self.settle()
        return any(isinstance(step, Replaced) for step in news)

    def show_end(self) -> None:
        """Go to the newest row, and stay there while more come."""
        self._anchor = None
        self.settle()

    def show_row(self, key: UUID, share: float = 0.3) -> None:
        """Bring a row to this share of the view's height."""
        self._anchor, self._offset = key, self.viewport().height() * share
        self.settle()

    def forget_heights(self) -> None:
        """The look, the language or the width is another."""
        self._known.clear()
        self.settle()

    @property
    def at_end(self) -> bool:
        """Whether the newest row is in view."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - _NEAR_END

    def top_of(self, at: int) -> int:
        """Where a row begins on the screen, the free room above the first one not counted."""
        top = self.verticalHeader().sectionViewportPosition(at)
        return top + (self.lead if at == 0 else 0)

    def row_at(self, y: int) -> int | None:
        """The row under a height of the view; None if there is none."""
        at = self.rowAt(y)
        return at if at >= 0 and y >= self.top_of(at) else None

    def visible(self) -> range:
        """The rows on the screen."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        count = self.rows.rowCount()
        if count == 0 or first < 0:
            return range(0)
        return range(first, (last if last >= 0 else count - 1) + 1)

    # --- holding the anchor ---

    def settle(self) -> None:
        """Measure what is on the screen and put the held row where it belongs."""
        if self._settling:
            return
        self._settling = True
        if self.rows.rowCount():
            self._fix_lead()
            at = self._held()
            if at is None:
                self._measure_up(self.rows.rowCount() - 1, self.viewport().height())
            else:
                self._measure_both(at, self._offset)
            self._fix_lead()
            self.updateGeometries()
            self._scroll_to(at)
        self._settling = False
        self._note()
        self.viewport().update()
        self._idle.start()
        self.moved.emit()

    def _held(self) -> int | None:
        """Where the held row stands; if it is gone, one that was beside it takes its place."""
        if self._anchor is None:
            return None
        at = self.rows.place(self._anchor)
        if at is not None:
            return at
        for key, offset in self._seen:
            at = self.rows.place(key)
            if at is not None:
                self._anchor, self._offset = key, offset
                return at
        self._anchor = None
        return None

    def _scroll_to(self, at: int | None) -> None:
        bar, header = self.verticalScrollBar(), self.verticalHeader()
        if at is None:
            bar.setValue(bar.maximum())
            return
        top = header.sectionPosition(at) + (self.lead if at == 0 else 0)
        bar.setValue(round(top - self._offset))

    def _note(self) -> None:
        """Hold what is in view now: the end if that is in view, else the uppermost row that begins in it."""
        self._seen = [
            (row.key, float(self.top_of(at)))
            for at in self.visible()
            if (row := self.rows.row(at)) is not None
        ]
        if self.at_end or not self._seen:
            self._anchor = None
            return
        inside = [seen for seen in self._seen if seen[1] >= 0]
        self._anchor, self._offset = (inside or self._seen)[0]

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if not self._settling:
            self._follow_scrolling(dy)
            self.scrolled.emit()

    def _follow_scrolling(self, dy: int) -> None:
        """Rows that come into view are measured before they are painted; what was in view moves by `dy` exactly."""
        known = [seen for seen in self._seen if self.rows.place(seen[0]) is not None]
        first = self.rows.row(0)
        if self.at_end and dy < 0:
            self._anchor = None
        elif first is not None and dy > 0 and self.verticalScrollBar().value() <= 0:
            self._measure(0)
            self._anchor, self._offset = first.key, float(self.lead)
        elif known and abs(dy) < self.viewport().height():
            inside = [seen for seen in known if seen[1] + dy >= 0] or known[-1:]
            self._anchor, self._offset = inside[0][0], inside[0][1] + dy
        else:
            at = max(0, self.rowAt(0))
            row = self.rows.row(at)
            if row is not None:
                self._anchor, self._offset = row.key, float(self.top_of(at))
        self.settle()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        settling, self._settling = self._settling, True
        super().resizeEvent(event)
        self._settling = settling
        if event.size().width() != event.oldSize().width():
            self._known.clear()
        self.settle()

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        row = self.rows.row(index.row())
        if row is None or self._settling:
            return
        self._measure(index.row())
        top, height = self.top_of(index.row()), self.viewport().height()
        bottom = top + self.rowHeight(index.row())
        if top < 0 or bottom - top >= height:
            self._anchor, self._offset = row.key, 0.0
        elif bottom > height:
            self._anchor, self._offset = row.key, float(height - (bottom - top))
        else:
            return
        self.settle()

    # --- measuring ---

    def _measure(self, at: int) -> int:
        row = self.rows.row(at)
        if row is None:
            return 0
        header = self.verticalHeader()
        if self._known.get(row.key) is not row:
            self._known[row.key] = row
            header.resizeSection(at, max(1, self.height_of(row) + (self.lead if at == 0 else 0)))
        return header.sectionSize(at)

    def _measure_up(self, at: int, room: float) -> None:
        while at >= 0 and room > 0:
            room -= self._measure(at)
            at -= 1

    def _measure_both(self, at: int, offset: float) -> None:
        room, below = self.viewport().height() - offset, at
        while below < self.rows.rowCount() and room > 0:
            room -= self._measure(below)
            below += 1
        self._measure_up(at - 1, offset + max(0.0, room))

    def _fix_lead(self) -> None:
        """The first row stands at the end of the view while there are few; above it there is room for a word."""
        first, header = self.rows.row(0), self.verticalHeader()
        if first is None:
            return
        if self._lead_key != first.key:
            before = self.rows.place(self._lead_key)
            if before is not None and self._lead_key in self._known:
                header.resizeSection(before, max(1, header.sectionSize(before) - self.lead))
            self._lead_key = first.key
            self._known.pop(first.key, None)
            self.lead = 0
        alone = self._measure(0) - self.lead
        rest = header.length() - header.sectionSize(0) + alone
        lead = max(self.beginning, self.viewport().height() - rest)
        if lead != self.lead:
            self.lead = lead
            header.resizeSection(0, max(1, alone + lead))

    def _measure_ahead(self) -> None:
        """A few rows near the screen, while nothing else is to be done; so that scrolling finds them measured."""
        seen = self.visible()
        far = max(10, _AHEAD * len(seen))
        near = [
            at
            for step in range(1, far)
            for at in (seen.start - step, seen.stop - 1 + step)
            if (row := self.rows.row(at)) is not None and self._known.get(row.key) is not row
        ][:_AT_ONCE]
        if not near:
            self._idle.stop()
            return
        self._settling = True
        for at in near:
            self._measure(at)
        self.updateGeometries()
        self._scroll_to(self._held())
        self._settling = False
        self.viewport().update()  # scrolling moved the pixels, though the rows in view stand where they stood

    @property
    def near_start(self) -> bool:
        """Whether the first row is near enough that older ones should be there."""
        return self.verticalScrollBar().value() < _EARLY * self.viewport().height()

    @property
    def near_end(self) -> bool:
        """Whether the last row is near enough that newer ones should be there."""
        bar = self.verticalScrollBar()
        return bar.value() > bar.maximum() - _EARLY * self.viewport().height()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "page")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)  # without a way to go it has no handle
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(GUESS)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
