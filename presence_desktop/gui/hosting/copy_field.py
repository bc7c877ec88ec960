"""Something to read and to copy: an address, a code, a link.

Decides that *Copied* is said for a moment. What is copied is told.
"""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look

_SAID_MS = 2000


class CopyButton(QPushButton):
    """Copies a text, and says so."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setObjectName(f"copy-{name}")
        self.text_to_copy = ""
        self.clicked.connect(self._copy)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(self.offer)
        look.changed.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer to copy (again)."""
        self.setText(self.tr("Copy"))
        self.setIcon(self._look.icon("copy"))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._said.stop()
        self.offer()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text_to_copy)
        self.setText(self.tr("Copied"))
        self.setIcon(self._look.icon("check", "online"))
        self._said.start()


class CopyField(QWidget):
    """A line that cannot be changed, its label above, the button beside it."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.label = QLabel()
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setReadOnly(True)
        self.label.setBuddy(self.line)
        self.button = CopyButton(look, name)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.label)
        layout.addLayout(row)

    def set_texts(self, label: str) -> None:
        """What it is."""
        self.label.setText(label)
        self.line.setAccessibleName(label)
        self.button.setAccessibleName(self.tr("Copy: {what}").format(what=label))
        self.button.offer()

    def set_value(self, value: str, shown: str | None = None) -> None:
        """What to copy; `shown` is how it is written for people where that differs."""
        self.line.setText(value if shown is None else shown)
        self.line.setCursorPosition(0)
        self.button.text_to_copy = value
        self.button.setEnabled(bool(value))
