"""The frame of the rooms' dialogs: an error in words, one main button, waiting for the server, gone when it is done.

Decides what is shown while waiting and when something is refused. What a dialog asks is its own business.
"""

from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.scrim import VeiledDialog
from presence_desktop.gui.words import ask_sentence
from presence_desktop.protocol.errors import Code

_SHARE = 0.9
"""No more of a small screen is taken."""


class AskingDialog(VeiledDialog):
    """A dialog that asks the server something."""

    def __init__(self, client: Client, look: Look, asks: Asks, parent: QWidget) -> None:
        super().__init__(parent)
        self.client, self.look, self.asks = client, look, asks
        self._busy = False
        self.error = text_label(role="danger")
        self.error.hide()
        self.column = QVBoxLayout()
        self.column.setSpacing(3 * theme.UNIT)
        self.buttons = QDialogButtonBox()
        self.main_button: QPushButton | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(5 * theme.UNIT,) * 4)
        layout.setSpacing(3 * theme.UNIT)
        layout.addLayout(self.column, 1)
        layout.addWidget(self.error)
        layout.addWidget(self.buttons)
        self.finished.connect(lambda: asks.forget(self))

    def add_main_button(self, words: str) -> QPushButton:
        """The button that does what the dialog is for; *Cancel* beside it."""
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        button = self.main_button = self.buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        button.setProperty("kind", "primary")
        button.style().polish(button)
        self.buttons.accepted.connect(self.submit)
        self.buttons.rejected.connect(self.reject)
        return button

    def add_close_button(self) -> None:
        """For a dialog that only shows."""
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)

    def submit(self) -> None:
        """Do what the main button says."""

    def ready(self) -> bool:
        """Whether there is something to be sent."""
        return True

    def refresh(self, changes: Changes) -> None:
        """Something changed while the dialog is open."""

    def ask(self, changes: Changes) -> None:
        """A verb was called: wait for its outcome."""
        self.fail(None)
        self.set_busy(True)
        if not self.asks.begin(changes, self, self._answered):
            self.set_busy(False)

    def answered(self, outcome: Outcome) -> None:
        """It was done. By default that is the dialog's end."""
        self.accept()

    def fail(self, code: Code | None) -> None:
        """Say why it was not done; None: nothing went wrong."""
        self.error.setText("" if code is None else ask_sentence(code))
        self.error.setVisible(code is not None)
        self.grow()

    def grow(self) -> None:
        """Be at least as large as what is shown now needs."""
        layout = self.layout()
        if layout is None or not self.isVisible():  # before that it takes the size it needs by itself
            return
        layout.activate()
        hint = layout.totalSizeHint()
        width = max(self.width(), hint.width())
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else hint.height()
        self.resize(self.size().expandedTo(QSize(width, height)))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        """On a screen that has no room for all of it what is asked scrolls; the buttons stay in view."""
        layout, room = self.layout(), self.screen().availableSize() * _SHARE
        if isinstance(layout, QVBoxLayout) and layout.totalMinimumSize().height() > room.height():
            self._scroll_in(layout)
        self.resize(self.size().boundedTo(room))

    def _scroll_in(self, layout: QVBoxLayout) -> None:
        if self.column.parent() is not layout:  # it is shown once more
            return
        focused = cast("QWidget | None", self.focusWidget())
        inner, area = QWidget(), QScrollArea()
        layout.removeItem(self.column)
        self.column.setParent(None)
        self.column.setContentsMargins(0, 0, theme.UNIT, 0)
        inner.setLayout(self.column)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        layout.insertWidget(0, area, 1)
        layout.activate()
        self.setMinimumHeight(0)
        if focused is not None:  # it was moved, which took the keyboard from it
            focused.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While waiting nothing can be sent again."""
        self._busy = busy
        self.update_buttons()

    def update_buttons(self) -> None:
        """Enable what can be pressed now."""
        if self.main_button is not None:
            self.main_button.setEnabled(not self._busy and self.ready())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, else the main one; where there is none, nothing."""
        focused = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused, QPushButton):
            focused.click()
        elif self.main_button is not None and self.main_button.isEnabled():
            self.main_button.click()

    @override
    def reject(self) -> None:
        self.asks.forget(self)
        super().reject()

    def _answered(self, outcome: Outcome) -> None:
        self.set_busy(False)
        if outcome.code is not None:
            self.fail(outcome.code)
        else:
            self.answered(outcome)
