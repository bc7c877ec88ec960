"""One's own account in the settings: another password, and the devices one is signed in on."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Outcome
from presence_desktop.gui.settings.devices_dialog import DevicesDialog
from presence_desktop.gui.settings.password_dialog import PasswordDialog
from presence_desktop.protocol.admin_rest import Device, DevicesList, PasswordChange
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.rest import Success
from tests.gui.hosting.stage import OfficeStage
from tests.gui.scene import NOON
from tests.wire.made import made

HOUR = 3_600_000
OLD, NEW = "correct horse", "battery staple"


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[OfficeStage]:
    staged = OfficeStage(qapp)
    yield staged
    staged.leave()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def password(stage: OfficeStage, window: QWidget) -> Iterator[PasswordDialog]:
    dialog = PasswordDialog(stage.client, stage.look, stage.asks, window)
    dialog.show()
    yield dialog
    dialog.close()
    dialog.deleteLater()


def answer(stage: OfficeStage, make: Callable[[], object] = Success, code: Code | None = None) -> object:
    """Answer the one call that waits; its body."""
    ((ask, call),) = stage.chats.waiting
    stage.chats.waiting.clear()
    stage.asks.take([Outcome(ask, call.about, make() if code is None else None, code=code)])
    return call.body


def typed(dialog: PasswordDialog, old: str, new: str, again: str) -> None:
    for field, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        field.edit.setText(text)


def test_the_old_one_and_the_new_one_twice(stage: OfficeStage, password: PasswordDialog) -> None:
    button = password.main_button
    assert button is not None
    assert not button.isEnabled()
    typed(password, OLD, NEW, NEW)
    assert button.isEnabled()
    QTest.keyClick(password.again.edit, Qt.Key.Key_Return)
    assert not button.isEnabled()
    assert answer(stage) == PasswordChange(old_password=OLD, new_password=NEW)
    assert "is changed" in password.note.text()
    assert not any(field.isVisible() for field in (password.old, password.new, password.again))
    close = password.focusWidget()
    assert isinstance(close, QPushButton)
    assert close.accessibleDescription() == password.note.text()
    assert [field.text() for field in (password.old, password.new, password.again)] == ["", "", ""]
    QTest.keyClick(close, Qt.Key.Key_Return)
    assert password.isHidden()


def test_what_is_too_short_or_not_the_same_is_not_sent(stage: OfficeStage, password: PasswordDialog) -> None:
    typed(password, OLD, "short", "short")
    password.submit()
    assert password.new.error.text() == "At least 8 characters."
    typed(password, OLD, NEW, NEW + "x")
    password.submit()
    assert password.new.error.text() == ""
    assert password.again.error.text() == "This is not the same."
    assert not stage.chats.waiting


def test_a_wrong_old_one_is_said_at_its_field(stage: OfficeStage, password: PasswordDialog) -> None:
    typed(password, "wrong", NEW, NEW)
    password.submit()
    answer(stage, code=Code.WRONG_PASSWORD)
    assert password.isVisible()
    assert password.old.error.text() == "The password is wrong."
    assert password.error.isHidden()
    password.submit()
    answer(stage, code=Code.UNREACHABLE)
    assert password.error.isVisible()


def device(number: int, **more: object) -> Device:
    said = {"name": f"Device {number}", "connected": False, "current": False, **more}
    return made(Device, id=str(number), signed_in_at=NOON - 50 * HOUR, last_used_at=NOON - 3 * HOUR, **said)


def test_devices_are_listed_and_ended(stage: OfficeStage, window: QWidget) -> None:
    dialog = DevicesDialog(stage.client, stage.look, stage.asks, stage.clock, window)
    dialog.show()
    three = [device(1, current=True, connected=True), device(2, connected=True), device(3, name=None)]
    answer(stage, lambda: DevicesList(devices=three))
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert [
        word in " ".join(said) for word in ("This device ·", "Connected now ·", "Last used 3 h ago ·")
    ] == [True] * 3
    assert "A device without a name" in said
    assert list(dialog.ends) == ["2", "3"]
    assert dialog.ends["2"].accessibleName() == "Sign out on Device 2"
    dialog.ends["2"].click()
    assert not dialog.ends["3"].isEnabled()
    answer(stage)
    answer(stage, lambda: DevicesList(devices=[three[0], three[2]]))
    assert list(dialog.ends) == ["3"]
    dialog.ends["3"].click()
    answer(stage, code=Code.UNREACHABLE)
    assert dialog.error.isVisible()
    assert dialog.ends["3"].isEnabled()
    dialog.close()
    dialog.deleteLater()
