"""One setting: what it is called, what it does in a line, and the control at the right.

Decides how a setting is laid out and by which words it is found. What it sets is the page's business.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.contact import folded
from presence_desktop.core.search import Search
from presence_desktop.gui import theme
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.wheel import leave_wheel

_WORDS = 28 * theme.UNIT
_BUTTON = 24 * theme.UNIT
"""Buttons one below the other are of one width, as long as their words allow it."""


class Row(QWidget):
    """A name and a line of words, with a control beside them."""

    def __init__(self, name: str, control: QWidget) -> None:
        super().__init__()
        self.control = control
        self.offered = True
        """Whether it can be set here at all."""
        control.setObjectName(f"set-{name}")
        self.title = text_label()
        self.words = text_label(role="small")
        for label in (self.title, self.words):
            label.setMinimumWidth(_WORDS)
        self.title.setBuddy(
            control
        )  # lists are told by this on Linux, where their own name is what is chosen
        lines = QVBoxLayout()
        lines.setSpacing(theme.UNIT // 2)
        lines.addWidget(self.title)
        lines.addWidget(self.words)
        layout = QHBoxLayout()
        layout.setSpacing(4 * theme.UNIT)
        layout.addLayout(lines, 1)
        layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(3 * theme.UNIT)
        self.outer.addLayout(layout)

    def say(self, title: str, words: str) -> None:
        """What it is called, and what it does."""
        self.title.setText(title)
        self.words.setText(words)
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(words)

    def answers(self, search: Search) -> bool:
        """Whether somebody looks for this one."""
        return self.offered and search.matches(folded(f"{self.title.text()} {self.words.text()}"))


class SwitchRow(Row):
    """On or off."""

    chosen = Signal(object)
    """A bool."""

    def __init__(self, name: str) -> None:
        self.box = QCheckBox()
        self.box.setProperty("kind", "bare")
        super().__init__(name, self.box)
        self.box.clicked.connect(lambda on: self.chosen.emit(on))

    def show_value(self, value: bool | None) -> None:
        """What holds now; None: it cannot be set."""
        self.offered = value is not None
        self.box.setChecked(bool(value))


class ChoiceRow(Row):
    """One of a few."""

    chosen = Signal(object)
    """A str."""

    def __init__(self, name: str) -> None:
        self.list = QComboBox()
        leave_wheel(self.list)
        super().__init__(name, self.list)
        self.list.activated.connect(lambda: self.chosen.emit(self.list.currentData()))

    def offer(self, words: dict[str, str]) -> None:
        """What can be chosen, by value; what is chosen stays."""
        held = self.list.currentData()
        self.list.clear()
        for value, word in words.items():
            self.list.addItem(word, value)
        self.show_value(held)

    def show_value(self, value: str | None) -> None:
        """What holds now; None: it cannot be set."""
        self.offered = value is not None
        self.list.setCurrentIndex(self.list.findData(value))


class ButtonRow(Row):
    """Leads somewhere."""

    chosen = Signal()

    def __init__(self, name: str) -> None:
        self.button = QPushButton()
        self.button.setMinimumWidth(_BUTTON)
        super().__init__(name, self.button)
        self.button.clicked.connect(self.chosen)

    def offer(self, word: str) -> None:
        """What the button says."""
        self.button.setText(word)
        self._name()

    @override
    def say(self, title: str, words: str) -> None:
        super().say(title, words)
        self._name()

    def _name(self) -> None:
        """Aloud, what it does follows what it is about."""
        self.button.setAccessibleName(f"{self.title.text()}, {self.button.text()}")
