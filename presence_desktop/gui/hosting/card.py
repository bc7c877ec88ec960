"""A card of the hosting pages: a title, and what belongs to it below.

Decides spacing only.
"""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label


class Card(QFrame):
    """Sets its texts in `retranslate` and its painted parts in `repaint_look`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setProperty("kind", "card")
        self.title = text_label(role="strong")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(*(5 * theme.UNIT,) * 4)
        self.lines.setSpacing(4 * theme.UNIT)
        self.lines.addWidget(self.title)
        look.changed.connect(self.repaint_look)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put these below what is there."""
        for part in parts:
            if isinstance(part, QWidget):
                self.lines.addWidget(part)
            else:
                self.lines.addLayout(part)

    def retranslate(self) -> None:
        """Set every text, in the language in force."""

    def repaint_look(self) -> None:
        """Set every icon and picture, in the colours in force."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def link_button(name: str) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton()
    button.setObjectName(name)
    button.setProperty("kind", "link")
    return button


def check_box(name: str, signal: object) -> QCheckBox:
    """A box whose ticks by a person leave as this signal."""
    box = QCheckBox()
    box.setObjectName(name)
    box.clicked.connect(signal)
    return box


def weigh(button: QPushButton, kind: str) -> None:
    """Let a button stand out (`primary`) or not (`plain`), as what is to be done next says."""
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().polish(button)
