"""A page with a form: fields, a tick box perhaps, one error, one button, busy or not.

Decides when the button may be pressed and what is said while waiting. What the fields mean is the page's business.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from presence_desktop.gui.fields import Field
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage, text_label
from presence_desktop.gui.words import error_sentence
from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code


class FormPage(ColumnPage):
    """The frame of sign-in, joining and hosting."""

    asked = Signal(object)
    """The filled form, in the page's own type."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._fields: list[Field] = []
        self._refused: Code | None = None
        self._busy = False
        self.error = text_label(role="danger")
        self.error.hide()
        self.error.setAccessibleName("")
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self.submit)

    def add_field(self, field: Field) -> None:
        """Put a field below the others; Enter in it submits."""
        self._fields.append(field)
        self.column.addWidget(field)
        field.edit.returnPressed.connect(self.submit)

    def add_end(self, *widgets: QWidget) -> None:
        """Put the error, the button and what follows below the fields."""
        for widget in (self.error, self.button, *widgets):
            self.column.addWidget(widget)

    def filled(self) -> object | None:
        """The form as a value, or None after marking what is wrong."""
        return None

    def busy_word(self) -> str:
        """What the button says while waiting."""
        return self.tr("One moment…")

    def button_word(self) -> str:
        """What the button does."""
        return ""

    def submit(self) -> None:
        """Send the form if it is complete."""
        if self._busy:
            return
        self._refused = None
        self.set_error("")
        form = self.filled()
        if form is not None:
            self.set_busy(True)
            self.asked.emit(form)

    def clear(self) -> None:
        """Forget what was filled in: the next one begins anew."""
        self.set_error("")
        self.set_busy(False)
        for field in self._fields:
            field.edit.clear()
            field.set_error("")

    def set_busy(self, busy: bool) -> None:
        """While waiting for an answer nothing can be changed."""
        self._busy = busy
        self.button.setEnabled(not busy)
        self.button.setText(self.busy_word() if busy else self.button_word())
        for field in self._fields:
            field.setEnabled(not busy)

    def set_error(self, sentence: str) -> None:
        """Say what went wrong; empty: nothing."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            self.set_busy(False)
            self.focus_first()

    def refuse(self, code: Code) -> None:
        """Say why the form was refused, at the field that is to be changed where there is one."""
        self._refused = code
        field = self.at_fault(code)
        if field is None:
            self.set_error(error_sentence(code))
            return
        self.set_busy(False)
        field.set_error(error_sentence(code))
        field.edit.selectAll()
        field.edit.setFocus()

    def at_fault(self, code: Code) -> Field | None:
        """The field that a refusal is about; None: none alone."""
        return None

    def focus_first(self) -> None:
        """Put the cursor where there is something to do."""
        for field in self._fields:
            if field.error.text() or not field.text():
                field.edit.setFocus()
                return
        if self._fields:
            self._fields[-1].edit.selectAll()
            self._fields[-1].edit.setFocus()

    def check(self, field: Field, right: Callable[[str], bool], sentence: str) -> bool:
        """Whether a field is right; says the sentence under it if not."""
        good = right(field.text())
        field.set_error("" if good else sentence)
        return good

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.set_busy(self._busy)
        self._say_again()

    def _say_again(self) -> None:
        """What is wrong, in the language in force; the keyboard stays where it is."""
        if any(field.error.text() for field in self._fields):
            self.filled()
        code, field = self._refused, None if self._refused is None else self.at_fault(self._refused)
        if code is not None and field is not None:
            field.set_error(error_sentence(code))
        elif code is not None and self.error.text():
            self.error.setText(error_sentence(code))


def is_email(text: str) -> bool:
    """Whether a text can be an e-mail address."""
    name, at, place = text.partition("@")
    return bool(name and at and place) and not any(letter.isspace() for letter in text) and "@" not in place


def is_username(text: str) -> bool:
    """Whether a text can be somebody's name."""
    return 0 < len(text) <= limits.USERNAME_LENGTH


def is_new_password(text: str) -> bool:
    """Whether a text is long enough to be a password."""
    return limits.PASSWORD_MIN_LENGTH <= len(text) <= limits.PASSWORD_MAX_LENGTH
