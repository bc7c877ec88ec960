"""Asks for a custom status: an emoji, up to 100 characters, and until when.

Decides what can be typed; what holds is the server's word.
"""

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from presence_desktop.gui import theme
from presence_desktop.gui.emoji.picker import EmojiPicker
from presence_desktop.gui.end_time import ask_end_time, end_times
from presence_desktop.gui.look import Look
from presence_desktop.gui.scrim import VeiledDialog
from presence_desktop.gui.wheel import leave_wheel
from presence_desktop.gui.when import at
from presence_desktop.protocol import limits

EMOJIS = ("💬", "📅", "🎧", "🏠", "🚌", "🍜", "🌴", "🤒")
_NEVER = 0
_PICK = -1


class CustomForm(Struct, frozen=True):
    """What to set; both None clears it."""

    text: str | None
    emoji: str | None
    until: int | None


class CustomStatusDialog(VeiledDialog):
    """Emoji, text, end."""

    def __init__(self, look: Look, now: int, held: CustomForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._now = look, now
        self._picker: EmojiPicker | None = None
        self.setWindowTitle(self.tr("Custom status"))
        self.setMinimumWidth(100 * theme.UNIT)
        self.emoji = QLineEdit(held.emoji or "")
        self.emoji.setMaxLength(limits.STATUS_EMOJI_LENGTH)
        self.emoji.setFixedWidth(14 * theme.UNIT)
        self.emoji.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.emoji.setPlaceholderText("🙂")
        self.emoji.setAccessibleName(self.tr("Emoji"))
        self.text = QLineEdit(held.text or "")
        self.text.setMaxLength(limits.STATUS_TEXT_LENGTH)
        self.text.setPlaceholderText(self.tr("What are you up to?"))
        self.text.setAccessibleName(self.tr("Custom status"))
        self.until = QComboBox()
        leave_wheel(self.until)
        self.until.setAccessibleName(self.tr("Ends"))
        self._fill_ends(held.until)
        self.until.activated.connect(self._end_chosen)
        self._lay_out(bool(held.text or held.emoji))

    def form(self) -> CustomForm:
        """What was chosen."""
        text, emoji = self.text.text().strip() or None, self.emoji.text().strip() or None
        until = self.until.currentData() or None
        return CustomForm(text, emoji, until if text or emoji else None)

    def _lay_out(self, something_set: bool) -> None:
        line = QHBoxLayout()
        line.setSpacing(2 * theme.UNIT)
        line.addWidget(self.emoji)
        line.addWidget(self.text, 1)
        quick = QHBoxLayout()
        quick.setSpacing(theme.UNIT)
        for emoji in EMOJIS:
            button = QPushButton(emoji)
            button.setProperty("kind", "emoji")
            button.setAutoDefault(False)
            button.setAccessibleName(self.tr("Use {emoji}").format(emoji=emoji))
            button.clicked.connect(lambda _checked=False, chosen=emoji: self.emoji.setText(chosen))
            quick.addWidget(button)
        quick.addWidget(self._more_button())
        quick.addStretch(1)
        ends = QHBoxLayout()
        label = QLabel(self.tr("Ends"))
        label.setBuddy(self.until)
        ends.addWidget(label)
        ends.addWidget(self.until, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(5 * theme.UNIT,) * 4)
        layout.setSpacing(3 * theme.UNIT)
        layout.addLayout(line)
        layout.addLayout(quick)
        layout.addLayout(ends)
        layout.addWidget(self._buttons(something_set))
        self.text.setFocus()

    def _more_button(self) -> QPushButton:
        """All emoji, beside the few that are used most."""
        button = QPushButton(self._look.icon("smile"), "")
        button.setProperty("kind", "emoji")
        button.setAutoDefault(False)
        button.setToolTip(self.tr("More emoji"))
        button.setAccessibleName(self.tr("More emoji"))
        button.clicked.connect(lambda: self._pick_from_all(button))
        return button

    def _pick_from_all(self, button: QPushButton) -> None:
        if self._picker is None:
            self._picker = EmojiPicker(self._look, self)
            self._picker.picked.connect(self.emoji.setText)
        self._picker.open_at(button)

    def _buttons(self, something_set: bool) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = box.addButton(self.tr("Set status"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("kind", "primary")
        save.setDefault(True)
        if something_set:
            clear = box.addButton(self.tr("Clear status"), QDialogButtonBox.ButtonRole.DestructiveRole)
            clear.clicked.connect(self._clear)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _clear(self) -> None:
        self.text.clear()
        self.emoji.clear()
        self.accept()

    def _fill_ends(self, held: int | None) -> None:
        self.until.addItem(self.tr("when I clear it"), _NEVER)
        if held is not None:
            self.until.addItem(at(held, self._now), held)
            self.until.setCurrentIndex(1)
        for name, moment in end_times(self._now):
            self.until.addItem(name, moment)
        self.until.addItem(self.tr("Date and time…"), _PICK)

    def _end_chosen(self, index: int) -> None:
        if self.until.itemData(index) != _PICK:
            return
        moment = ask_end_time(self._now, self)
        if moment is None:
            self.until.setCurrentIndex(0)
            return
        self.until.insertItem(index, at(moment, self._now), moment)
        self.until.setCurrentIndex(index)


def ask_custom_status(look: Look, now: int, held: CustomForm, parent: QWidget) -> CustomForm | None:
    """Ask for a custom status; None when the person thinks better of it."""
    dialog = CustomStatusDialog(look, now, held, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    form = dialog.form()
    dialog.deleteLater()
    return form if accepted else None
