"""What the server says: its last lines, to read and to copy.

Decides that the end is in view as long as one looks at the end.
"""

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.hosting.card import Card
from presence_desktop.gui.hosting.copy_field import CopyButton
from presence_desktop.gui.look import Look

_HEIGHT = 45 * theme.UNIT


class LogCard(Card):
    """One per hosting page; folded until somebody wants to read it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._text = ""
        self.view = QPlainTextEdit()
        self.view.setObjectName("server-log")
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setFixedHeight(_HEIGHT)
        self.view.hide()
        self.toggle = QPushButton()
        self.toggle.setObjectName("show-log")
        self.toggle.clicked.connect(lambda: self.unfold(self.view.isHidden()))
        self.copy = CopyButton(look, "log")
        self.copy.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self.toggle)
        row.addWidget(self.copy)
        row.addStretch(1)
        self.add(self.view, row)
        self.retranslate()
        self.repaint_look()

    def show_text(self, text: str) -> None:
        """All the lines there are."""
        self._text = self.copy.text_to_copy = text
        self.copy.setEnabled(bool(text))
        if self.view.isHidden():
            return
        bar = self.view.verticalScrollBar()
        at, at_end = bar.value(), bar.value() >= bar.maximum()
        self.view.setPlainText(text)
        bar.setValue(bar.maximum() if at_end else at)

    def unfold(self, on: bool) -> None:
        """Show the lines, or not."""
        self.view.setVisible(on)
        self.retranslate()
        if on:
            self.show_text(self._text)
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.maximum())

    @override
    def retranslate(self) -> None:
        self.title.setText(self.tr("Log"))
        self.toggle.setText(self.tr("Show") if self.view.isHidden() else self.tr("Hide"))
        self.toggle.setAccessibleName(f"{self.title.text()}: {self.toggle.text()}")
        self.view.setAccessibleName(self.title.text())
        self.view.setPlaceholderText(self.tr("Nothing has been said yet."))
        self.copy.setAccessibleName(f"{self.title.text()}: {self.copy.text()}")
        self.copy.offer()

    @override
    def repaint_look(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.look.font("small").pointSizeF())
        self.view.setFont(font)
