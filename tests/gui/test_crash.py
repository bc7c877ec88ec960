"""What nobody expected, wherever it happens: logged, shown once in words, reported without secrets; the app goes on."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from presence_desktop.core import incoming
from presence_desktop.gui import crash
from presence_desktop.gui.crash import MOST_BOXES, CrashReporter
from presence_desktop.gui.crash_report import KEPT_LINES, LogTail, without_secrets
from presence_desktop.net.workers import Worker
from presence_desktop.protocol.events import HeartbeatAck
from tests.gui.scene import ME, NAMES, SERVER, Scene, directory, link_up, picture, shows

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl"


@pytest.fixture
def reporter(scene: Scene) -> Iterator[CrashReporter]:
    """Installed, with the window in view; what a test's own tools caught before is put back."""
    hooks = sys.excepthook, threading.excepthook
    scene.window.show()
    made = CrashReporter()
    made.window = scene.window
    made.install()
    yield made
    made.remove()
    sys.excepthook, threading.excepthook = hooks
    if made.box is not None:
        made.box.close()
    made.deleteLater()


def fail(words: str = "inner words") -> None:
    raise ZeroDivisionError(words)


def shown(reporter: CrashReporter, qtbot: QtBot) -> str:
    """What the box says, once it is there."""
    qtbot.waitUntil(lambda: reporter.box is not None)
    assert reporter.box is not None
    return reporter.box.text() + reporter.box.informativeText()


def copied(reporter: CrashReporter) -> str:
    assert reporter.box is not None
    next(button for button in reporter.box.buttons() if button.text() == "Copy report").click()
    assert reporter.box.isVisible()
    return QGuiApplication.clipboard().text()


def in_a_slot(parent: QWidget) -> None:
    QTimer.singleShot(0, parent, fail)


def in_a_thread(parent: QWidget) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def in_a_worker(parent: QWidget) -> None:
    worker = Worker("calls")
    worker.do(fail)
    done = threading.Event()
    worker.do(done.set)
    assert done.wait(10), "the worker goes on"
    worker.stop()
    worker.join(5)


class Picture(QWidget):
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        fail()


def in_painting(parent: QWidget) -> None:
    Picture(parent).show()


@pytest.mark.parametrize("where", [in_a_slot, in_a_thread, in_a_worker, in_painting])
@pytest.mark.qt_no_exception_capture
def test_wherever_it_happens_it_is_shown_in_words_and_the_app_goes_on(
    scene: Scene, reporter: CrashReporter, qtbot: QtBot, where: object
) -> None:
    assert callable(where)
    where(scene.window)
    words = shown(reporter, qtbot)
    assert "inner words" not in words
    assert "Traceback" not in words
    text = copied(reporter)
    assert "ZeroDivisionError: inner words" in text
    assert all(part in text for part in ("Presence Desktop ", "Python ", "Qt ", "The log's last lines:"))
    ticks = []
    QTimer.singleShot(0, scene.window, lambda: ticks.append(1))
    qtbot.waitUntil(lambda: bool(ticks))


def test_a_piece_of_news_that_fails_costs_itself_alone_and_is_shown(
    scene: Scene, reporter: CrashReporter, qtbot: QtBot
) -> None:
    def failing(_item: incoming.Acked, _out: object) -> None:
        fail()

    scene.client._on[incoming.Acked] = failing
    ack = incoming.Acked(HeartbeatAck(timestamp=1))
    scene.feed(incoming.SignedIn(SERVER, ME), ack, link_up(), picture(NAMES), ack, directory(NAMES))
    assert shows(scene, scene.window.people)
    assert {contact.username for contact in scene.client.roster} >= set(NAMES)
    shown(reporter, qtbot)
    assert "ZeroDivisionError: inner words" in copied(reporter)


