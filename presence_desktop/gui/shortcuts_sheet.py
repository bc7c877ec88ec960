"""The sheet of all shortcuts (Ctrl+/), told from the table that binds them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from presence_desktop.gui import theme
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.scrim import VeiledDialog
from presence_desktop.gui.shortcuts import KEYS, Way, Where, bind, shown_keys, spoken_keys
from presence_desktop.gui.way_words import place_words, way_words

_SIZE = (190 * theme.UNIT, 150 * theme.UNIT)
_BOTH = 150 * theme.UNIT
"""From this width on the parts stand in two columns."""
_COLUMNS = ((Where.ANYWHERE, Where.MESSAGES, Where.PICTURES), (Where.LIST, Where.WRITING))


class ShortcutsSheet(VeiledDialog):
    """Made anew each time it opens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        window = parent.window()
        wide = min(_SIZE[0], window.width() - 8 * theme.UNIT)
        inner = QWidget()
        inner.setProperty("kind", "page")
        columns = QHBoxLayout(inner) if wide >= _BOTH else QVBoxLayout(inner)
        columns.setContentsMargins(0, 0, 3 * theme.UNIT, 0)
        columns.setSpacing(10 * theme.UNIT if wide >= _BOTH else 5 * theme.UNIT)
        for parts in _COLUMNS:
            columns.addLayout(_column(parts), 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        scroll.setWidget(inner)
        bind(self, {Way.SHORTCUTS: self.reject})
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(5 * theme.UNIT,) * 4)
        layout.setSpacing(4 * theme.UNIT)
        layout.addWidget(text_label(self.tr("Keyboard shortcuts"), "title"))
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        needed = inner.sizeHint().height() + 34 * theme.UNIT
        self.resize(wide, min(needed, window.height() - 8 * theme.UNIT))


_MOST_CAPS = 3
"""Of more keys that do alike the first and the last are shown."""


def _column(parts: tuple[Where, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(5 * theme.UNIT)
    for where in parts:
        column.addLayout(_part(where))
    column.addStretch(1)
    return column


def _part(where: Where) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setSpacing(2 * theme.UNIT)
    part.addWidget(text_label(place_words(where), "strong"))
    rows = QGridLayout()
    rows.setHorizontalSpacing(4 * theme.UNIT)
    rows.setVerticalSpacing(theme.UNIT)
    rows.setColumnStretch(0, 1)
    for number, way in enumerate(KEYS[where]):
        words = text_label(way_words(way))
        words.setAccessibleName(f"{way_words(way)}: {', '.join(spoken_keys(way))}")
        rows.addWidget(words, number, 0)
        rows.addLayout(_caps(way), number, 1)
    part.addLayout(rows)
    return part


def _caps(way: Way) -> QHBoxLayout:
    caps = QHBoxLayout()
    caps.setSpacing(theme.UNIT)
    caps.addStretch(1)
    shown = shown_keys(way)
    for keys in shown if len(shown) <= _MOST_CAPS else (shown[0], "…", shown[-1]):
        cap = QLabel(keys)
        cap.setProperty("kind", "key")
        caps.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
    return caps
