"""The window for everybody: themes, keyboard alone, names for screen readers, small windows, a crash in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.hosting import HostReport, HostState, HostTrouble
from presence_desktop.gui.language import Language
from presence_desktop.gui.theme import DARK, LIGHT, Scheme
from tests.gui.scene import NAMES, SERVER, Scene, shows


def test_themes_change_while_running(scene: Scene) -> None:
    scene.window.choose_scheme(Scheme.DARK)
    assert scene.look.palette is DARK
    scene.window.choose_scheme(Scheme.LIGHT)
    assert scene.look.palette is LIGHT


def test_everything_that_takes_the_keyboard_has_a_name(scene: Scene) -> None:
    scene.sign_in()
    scene.lose_link()
    controls = (QAbstractButton, QLineEdit, QComboBox, QTableView)
    nameless = [
        widget
        for widget in scene.window.findChildren(QWidget)
        if isinstance(widget, controls)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert [f"{widget} in {widget.parent()}" for widget in nameless] == []


def test_what_is_chosen_from_has_a_label_and_a_mark_in_a_field_a_name(scene: Scene) -> None:
    """On Linux a list's own name is what is chosen in it: only its label tells what it is about."""
    scene.sign_in()
    window = scene.window
    window.ways.open_settings()
    assert len(window.all_pages) > 5
    labelled = {label.buddy() for label in window.findChildren(QLabel)}
    assert [one.objectName() for one in window.findChildren(QComboBox) if one not in labelled] == []
    marks = [action for edit in window.findChildren(QLineEdit) for action in edit.actions()]
    assert len(marks) > 3
    assert all(mark.text() for mark in marks)
    sign_out = window.findChild(QAbstractButton, "set-sign-out")
    assert sign_out is not None
    assert sign_out.accessibleName() == "Signed in, Sign out"


def test_screen_readers_are_told_of_everybody(scene: Scene) -> None:
    scene.sign_in()
    table = QAccessible.queryAccessibleInterface(scene.window.people.contacts.view)
    cells = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    assert {cell.split(",")[0] for cell in cells if cell} == set(NAMES)


def test_the_whole_way_by_keyboard(scene: Scene, qtbot: QtBot) -> None:
    window = scene.window
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_welcome()
    reached = []
    for _ in range(6):
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
        reached.append(QGuiApplication.focusObject().objectName())
    assert reached[:5] == ["settings", "choice-host", "choice-join", "choice-demo", "sign-in-link"]
    window.welcome.join.setFocus()
    qtbot.keyClick(window.welcome.join, Qt.Key.Key_Space)
    assert shows(scene, window.join)
    assert window.join.server.edit.hasFocus()


@pytest.fixture
def seen(scene: Scene, qtbot: QtBot) -> Scene:
    scene.window.show()
    qtbot.waitExposed(scene.window)
    return scene


def test_enter_presses_what_has_the_keyboard_and_escape_goes_back(seen: Scene, qtbot: QtBot) -> None:
    window = seen.window
    window.welcome.join.setFocus()
    qtbot.keyClick(window.welcome.join, Qt.Key.Key_Return)
    assert shows(seen, window.join)
    qtbot.keyClick(window.join.server.edit, Qt.Key.Key_Escape)
    assert shows(seen, window.welcome)
    window.welcome.host.setFocus()
    qtbot.keyClick(window.welcome.host, Qt.Key.Key_Enter)
    assert shows(seen, window.host_form)
    window.host_form.reachable.setFocus()
    qtbot.keyClick(window.host_form.reachable, Qt.Key.Key_Return)
    assert window.host_form.reachable.isChecked()
    assert window.host_form.username.error.text()  # it was submitted
    window.host_form.back_button.setFocus()
    qtbot.keyClick(window.host_form.back_button, Qt.Key.Key_Return)
    assert shows(seen, window.welcome)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.KOREAN])
def test_at_its_smallest_every_page_fits(seen: Scene, qtbot: QtBot, language: Language) -> None:
    window = seen.window
    window.choose_language(language)
    window.resize(1, 1)
    seen.sign_in()
    window.show_hosting(HostReport(HostState.RUNNING, SERVER, SERVER))
    qtbot.waitUntil(lambda: window.size() == window.minimumSize())
    for page in window.all_pages:
        window.pages.setCurrentWidget(page)
        QGuiApplication.processEvents()
        scroll = page.findChild(QScrollArea)
        if scroll is not None:
            assert scroll.widget().width() <= scroll.viewport().width(), type(page).__name__
    assert window.people.minimumSizeHint().width() <= window.width()
    assert not window.people.card.isVisible()
    seen.lose_link()
    window.show_hosting(HostReport(HostState.FAILED, trouble=HostTrouble.ENDED))
    seen.feed(incoming.SecretsUnavailable())
    QGuiApplication.processEvents()
    selector = window.people.selector
    assert selector.height() >= selector.minimumSizeHint().height()
    window.resize(800, 600)
    qtbot.waitUntil(window.people.card.isVisible)


def test_the_window_can_be_closed_while_the_link_is_lost(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in()
    scene.lose_link()
    with qtbot.waitSignal(scene.window.closed):
        scene.window.close()
