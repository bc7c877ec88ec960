"""Asks before something that cannot be taken back is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from presence_desktop.gui.boxes import dress
from presence_desktop.gui.scrim import Scrim


def confirmed(parent: QWidget, question: str, told: str, yes: str) -> bool:
    """Whether the person says yes; `yes` is what the button says. Enter and Escape both mean no."""
    box = question_box(parent, question, told, yes)
    scrim = Scrim(parent.window())
    box.exec()
    scrim.deleteLater()
    answered = box.buttonRole(box.clickedButton()) is QMessageBox.ButtonRole.DestructiveRole
    box.deleteLater()
    return answered


def question_box(parent: QWidget, question: str, told: str, yes: str) -> QMessageBox:
    """The box that asks; `yes` has the destructive role."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(question)
    box.setText(question)
    box.setInformativeText(told)
    box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    dress(box)
    return box
