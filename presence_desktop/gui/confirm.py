"""Asks before something that cannot be taken back is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from presence_desktop.gui.boxes import dress
from presence_desktop.gui.scrim import Scrim


def confirmed(parent: QWidget, question: str, told: str, yes: str) -> bool:
    """Whether the person says yes; `yes` is what the button says. Enter and Escape both mean no."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(question)
    box.setText(question)
    box.setInformativeText(told)
    button = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    dress(box)
    scrim = Scrim(parent.window())
    box.exec()
    scrim.deleteLater()
    answered = box.clickedButton() is button
    box.deleteLater()
    return answered
