"""What stands in the place of the messages while there are none: it loads, it failed, nothing was said yet.

Decides which of it holds, from `core`'s window.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.chat.chat_window import ChatWindow
from presence_desktop.gui import theme
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel, text_label
from presence_desktop.gui.words import ask_sentence


class EmptyState(Panel):
    """An icon, a sentence, and a button where something can be done."""

    try_again = Signal()

    def __init__(self, look: Look, company: Company) -> None:
        super().__init__(look)
        self._company = company
        self._window: ChatWindow | None = None
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = text_label(role="muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.clicked.connect(self.try_again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8 * theme.UNIT, 4 * theme.UNIT, 8 * theme.UNIT, 4 * theme.UNIT)
        layout.setSpacing(3 * theme.UNIT)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(self.words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        self.show_for(None)

    def show_for(self, window: ChatWindow | None) -> None:
        """Say what holds of a window without rows."""
        self._window = window
        icon, words = self._told(window)
        self._icon.setPixmap(self.look.picture(icon, theme.EMPTY_ICON, self.devicePixelRatioF()))
        self.words.setText(words)
        self.button.setText(self.tr("Try again"))
        self.button.setVisible(window is not None and window.error is not None)

    def _told(self, window: ChatWindow | None) -> tuple[str, str]:
        """The icon and the sentence."""
        if window is None or self._company.talk is None:
            return "message", ""
        if window.error is not None:
            return "warning", ask_sentence(window.error)
        if window.loading or window.has_older or window.has_newer:
            return "clock", self.tr("Loading messages…")
        if self._company.talk.other == self._company.me:
            return "edit", self.tr("Nothing is noted yet. What you write here nobody else sees.")
        words = self.tr("Nothing has been said here yet. Write the first message to {name}.")
        return "message", words.format(name=self._company.title())

    @override
    def retranslate(self) -> None:
        self.show_for(self._window)

    @override
    def repaint_look(self) -> None:
        self.show_for(self._window)
