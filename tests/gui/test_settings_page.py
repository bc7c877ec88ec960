"""Everything that can be set: shown as it is, explained, found by typing, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from presence_desktop.core.device_report import DeviceReport
from presence_desktop.gui.language import Language
from presence_desktop.gui.settings.held import Held
from presence_desktop.gui.settings.page import SettingsPage
from presence_desktop.gui.settings.row import Row
from presence_desktop.gui.theme import Scheme
from tests.gui.scene import Scene, shows
from tests.gui.test_language import describe, is_cut

ALL = Held(notices=True, texts=False, closing="system", autostart=False, nearby=True)


@pytest.fixture
def page(talking: Scene) -> SettingsPage:
    return opened(talking, ALL)


def opened(scene: Scene, held: Held) -> SettingsPage:
    scene.window.ways.held = lambda: held
    scene.window.show()
    scene.window.ways.open_settings()
    page = scene.window.ways.settings_page
    assert page is not None
    return page


def shown(page: SettingsPage) -> list[str]:
    return [row.title.text() for row in page.findChildren(Row) if row.isVisible()]


def test_what_holds_is_shown(page: SettingsPage) -> None:
    assert page.theme.list.currentData() == "light"
    assert page.language.list.currentData() == "en"
    assert page.notices.box.isChecked()
    assert not page.texts.box.isChecked()
    assert page.closing.list.currentData() == "system"
    assert not page.autostart.box.isChecked()


def test_each_setting_has_a_name_and_a_line(page: SettingsPage) -> None:
    for row in page.findChildren(Row):
        assert row.title.text()
        assert row.words.text()
        assert row.control.accessibleName().startswith(row.title.text())


def test_what_cannot_be_set_here_is_not_shown(scene: Scene) -> None:
    page = opened(scene, Held())
    assert shown(page) == ["Theme", "Language", "Keyboard shortcuts"]


def test_who_hosts_finds_the_server(talking: Scene) -> None:
    talking.window.ways.hosting = True
    assert "Your server" in shown(opened(talking, ALL))


def test_what_is_chosen_is_told(talking: Scene, page: SettingsPage) -> None:
    told: list[tuple[str, object]] = []
    talking.window.ways.setting_chosen.connect(lambda name, value: told.append((name, value)))
    page.notices.box.click()
    page.texts.box.click()
    page.autostart.box.click()
    page.closing.list.setCurrentIndex(2)
    page.closing.list.activated.emit(2)
    assert told == [("notices", False), ("autostart", True), ("closing", "quit")]  # texts means nothing now
    page.notices.box.click()
    page.texts.box.click()
    assert told[3:] == [("notices", True), ("texts", True)]


def test_the_look_and_the_language_change_at_once(talking: Scene, page: SettingsPage, qtbot: QtBot) -> None:
    page.theme.list.setCurrentIndex(page.theme.list.findData("dark"))
    page.theme.list.activated.emit(page.theme.list.currentIndex())
    assert talking.look.scheme is Scheme.DARK
    page.language.list.setCurrentIndex(page.language.list.findData("ko"))
    page.language.list.activated.emit(page.language.list.currentIndex())
    qtbot.waitUntil(lambda: page.headline.text() == "설정")
    assert page.theme.list.currentData() == "dark"
    assert page.language.list.currentData() == "ko"
    assert page.closing.list.currentText() == "트레이가 없으면 종료"


@pytest.mark.parametrize(
    ("tray", "hosting", "words", "offered"),
    [
        (True, False, "stay online", ["Go on in the tray", "Always go on", "Quit"]),
        (False, False, "minimised window", ["Quit without a tray", "Go on minimised", "Quit"]),
        (False, True, "while your server runs", ["Quit without a tray", "Go on minimised", "Quit"]),
    ],
)
def test_closing_is_explained_as_it_comes_out_here(
    talking: Scene, tray: bool, hosting: bool, words: str, offered: list[str]
) -> None:
    talking.window.ways.device = lambda: DeviceReport(tray=tray)
    talking.window.ways.hosting = hosting
    page = opened(talking, ALL)
    assert words in page.closing.words.text()
    assert [page.closing.list.itemText(row) for row in range(page.closing.list.count())] == offered
    assert page.closing.list.currentData() == "system"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("theme", ["Theme"]),
        ("WINDOW", ["When the window is closed"]),
        ("notif", ["Tell me about messages", "Show what was written"]),
        ("busy", ["Tell me about messages"]),
        ("sign out nonsense", []),
    ],
)
def test_settings_are_found_by_what_they_do(page: SettingsPage, text: str, found: list[str]) -> None:
    QTest.keyClicks(page.search, text)
    assert shown(page) == found
    assert page.nothing.isVisible() is not bool(found)


def test_escape_empties_the_search_then_leads_back(talking: Scene, page: SettingsPage) -> None:
    QTest.keyClicks(page.search, "theme")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert shows(talking, page)
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert shows(talking, talking.window.people)


def test_before_signing_in_it_leads_back_to_where_one_was(scene: Scene) -> None:
    page = opened(scene, Held())
    page.back.emit()
    assert shows(scene, scene.window.welcome)


def test_buttons_lead_on(talking: Scene, page: SettingsPage) -> None:
    page.why.button.click()
    assert talking.window.pages.currentWidget() is talking.window.ways.status_page
    talking.window.ways.open_settings()
    page.keys.button.click()
    assert talking.window.ways.sheet is not None
    talking.window.ways.sheet.reject()
    page.sign_out.button.click()
    assert ("sign_out",) in talking.gateway.asked


def test_the_gear_leads_here(talking: Scene) -> None:
    talking.window.show()
    talking.window.people.settings_button.settings_asked.emit()
    assert talking.window.pages.currentWidget() is talking.window.ways.settings_page is not None


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.KOREAN])
@pytest.mark.parametrize("size", [(360, 640), (980, 660)])
def test_no_text_is_cut_off(
    talking: Scene, page: SettingsPage, qapp: QApplication, language: Language, size: tuple[int, int]
) -> None:
    talking.window.choose_language(language)
    talking.window.resize(*size)
    cut = []
    for show in (talking.window.ways.open_settings, talking.window.ways.open_status_page):
        show()
        for _ in range(5):
            qapp.processEvents()
        view = talking.window.pages.currentWidget()
        assert view is not None
        cut += [describe(label) for label in view.findChildren(QLabel) if is_cut(label)]
        cut += [describe(button) for button in view.findChildren(QPushButton) if is_cut(button)]
    assert cut == []


def test_password_and_devices_are_behind_buttons(talking: Scene, page: SettingsPage, qtbot: QtBot) -> None:
    for row, title in ((page.password, "Change your password"), (page.devices, "Where you are signed in")):
        row.button.click()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        assert dialog.windowTitle() == title
        dialog.reject()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
