"""Form fields: a label above, the reason why it is wrong below, a switch to see a password.

Decides how a field looks and speaks. What is right in it is told by the form.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label


class Field(QWidget):
    """A line to type in, with its label and its error."""

    def __init__(self, name: str, length: int = 200) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setObjectName(name)
        self.edit.setMaxLength(length)
        self.label = QLabel()
        self.label.setBuddy(self.edit)
        self.error = text_label(role="danger")
        self.error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.label)
        layout.addWidget(self.edit)
        layout.addWidget(self.error)
        self.edit.textEdited.connect(lambda: self.set_error(""))

    def set_texts(self, label: str, placeholder: str = "") -> None:
        """The label, and an example of what to type."""
        self.label.setText(label)
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(placeholder)

    def text(self) -> str:
        """What was typed, without blanks around it."""
        return self.edit.text().strip()

    def set_error(self, sentence: str) -> None:
        """Say what is wrong with it; empty: nothing."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        if bool(self.edit.property("wrong")) != bool(sentence):
            self.edit.setProperty("wrong", bool(sentence))
            self.edit.style().polish(self.edit)


class PasswordField(Field):
    """A password, with a switch to see it."""

    def __init__(self, name: str, look: Look, length: int) -> None:
        super().__init__(name, length)
        self._look = look
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._switch = QAction(self)
        self._switch.setCheckable(True)
        self._switch.toggled.connect(self._show)
        self.edit.addAction(self._switch, QLineEdit.ActionPosition.TrailingPosition)
        look.changed.connect(self._draw)
        self._draw()
        self._speak()

    @override
    def text(self) -> str:
        """What was typed; blanks count in a password."""
        return self.edit.text()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def _show(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._draw()
        self._speak()

    def _draw(self) -> None:
        self._switch.setIcon(self._look.icon("eye-off" if self._switch.isChecked() else "eye"))

    def _speak(self) -> None:
        self._switch.setText(
            self.tr("Hide password") if self._switch.isChecked() else self.tr("Show password")
        )
