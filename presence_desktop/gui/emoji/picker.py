"""The emoji picker: search in English and Korean, groups, those used last; by mouse and by keyboard alone.

Decides where it opens and what it tells of the emoji pointed at; what the chosen one is for is told by whoever opened
it. It floats inside its window (input methods compose there as everywhere) and goes when the keyboard leaves it.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.emoji.book import GROUPS, Emoji, book
from presence_desktop.gui.emoji.grid import CELL, COLUMNS, EmojiDelegate, EmojiGrid, group_word
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel
from presence_desktop.gui.search_field import SearchField

_WIDTH = COLUMNS * CELL + 2 * theme.UNIT + 10
_HEIGHT = 92 * theme.UNIT
_FOUND = 90
_TABS: dict[int | None, str] = {
    None: "🕑", 0: "😀", 1: "👋", 3: "🐻", 4: "🍔", 5: "🚗", 6: "⚽", 7: "💡", 8: "❤️", 9: "🏁",
}  # fmt: skip


class EmojiPicker(QFrame):
    """One per window that needs it; opened again and again."""

    picked = Signal(str)
    """The character of the emoji that was chosen."""
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._home = parent
        self._opened_from: QWidget | None = None
        self.setObjectName("emoji-picker")
        self.setProperty("kind", "popup")
        self.search = SearchField()
        self.search.setObjectName("emoji-search")
        self._glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.grid = QTableView()
        self.model = EmojiGrid(self)
        self._tabs = QHBoxLayout()
        self._sample = QLabel()
        self._sample.setProperty("role", "emoji")
        self._name = ElidedLabel("muted")
        self._prepare_grid()
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.grid.installEventFilter(self)
        self.grid.clicked.connect(self._take)
        self.grid.entered.connect(self._point_at)
        self.grid.selectionModel().currentChanged.connect(self._point_at)
        look.changed.connect(self._repaint)
        self.retranslate()
        self._repaint()
        self.hide()

    def open_at(self, widget: QWidget) -> None:
        """Open above (or below) a widget, such as the button that was pressed."""
        self.open_beside(QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()), widget)

    def open_beside(self, place: QRect, came_from: QWidget | None = None) -> None:
        """Open above (or below) a place on the screen."""
        self._opened_from = came_from or QApplication.focusWidget()
        if not self.search.text():
            self.model.show_all(book())
            self._span_headings()
        self.search.clear()
        self._float()
        self._place(place)
        self.show()
        self.raise_()
        self.grid.scrollToTop()
        self.search.setFocus()
        self._describe(None)
        self._watch(on=True)

    def close_up(self, *, give_back: bool = True) -> None:
        """Go, and give the keyboard back to where it was."""
        if self.isHidden():
            return
        self._watch(on=False)
        self.hide()
        if give_back and self._opened_from is not None:
            self._opened_from.setFocus()
        self._opened_from = None
        self.closed.emit()

    def retranslate(self) -> None:
        """Set every text, in the language in force."""
        self.search.setPlaceholderText(self.tr("Search emoji"))
        self.search.setAccessibleName(self.tr("Search emoji"))
        self._glass.setText(self.search.accessibleName())
        self.grid.setAccessibleName(self.tr("Emoji"))
        for group, button in self._buttons.items():
            button.setToolTip(group_word(group))
            button.setAccessibleName(group_word(group))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            self._pressed(watched, event)
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if watched is self.search:
                return self._key_in_search(event)
            if watched is self.grid:
                return self._key_in_grid(event)
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            event.accept()  # nothing typed here is for what lies below

    # --- keyboard and mouse ---

    def _pressed(self, watched: QObject, event: QMouseEvent) -> None:
        """A click beside it closes it."""
        if not isinstance(watched, QWidget) or watched is self or self.isAncestorOf(watched):
            return
        if not QRect(self.mapToGlobal(QPoint(0, 0)), self.size()).contains(event.globalPosition().toPoint()):
            self.close_up(give_back=False)

    def _key_in_search(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
            else:
                self.close_up()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.grid.currentIndex() if self.grid.currentIndex().isValid() else self._first())
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self.grid.setCurrentIndex(self._first())
            self.grid.setFocus()
            return True
        return False

    def _key_in_grid(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(self.grid.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_up()
        elif key == Qt.Key.Key_Up and self.grid.currentIndex().row() <= self._first().row():
            self.search.setFocus()
        elif event.text().isprintable() and event.text().strip():
            self.search.setFocus()
            self.search.insert(event.text())
        else:
            return False
        return True

    def _take(self, index: QModelIndex) -> None:
        one = self.model.at(index)
        if one is None:
            return
        book().used(one.char)
        self.close_up()
        self.picked.emit(one.char)

    # --- what is shown ---

    def _search(self, text: str) -> None:
        if text.strip():
            self.model.show_found(book().find(text, _FOUND))
            self.grid.setCurrentIndex(self._first())
        else:
            self.model.show_all(book())
        self._span_headings()
        self.grid.scrollToTop()
        empty = self.model.rowCount() == 0
        self._describe(self.model.at(self.grid.currentIndex()))
        if empty:
            self._name.setText(self.tr("No emoji is called “{name}”.").format(name=text.strip()))

    def _go_to(self, group: int | None) -> None:
        self.search.clear()
        row = self.model.starts[group]
        self.grid.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self.grid.setCurrentIndex(self.model.index(row + 1, 0))
        self.grid.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self.grid.setFocus()

    def _first(self) -> QModelIndex:
        row = 1 if self.model.starts else 0
        return self.model.index(row, 0)

    def _point_at(self, index: QModelIndex) -> None:
        self._describe(self.model.at(index))

    def _describe(self, one: Emoji | None) -> None:
        self._sample.setText(one.char if one else "")
        code = f"  :{one.codes[0]}:" if one and one.codes else ""
        self._name.setText(f"{one.name}{code}" if one else self.tr("Choose an emoji"))

    def _span_headings(self) -> None:
        self.grid.clearSpans()
        for row in self.model.heading_rows():
            self.grid.setSpan(row, 0, 1, COLUMNS)

    def _repaint(self) -> None:
        self._glass.setIcon(self._look.icon("search"))
        self._sample.setFont(self._look.font("emoji"))
        self.grid.viewport().update()

    # --- where it stands ---

    def _watch(self, *, on: bool) -> None:
        """See every click in the app, to go at one beside."""
        app = QApplication.instance()
        if app is not None:
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def _float(self) -> None:
        """Inside its window where there is room, else as a window of its own."""
        window = self._home.window()
        roomy = window.width() >= _WIDTH and window.height() >= _HEIGHT
        if self.parent() is not window or self.isWindow() is roomy:
            flags = Qt.WindowType.Widget if roomy else Qt.WindowType.Popup
            self.setParent(window, flags)

    def _place(self, place: QRect) -> None:
        width, height = self.width(), self.height()
        window = self._home.window()
        free = self.isWindow()
        room = (
            self.screen().availableGeometry()
            if free
            else QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        )
        left = min(max(room.left() + theme.UNIT, place.right() - width), room.right() - width - theme.UNIT)
        above = place.top() - height - theme.UNIT
        below = place.bottom() + theme.UNIT
        top = above if above >= room.top() else min(below, room.bottom() - height - theme.UNIT)
        corner = QPoint(left, max(room.top(), top))
        self.move(corner if free else window.mapFromGlobal(corner))

    def _prepare_grid(self) -> None:
        grid = self.grid
        grid.setObjectName("emoji")
        grid.setModel(self.model)
        grid.setItemDelegate(EmojiDelegate(self._look))
        grid.setFrameShape(QFrame.Shape.NoFrame)
        grid.setProperty("kind", "raised")
        grid.setShowGrid(False)
        grid.setMouseTracking(True)
        grid.setTabKeyNavigation(False)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (grid.horizontalHeader(), grid.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(CELL)

    def _lay_out(self) -> None:
        self.setFixedSize(_WIDTH, _HEIGHT)
        self._buttons: dict[int | None, QToolButton] = {}
        self._tabs.setSpacing(0)
        for group in (None, *GROUPS):
            button = QToolButton()
            button.setText(_TABS[group])
            button.setProperty("kind", "emoji-tab")
            button.setFixedSize(QSize(8 * theme.UNIT, 8 * theme.UNIT))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, chosen=group: self._go_to(chosen))
            self._buttons[group] = button
            self._tabs.addWidget(button)
        about = QHBoxLayout()
        about.setSpacing(2 * theme.UNIT)
        self._sample.setFixedSize(CELL, CELL)
        self._sample.setAlignment(Qt.AlignmentFlag.AlignCenter)
        about.addWidget(self._sample)
        about.addWidget(self._name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT + 1, 2 * theme.UNIT, theme.UNIT + 1, theme.UNIT)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.search)
        layout.addLayout(self._tabs)
        layout.addWidget(self.grid, 1)
        layout.addLayout(about)
