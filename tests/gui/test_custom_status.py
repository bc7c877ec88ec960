"""The custom status's dialog: a few emoji at hand, all others one click away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from presence_desktop.gui.custom_status import CustomForm, CustomStatusDialog
from presence_desktop.gui.scrim import Scrim
from tests.gui.scene import NOON, Scene


def test_any_emoji_can_be_chosen(scene: Scene, qtbot: QtBot) -> None:
    dialog = CustomStatusDialog(scene.look, NOON, CustomForm("Lunch", None, None), scene.window)
    dialog.show()
    qtbot.waitExposed(dialog)
    more = next(
        button for button in dialog.findChildren(QPushButton) if button.accessibleName() == "More emoji"
    )
    more.click()
    picker = dialog._picker
    assert picker is not None
    assert picker.isVisible()
    picker.search.setText("pizza")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert dialog.form() == CustomForm("Lunch", "🍕", None)
    assert dialog.isVisible()
    assert len(scene.window.findChildren(Scrim)) == 1
    dialog.close()
    dialog.deleteLater()
