"""Looking after a server in the window: invites with link and picture, facts, backups; and the program's own states."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from presence_desktop.core.hosting import HostReport, HostState, HostTrouble
from presence_desktop.core.join_link import JoinLink, read_join_link
from presence_desktop.gui.hosting.page import HostingPage
from presence_desktop.gui.hosting.qr_code import QUIET, QrCode, modules
from presence_desktop.gui.hosting.server_page import ServerPage
from presence_desktop.gui.language import Language
from presence_desktop.protocol.errors import Code
from tests.gui.hosting.stage import DAY, KEY, OfficeStage, invite
from tests.gui.scene import NOON

RUNNING = HostReport(
    HostState.RUNNING,
    "http://127.0.0.1:3001",
    "https://192.168.0.12:3001",
    ("https://10.0.0.7:3001",),
    reachable=True,
    key=KEY,
)


@pytest.fixture
def page(stage: OfficeStage, qtbot: QtBot) -> HostingPage:
    page = HostingPage(stage.look)
    qtbot.addWidget(page)
    page.show_report(RUNNING)
    page.attend(stage.office, None)
    page.show()
    qtbot.waitExposed(page)
    stage.settle()
    return page


def texts(page: HostingPage | ServerPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def button(page: HostingPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_first_invite_is_made_without_a_click_and_holds_all_that_is_needed(
    stage: OfficeStage, page: HostingPage
) -> None:
    page.server.invite_when_ready()
    stage.settle()
    invites = page.server.invites
    link = read_join_link(invites.link.button.text_to_copy)
    servers = ("https://192.168.0.12:3001", "https://10.0.0.7:3001")
    assert link == JoinLink(servers, "K7QM-2XPD-9RTV-HJ4C", KEY, NOON + 7 * DAY)
    assert invites.code.line.text() == "K7QM-2XPD-9RTV-HJ4C"
    assert invites.qr.count == len(modules(invites.link.button.text_to_copy))
    assert invites.qr.isVisible()
    page.server.invite_when_ready()
    assert stage.chats.waiting == []


def test_an_invite_is_made_as_chosen_listed_and_revoked(stage: OfficeStage, page: HostingPage) -> None:
    invites = page.server.invites
    assert "7 more can join · until" in texts(page)
    invites.uses.setCurrentIndex(invites.uses.findData(1))
    invites.ends.setCurrentIndex(0)
    invites.make.click()
    assert invites.make.text() == "One moment…"
    invites.make_one()
    stage.settle()
    assert stage.server.invites[0].uses == 1
    assert stage.server.invites[0].expires_at == NOON + 3_600_000
    number = stage.server.invites[0].id
    button(page, f"revoke-{number}").click()
    stage.settle()
    assert not invites.has_made
    assert (
        page.findChild(QPushButton, f"revoke-{number}") is None
        or not button(page, f"revoke-{number}").isVisible()
    )
    stage.server.invites.clear()
    invites.refresh()
    stage.settle()
    assert "No invite is open." in texts(page)


@pytest.mark.parametrize("state", ["used_up", "expired", "revoked"])
def test_an_invite_that_opens_nothing_any_more_is_handed_out_no_more(
    stage: OfficeStage, page: HostingPage, state: str
) -> None:
    invites = page.server.invites
    invites.make.click()
    stage.settle()
    invites.refresh()
    stage.settle()
    assert invites.has_made
    assert invites.qr.isVisible()
    stage.server.invites[0] = invite(stage.server.invites[0].id, 10, 0, state)
    invites.refresh()
    stage.settle()
    assert not invites.has_made
    assert not invites.qr.isVisible()
    assert not invites.link.isVisible()
    assert invites.make.text() == "Make an invite"


def test_a_refusal_is_told_on_the_card(stage: OfficeStage, page: HostingPage) -> None:
    stage.server.refusing = Code.FORBIDDEN
    page.server.invites.make.click()
    page.server.backups.make.click()
    stage.settle()
    assert (
        page.server.invites.error.text()
        == page.server.backups.error.text()
        == "You are not allowed to do this."
    )
    assert page.server.invites.make.isEnabled()
    assert page.server.backups.make.isEnabled()
    stage.server.refusing = None
    page.server.invites.make.click()
    stage.settle()
    assert page.server.invites.error.isHidden()


def test_facts_and_backups(stage: OfficeStage, page: HostingPage, tmp_path: Path) -> None:
    assert "3 of 8" in texts(page)
    assert "31.0 MB" in texts(page)
    assert "1.2 MB" in page.server.backups.last.text()
    assert page.server.backups.open_folder.isHidden()
    page.attend(stage.office, tmp_path)
    assert page.server.backups.open_folder.isVisible()
    page.server.backups.make.click()
    stage.settle()
    assert "2.3 MB" in page.server.backups.last.text()
    stage.server.backups.clear()
    page.server.look_now()
    stage.settle()
    assert page.server.backups.last.text() == "There is no backup yet."


def test_whoever_joins_is_taken_off_the_open_invite(stage: OfficeStage, page: HostingPage) -> None:
    assert "7 more can join" in texts(page)
    stage.server.invites = [invite(1, 10, 6)]
    page.server.look_now()
    stage.settle()
    assert "7 more can join" in texts(page)
    stage.server.people[99] = stage.server.people[3]
    page.server.look_now()
    stage.settle()
    assert "6 more can join" in texts(page)


def test_the_keyboard_stays_where_something_was_pressed(stage: OfficeStage, page: HostingPage) -> None:
    backups, invites = page.server.backups, page.server.invites
    backups.make.setFocus()
    backups.make.click()
    backups.make.click()
    stage.settle()
    assert page.focusWidget() is backups.make
    assert stage.server.asked.count("POST /api/admin/backup") == 1
    stage.server.invites = [invite(number, 5, 5) for number in (7, 6, 5)]
    invites.refresh()
    stage.settle()
    for place, left in ((1, "revoke-5"), (1, "revoke-7"), (0, "make-invite")):
        revoke = invites._revokes()[place]
        revoke.setFocus()
        revoke.click()
        stage.settle()
        focused = page.focusWidget()
        assert focused is not None
        assert (focused.objectName(), focused.isVisible()) == (left, True)


def test_it_asks_only_while_somebody_looks_and_the_link_is_there(
    stage: OfficeStage, page: HostingPage
) -> None:
    page.hide()
    stage.server.asked.clear()
    assert not page.server._again.isActive()
    stage.lose_link()
    page.server.follow()
    assert "Waiting for the connection" in page.server.nobody.text()
    assert page.server.sign_in.isHidden()
    assert page.server.invites.isHidden()
    page.show()
    page.server.look_now()
    page.server.look_after_people()
    stage.settle()
    assert stage.server.asked == []
    stage.sign_in()
    page.server.follow()
    stage.settle()
    assert "GET /api/admin/server" in stage.server.asked


def test_a_member_is_offered_nothing(stage: OfficeStage, page: HostingPage) -> None:
    stage.sign_in(role="member")
    page.server.follow()
    assert page.server.nobody.text().startswith("The owner of this server and its admins")
    page.attend(None, None)
    assert page.server.nobody.text().startswith("Sign in to this server")
    assert page.server.sign_in.isVisible()
    page.server.invites.make_one()
    page.server.invites.refresh()
    assert stage.chats.waiting == []


def test_a_server_elsewhere_is_looked_after_on_a_page_of_its_own(stage: OfficeStage, qtbot: QtBot) -> None:
    page = ServerPage(stage.look)
    qtbot.addWidget(page)
    page.attend(stage.office)
    page.show()
    qtbot.waitExposed(page)
    stage.settle()
    page.focus()
    page.server.invites.make.click()
    stage.settle()
    link = read_join_link(page.server.invites.link.button.text_to_copy)
    assert link is not None
    assert (link.server, link.key) == (stage.client.server, KEY)
    page.attend(None)
    assert page.server.nobody.isVisible()


def test_what_the_program_does_is_said_in_words(page: HostingPage) -> None:
    assert page.machine.address.line.text() == "https://192.168.0.12:3001"
    assert "10.0.0.7" in page.machine.further.text()
    assert (
        page.running.key.words.text().split() == ["7c1f"] * 16
    )  # whole, in the lines of whoever compares it
    assert page.running.copy_key.text_to_copy == KEY
    page.show_report(HostReport(HostState.RESTARTING, trouble=HostTrouble.KILLED, wait_ms=3_500))
    assert "starts again in 4 s" in page.machine.trouble.text()
    assert page.running.stop.isVisible()
    page.show_report(HostReport(HostState.FAILED, trouble=HostTrouble.GAVE_UP, detail="MemoryError"))
    assert page.machine.trouble.text().endswith("\nMemoryError")
    assert page.running.isHidden()
    page.focus()
    assert page.focusWidget() is page.machine.start


def test_wishes_leave_as_signals(page: HostingPage, qtbot: QtBot) -> None:
    page.running.show_choices(findable=True, autostart=False, stays="tray")
    for box, signal in (
        (page.machine.reachable, page.reach_asked),
        (page.running.findable, page.find_asked),
        (page.running.autostart, page.autostart_asked),
    ):
        with qtbot.waitSignal(signal) as wished:
            box.click()
        assert wished.args == [box.isChecked()]
    with qtbot.waitSignal(page.stop_asked):
        page.running.stop.click()
    page.show_report(HostReport(HostState.STOPPED))
    with qtbot.waitSignal(page.start_asked):
        page.machine.start.click()
    with qtbot.waitSignal(page.back):
        page.go_on.click()


def test_the_log_is_read_and_copied(page: HostingPage) -> None:
    log = page.log
    assert not log.copy.isEnabled()
    log.show_text("one\ntwo")
    assert log.view.isHidden()
    log.toggle.click()
    assert log.view.toPlainText() == "one\ntwo"
    log.show_text("one\ntwo\nthree")
    assert log.view.toPlainText().endswith("three")
    log.copy.click()
    assert QGuiApplication.clipboard().text() == "one\ntwo\nthree"
    assert log.copy.text() == "Copied"
    log.toggle.click()
    assert log.view.isHidden()


def test_everything_is_said_in_korean_too(stage: OfficeStage, page: HostingPage) -> None:
    page.server.invites.make.click()
    stage.settle()
    stage.languages.choose(Language.KOREAN)
    QApplication.processEvents()
    english = [line for line in texts(page).splitlines() if any("a" <= letter <= "z" for letter in line)]
    told = ("http", "MB", "GB", KEY[:4])
    assert [line for line in english if not any(part in line for part in told)] == []


def test_a_code_for_cameras_is_dark_on_light_with_a_quiet_zone(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.show_text("presence://join/?server=https://192.168.0.12:3001")
    code.show()
    qtbot.waitExposed(code)
    image = code.grab().toImage()
    ratio = code.devicePixelRatioF()
    pixels = int(code.width() * ratio / (code.count + 2 * QUIET))
    begin = round((code.width() * ratio - pixels * code.count) / 2)
    for row in range(code.count):
        for column in range(code.count):
            at = image.pixelColor(begin + column * pixels + pixels // 2, begin + row * pixels + pixels // 2)
            assert (at.lightness() < 128) is modules("presence://join/?server=https://192.168.0.12:3001")[
                row
            ][column]
    assert image.pixelColor(begin // 2, begin // 2).lightness() == 255
    code.show_text("")
    assert code.count == 0
