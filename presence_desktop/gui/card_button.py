"""A button that holds a small layout of its own, such as a picture beside two lines of text.

Decides that it is as large as its content, and that a click on a part of it is a click on the button.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from typing_extensions import override


class CardButton(QPushButton):
    """Subclasses set a layout and name its labels to `let_through`."""

    def let_through(self, *parts: QLabel) -> None:
        """Clicks on these are for the button."""
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout else super().minimumSizeHint()