@pytest.mark.qt_no_exception_capture
def test_a_storm_of_the_same_is_one_box_and_few_lines_in_the_log(
    reporter: CrashReporter, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(1000):
        caught(reporter, 1)
    shown(reporter, qtbot)
    assert [record.getMessage() for record in caplog.records] == [
        f"unexpected (time {times})" for times in (1, 10, 100, 1000)
    ]
    assert reporter.box is not None
    reporter.box.close()
    caught(reporter, 1)
    QGuiApplication.processEvents()
    assert reporter.box is None


def caught(reporter: CrashReporter, kind: int) -> None:
    """One of several faults that differ by their place."""
    try:
        exec(compile("\n" * kind + "raise ValueError('no')", f"fault {kind}", "exec"), {})
    except ValueError as error:
        reporter.caught(type(error), error, error.__traceback__)


def test_not_more_than_a_few_boxes_come_in_a_run(reporter: CrashReporter, qtbot: QtBot) -> None:
    for number in range(MOST_BOXES + 2):
        caught(reporter, number)
        QGuiApplication.processEvents()
        assert (reporter.box is not None) is (number < MOST_BOXES)
        if reporter.box is not None:
            reporter.box.close()


def test_while_one_is_read_no_other_covers_it(reporter: CrashReporter, qtbot: QtBot) -> None:
    caught(reporter, 1)
    shown(reporter, qtbot)
    first = reporter.box
    caught(reporter, 2)
    QGuiApplication.processEvents()
    assert reporter.box is first


def test_endless_kinds_of_faults_do_not_fill_the_memory(
    reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(crash, "_MOST_FAULTS", 3)
    for number in range(6):
        caught(reporter, number)
    assert len(caplog.records) == 3


def test_ctrl_c_is_no_crash(reporter: CrashReporter) -> None:
    reporter.caught(KeyboardInterrupt, KeyboardInterrupt(), None)
    QGuiApplication.processEvents()
    assert reporter.box is None


def test_an_app_that_cannot_start_says_so(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    alone = CrashReporter()
    seen = []

    def read() -> None:
        assert alone.box is not None
        seen.append(alone.box.text() + alone.box.informativeText())
        alone.box.close()

    QTimer.singleShot(100, alone, read)
    assert alone.attempt(fail) is None
    assert alone.attempt(lambda: 7) == 7
    assert ["cannot start" in words and "inner words" not in words for words in seen] == [True]


def test_the_report_has_the_logs_tail_without_secrets(
    scene: Scene, reporter: CrashReporter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    logging.getLogger("presence_desktop.somewhere").warning("the link was lost\nand more")
    try:
        raise ValueError(f"Bearer {TOKEN} of mina@example.org in {Path.home()}/x, password='hunter22'")
    except ValueError as error:
        reporter.caught(type(error), error, error.__traceback__)
    shown(reporter, qtbot)
    text = copied(reporter)
    assert "presence_desktop.somewhere: the link was lost\n" in text
    assert not any(secret in text for secret in (TOKEN, "hunter22", "mina@", str(Path.home())))


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {TOKEN}",
        f"token={TOKEN}",
        '{"refreshToken": "hunter22", "x": 1}',
        "{'password': 'hunter22'}",
        "presence://join/?server=a&invite=hunter22&key=00",
        "text\n  Field required [type=missing, input_value={'text': 'hunter22'}, input_type=dict]",
        "secret=hunter22;",
        "hunter22@example.org",
    ],
)
def test_secrets_are_left_out(text: str) -> None:
    said = without_secrets(text)
    assert "hunter22" not in said
    assert TOKEN not in said


def test_what_is_no_secret_stays() -> None:
    text = 'File "/usr/lib/x.py", line 3, in token_of\n    return pairs[0]\nKeyError: 0'
    assert without_secrets(text) == text


def test_the_tail_is_bounded() -> None:
    tail = LogTail()
    for number in range(KEPT_LINES + 5):
        tail.handle(logging.LogRecord("x", logging.INFO, "", 0, "line %d " + "y" * 1000, (number,), None))
    lines = tail.text().splitlines()
    assert len(lines) == KEPT_LINES
    assert "line 5 " in lines[0]
    assert max(map(len, lines)) <= 500
