"""Whoever stops the server while others are connected is asked once, and finds the way to start it again."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from presence_desktop.app.background import Background
from presence_desktop.core import incoming
from presence_desktop.core.hosting import HostReport, HostState, HostTrouble
from presence_desktop.gui.language import Language
from presence_desktop.gui.tray import Tray
from presence_desktop.protocol.status import Status
from tests.gui.scene import NAMES, SERVER, Scene, status_of

RUNNING = HostReport(HostState.RUNNING, SERVER, SERVER)
STOPPED = HostReport(HostState.STOPPED, SERVER)
HERE = sum(status_of(place) is not Status.OFFLINE for place in range(len(NAMES)))


class Answer:
    """Answers the question that comes, and keeps its words."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def when_asked(self, *, yes: bool, press: Callable[[], object]) -> None:
        """Do what leads to the question."""
        QTimer.singleShot(0, lambda: self._answer(yes))
        press()

    def _answer(self, yes: bool) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        self.said.append(f"{box.text()} {box.informativeText()}")
        role = QMessageBox.ButtonRole.DestructiveRole if yes else QMessageBox.ButtonRole.RejectRole
        next(button for button in box.buttons() if box.buttonRole(button) is role).click()


@pytest.fixture
def answer(qapp: QApplication) -> Answer:
    return Answer()


@pytest.fixture
def hosting(scene: Scene) -> Scene:
    """Signed in to the server on this computer, others with it."""
    scene.sign_in()
    scene.window.show()
    scene.window.show_hosting(RUNNING)
    return scene


@pytest.fixture
def beside(hosting: Scene) -> Iterator[Background]:
    made = Background(hosting.window, Tray(hosting.window.accounts, hosting.look))
    yield made
    hosting.window.may_close = None
    made.end()


def test_stopping_asks_once_with_how_many_lose_the_connection(hosting: Scene, answer: Answer) -> None:
    page, stops = hosting.window.hosting, []
    page.stop_asked.connect(lambda: stops.append(1))
    answer.when_asked(yes=False, press=page.running.stop.click)
    assert stops == []
    answer.when_asked(yes=True, press=page.running.stop.click)
    assert stops == [1]
    assert f"{HERE} other people are connected" in answer.said[0]


def test_nobody_is_asked_where_nobody_else_is_there(scene: Scene) -> None:
    scene.sign_in(())
    scene.window.show_hosting(RUNNING)
    page, stops = scene.window.hosting, []
    page.stop_asked.connect(lambda: stops.append(1))
    page.running.stop.click()
    assert stops == [1]
    page.server.connected = 2  # somebody who appears offline is counted by the server alone
    assert scene.window.looking_after.others == 1
    scene.window.show_hosting(STOPPED)
    assert scene.window.looking_after.others == 0


def test_quitting_asks_too_and_a_signal_does_not(
    hosting: Scene, beside: Background, answer: Answer, qtbot: QtBot
) -> None:
    window = hosting.window
    answer.when_asked(yes=False, press=window.quit)
    assert window.isVisible()
    assert answer.said[0].startswith(
        "Quit, and stop the server for everybody? The server on this computer ends"
    )
    beside.closing = "quit"
    answer.when_asked(yes=False, press=window.close)
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        beside.quit_at_once()
    assert len(answer.said) == 2


def test_quitting_from_the_tray_brings_the_window_with_the_question(
    hosting: Scene, beside: Background, answer: Answer, qtbot: QtBot
) -> None:
    hosting.window.hide()
    with qtbot.waitSignal(hosting.window.closed):
        answer.when_asked(yes=True, press=hosting.window.quit)


def test_what_asked_is_gone_with_the_answer(hosting: Scene, beside: Background, answer: Answer) -> None:
    def rest() -> int:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(hosting.window.findChildren(QObject))

    before = 0
    for times in range(3):
        answer.when_asked(yes=False, press=hosting.window.hosting.running.stop.click)
        answer.when_asked(yes=False, press=hosting.window.quit)
        before = before if times else rest()  # the first question has made what stays
    assert rest() == before


def test_one_question_is_open_at_a_time(hosting: Scene, beside: Background, answer: Answer) -> None:
    def twice() -> None:
        QTimer.singleShot(0, hosting.window.quit)
        hosting.window.quit()

    answer.when_asked(yes=False, press=twice)
    QApplication.processEvents()
    assert len(answer.said) == 1


def test_a_stopped_server_is_started_again_where_it_is_missed(hosting: Scene, qtbot: QtBot) -> None:
    window, people = hosting.window, hosting.window.people
    strip, banner = people.host_strip, people.banner
    window.show_hosting(STOPPED)
    hosting.lose_link()
    assert strip.isVisible()
    assert banner.isHidden(), "one strip says why"
    assert strip.words.text().startswith("The server on this computer is stopped.")
    with qtbot.waitSignal(window.looking_after.start_asked):
        strip.start.click()
    window.show_hosting(HostReport(HostState.STARTING, SERVER))
    assert strip.isHidden()
    assert banner.isVisible()
    window.show_hosting(HostReport(HostState.FAILED, SERVER, trouble=HostTrouble.PORT_BUSY, detail="3001"))
    assert strip.start.isVisible()
    assert banner.isHidden()
    strip.button.click()
    assert window.pages.currentWidget() is window.hosting


def test_the_stopped_server_of_another_account_is_no_news(scene: Scene) -> None:
    scene.sign_in()
    scene.window.show_hosting(HostReport(HostState.STOPPED, "http://127.0.0.1:4001"))
    scene.lose_link()
    assert scene.window.people.host_strip.isHidden()
    assert not scene.window.people.banner.isHidden()
    scene.feed(incoming.SignedOut())


def test_the_keyboard_follows_what_is_to_be_done_next(hosting: Scene, answer: Answer) -> None:
    window, page = hosting.window, hosting.window.hosting
    window.show_own_server()
    page.running.stop.setFocus()
    window.show_hosting(STOPPED)
    assert page.focusWidget() is page.machine.start
    window.show_hosting(HostReport(HostState.STARTING, SERVER))
    window.show_hosting(RUNNING)
    assert page.focusWidget() is page.go_on


def test_the_question_is_asked_in_korean(hosting: Scene, answer: Answer) -> None:
    hosting.languages.choose(Language.KOREAN)
    answer.when_asked(yes=False, press=hosting.window.hosting.running.stop.click)
    assert not any("a" <= letter <= "z" for letter in answer.said[0])
