"""What is chosen in the settings is in force, kept, and shown as it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.app.wiring import Wiring
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.disk.places import Places
from presence_desktop.disk.settings import SettingsFile
from presence_desktop.gui.settings.held import Held
from presence_desktop.gui.words import error_sentence
from presence_desktop.protocol.errors import Code


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    return Places(config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")


@pytest.fixture
def wiring(qapp: QApplication, qtbot: QtBot, home: Places) -> Iterator[Wiring]:
    home.make()
    made = Wiring(qapp, home)
    assert made.around  # the window was painted
    yield made
    made.end()
    made.window.quit()
    made.window.deleteLater()
    made.deleteLater()


def test_what_is_chosen_holds_and_is_kept(wiring: Wiring, home: Places) -> None:
    plain = Held(nearby=True, hours=WorkingHours())
    assert wiring.around.keeping.held() == replace(
        plain, notices=True, texts=True, closing="system", autostart=False
    )
    for name, value in {"notices": False, "texts": False, "closing": "keep", "autostart": True}.items():
        wiring.window.ways.setting_chosen.emit(name, value)
    assert wiring.around.keeping.held() == replace(
        plain, notices=False, texts=False, closing="keep", autostart=True
    )
    assert (wiring.accounts.here.alerts.rules.on, wiring.accounts.here.alerts.texts) == (False, False)
    assert wiring.around.background.closing == "keep"
    kept = SettingsFile(home.settings).load()
    assert (kept.notices.on, kept.notices.texts, kept.closing) == (False, False, "keep")


def test_what_could_not_be_had_is_not_shown_as_if_it_were(wiring: Wiring, tmp_path: Path) -> None:
    (tmp_path / "xdg").write_text("no folder")
    wiring.window.ways.open_settings()
    page = wiring.window.ways.settings_page
    assert page is not None
    page.autostart.box.click()
    assert not page.autostart.box.isChecked()
    assert wiring.around.keeping.held().autostart is False


def test_settings_that_are_nonsense_are_told_on_the_first_page(
    qapp: QApplication, qtbot: QtBot, home: Places
) -> None:
    home.make()
    home.settings.write_bytes(b"\0nonsense")
    wiring = Wiring(qapp, home)
    wiring.begin(demo=False)
    lead = wiring.window.welcome.lead
    qtbot.waitUntil(lambda: lead.text() == error_sentence(Code.SETTINGS_BROKEN))
    assert home.settings.with_name("settings.json.broken").read_bytes() == b"\0nonsense"
    wiring.end()
    wiring.window.quit()
    wiring.window.deleteLater()
    wiring.deleteLater()
