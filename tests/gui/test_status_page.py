"""Why one looks away: the answer, the facts, and the copy."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.device_report import DeviceReport, Seen, Sight
from presence_desktop.core.hush import Hush
from presence_desktop.core.quiet import Cause, Quiet
from presence_desktop.core.working_hours import Span
from presence_desktop.gui.hush_words import hush_words
from presence_desktop.gui.language import Language
from presence_desktop.gui.status_facts import Part, answer, parts
from presence_desktop.gui.status_page import StatusPage
from presence_desktop.protocol.events import HeartbeatAck
from presence_desktop.protocol.status import Reason, Status
from tests.gui.scene import ME, NOON, SERVER, Scene, shows

REPORT = DeviceReport(
    "x11",
    734,
    False,
    True,
    (Sight(NOON - 300_000, Seen.LEFT), Sight(NOON - 900_000, Seen.WOKE)),
    True,
    True,
    True,
)


@pytest.fixture
def page(scene: Scene) -> StatusPage:
    scene.sign_in()
    scene.window.ways.device = lambda: REPORT
    scene.window.show()
    scene.window.ways.open_status_page()
    page = scene.window.ways.status_page
    assert page is not None
    return page


def values(told: tuple[Part, ...]) -> dict[str, str]:
    return {fact.name: fact.value for part in told for fact in part.facts}


def look_away(scene: Scene, reason: Reason | None) -> None:
    scene.client.own.shown, scene.client.own.reason = Status.AWAY, reason


def test_each_reason_has_its_answer(scene: Scene) -> None:
    scene.sign_in()
    answers = [answer(scene.client, REPORT)]
    for reason in (Reason.IDLE, Reason.LOCKED, None):
        look_away(scene, reason)
        answers.append(answer(scene.client, REPORT))
    look_away(scene, Reason.IDLE)
    answers.append(answer(scene.client, DeviceReport()))
    scene.client.set_status(Status.BUSY)
    answers.append(answer(scene.client, REPORT))
    scene.lose_link()
    answers.append(answer(scene.client, REPORT))
    assert len(set(answers)) == 7


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (3_700_000, "This computer's is 62 min behind the server's"),
        (-3_700_000, "This computer's is 62 min ahead of the server's"),
        (-119_000, "This computer's is 119.0 s ahead of the server's"),
    ],
)
def test_clocks_far_apart_are_told_in_minutes(scene: Scene, page: StatusPage, apart: int, said: str) -> None:
    scene.feed(incoming.Acked(HeartbeatAck(timestamp=scene.clock.now() + apart)))
    assert values(parts(scene.client, REPORT, Hush(), scene.clock.now()))["Clocks"] == said


def test_the_computer_the_link_and_the_desktop_are_told(scene: Scene, page: StatusPage) -> None:
    scene.clock.moment += 30
    scene.feed(incoming.Acked(HeartbeatAck(timestamp=scene.clock.now() + 2_000)))
    told = values(parts(scene.client, REPORT, Hush(), scene.clock.now()))
    assert told["Told by"] == "The X server"
    assert told["Last used"] == "12 min ago"
    assert told["Counts as away after"] == "5 min without keyboard and mouse; the server decides"
    assert told["Answers within"] == "30 ms"
    assert told["Clocks"] == "This computer's is 2.0 s behind the server's"
    assert told["Keyring"] == "Keeps you signed in"
    assert "Nobody had used it for a while" in told.values()


def test_why_nothing_pops_up_and_until_when(talking: Scene) -> None:
    client, now = talking.client, talking.clock.now()

    def told(hush: Hush) -> dict[str, str]:
        return dict(hush_words(client, hush, now))

    assert told(Hush()) == {
        "Now": "direct messages and mentions pop up",
        "May break through": "nobody",
        "Muted conversations": "1",
    }
    whole = [
        told(Hush(on=False, quiet=Quiet(Cause.PAUSE, now + 1))),
        told(Hush(quiet=Quiet(Cause.PAUSE, now + 60_000), through=2)),
        told(Hush(quiet=Quiet(Cause.HOURS, now + 60_000), hours=True, today=Span(540, 1080))),
        told(Hush(quiet=Quiet(Cause.HOURS, None), hours=True)),
    ]
    client.set_status(Status.BUSY)
    whole.append(told(Hush(hours=True, today=Span(22 * 60, 6 * 60))))
    client.set_status(Status.BUSY, now + 60_000)
    whole.append(told(Hush()))
    assert len({one["Now"] for one in whole}) == len(whole)
    assert all(one["Now"].startswith("nothing pops up") for one in whole)
    assert "May break through" not in whole[0]
    assert whole[1]["May break through"] == "2"
    assert whole[3]["Working hours"] == "none today"
    assert "9:00" in whole[2]["Working hours"]
    assert whole[4]["Working hours"].endswith("tomorrow")


def test_what_is_wrong_is_marked(scene: Scene) -> None:
    scene.sign_in()
    scene.lose_link()
    poor = DeviceReport(notifications=False, keyring=False)
    marked = {
        fact.name for part in parts(scene.client, poor, Hush(), NOON) for fact in part.facts if fact.warning
    }
    assert marked == {"Status", "Told by", "State", "Notifications", "Keyring"}


def test_fonts_that_are_missing_are_named(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def warnings() -> dict[str, str]:
        told = parts(scene.client, REPORT, Hush(), NOON)
        return {fact.name: fact.value for part in told for fact in part.facts if fact.warning}

    scene.sign_in()
    assert "Korean letters" not in warnings()
    assert "Emoji in colour" not in warnings()
    monkeypatch.setattr(QFontDatabase, "families", lambda *_which: [])
    assert "Noto Sans CJK KR" in warnings()["Korean letters"]
    assert "Noto Color Emoji" in warnings()["Emoji in colour"]


def test_it_is_told_anew_while_one_looks(scene: Scene, page: StatusPage, qtbot: QtBot) -> None:
    labels = page.findChildren(QLabel)
    scene.window.ways.device = page.device = lambda: DeviceReport(
        "x11", 7, False, True, REPORT.seen, True, True, True
    )
    qtbot.waitUntil(lambda: any(label.text() == "7 s ago" for label in labels), timeout=3000)
    scene.lose_link()
    qtbot.waitUntil(lambda: page.status.text() == "Unknown", timeout=3000)


def test_all_of_it_is_copied_and_nothing_that_names_anybody(page: StatusPage) -> None:
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "Why do I look away?" in text
    assert "Told by: The X server" in text
    assert not any(secret in text for secret in (ME.email, ME.username, SERVER))
    assert page.copy.text() == "Copied"


def test_it_speaks_the_language_in_force(scene: Scene, page: StatusPage, qtbot: QtBot) -> None:
    scene.window.choose_language(Language.KOREAN)
    qtbot.waitUntil(lambda: page.headline.text() == "왜 자리 비움으로 보이나요?")
    page.tell()
    assert any(label.text() == "X 서버" for label in page.findChildren(QLabel))


def test_escape_leads_back_and_a_new_link_does_not_lead_away(scene: Scene, page: StatusPage) -> None:
    scene.lose_link()
    scene.sign_in()
    assert shows(scene, page)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert shows(scene, scene.window.people)
    scene.window.ways.open_status_page()
    assert scene.window.ways.status_page is page
