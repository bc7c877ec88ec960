"""Asks what a section is to be called."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from presence_desktop.core.favourites import LONGEST_NAME, clean_name
from presence_desktop.gui import theme
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.scrim import VeiledDialog


class SectionNameDialog(VeiledDialog):
    """For a new section, or for one that is called otherwise."""

    named = Signal(str)

    def __init__(self, held: str, taken: Callable[[str], bool], parent: QWidget) -> None:
        """`held` is what it is called now (empty: it is new), `taken` whether another one has this name."""
        super().__init__(parent)
        self._taken = taken
        self.setWindowTitle(self.tr("Rename section") if held else self.tr("New section"))
        label = text_label(self.tr("Name of the section"))
        self.edit = QLineEdit(held)
        self.edit.setObjectName("section-name")
        self.edit.setMaxLength(LONGEST_NAME)
        self.edit.setPlaceholderText(self.tr("e.g. Family, 프로젝트"))
        self.edit.setMinimumWidth(64 * theme.UNIT)
        self.edit.setAccessibleName(label.text())
        self.edit.selectAll()
        label.setBuddy(self.edit)
        self.error = text_label(role="danger")
        self.error.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        word = self.tr("Rename") if held else self.tr("Create")
        self.button = buttons.addButton(word, QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        buttons.accepted.connect(self.submit)
        buttons.rejected.connect(self.reject)
        self.edit.textChanged.connect(self._check)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(5 * theme.UNIT,) * 4)
        layout.setSpacing(3 * theme.UNIT)
        for widget in (label, self.edit, self.error, buttons):
            layout.addWidget(widget)
        self._check()

    def submit(self) -> None:
        """Take the name, if it can be had."""
        name = clean_name(self.edit.text())
        if not name:
            return
        if self._taken(name):
            self.error.setText(self.tr("There is a section of this name already."))
            self.error.show()
            self.edit.selectAll()
            return
        self.accept()
        self.named.emit(name)

    def _check(self) -> None:
        self.error.hide()
        self.button.setEnabled(bool(clean_name(self.edit.text())))
