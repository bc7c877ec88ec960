"""What a person decides about a server: the cautious answer is the easy one, and nothing is forgotten by one click."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.join_link import JoinLink, write_join_link
from presence_desktop.core.trust import Guard, Known, MemoryPins, Question
from presence_desktop.gui.lock_mark import LockMark
from presence_desktop.gui.server_key import ServerKeyDialog, is_open
from presence_desktop.gui.trust_dialog import KeyCard, TrustDialog
from presence_desktop.protocol.errors import Code
from tests.gui.scene import ME, Scene, link_up, shows

SERVER = "https://192.168.0.12:3001"
PLAIN = "http://192.168.0.12:3001"
KEY = "0123456789abcdef" * 4


def words_of(dialog: QDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        (Question(SERVER, KEY), "not seen it before"),
        (Question(PLAIN, KEY), "encrypts its connections from now on"),
        (Question(PLAIN, None), "does not encrypt"),
    ],
)
def test_a_question_shows_the_server_and_its_key(scene: Scene, question: Question, word: str) -> None:
    dialog = TrustDialog(scene.look, question, scene.window)
    told = words_of(dialog)
    assert question.server in told
    assert word in told
    assert ("0123  4567  89ab  cdef" in told) is (question.fingerprint is not None)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_are_the_cautious_answer(scene: Scene, qtbot: QtBot, key: Qt.Key) -> None:
    scene.window.show()
    dialog = TrustDialog(scene.look, Question(SERVER, KEY), scene.window)
    answers: list[int] = []
    dialog.finished.connect(answers.append)
    dialog.open()
    qtbot.keyClick(dialog, key)
    assert answers == [0]


def test_yes_takes_a_click(scene: Scene, qtbot: QtBot) -> None:
    scene.window.show()
    dialog = TrustDialog(scene.look, Question(SERVER, KEY), scene.window)
    with qtbot.waitSignal(dialog.accepted):
        dialog.open()
        qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("server", "known", "open_", "word"),
    [
        (SERVER, Known(Guard.KEY, KEY), False, "any other key is refused"),
        (PLAIN, Known(Guard.KEY, KEY), False, "any other key is refused"),
        (SERVER, Known(Guard.SYSTEM), False, "An authority"),
        (PLAIN, Known(Guard.PLAIN), True, "Not encrypted"),
        (SERVER, None, False, "Nothing is known"),
        ("http://127.0.0.1:3001", None, False, "nobody is in between"),
    ],
)
def test_by_what_a_server_is_recognised(
    scene: Scene, server: str, known: Known | None, open_: bool, word: str
) -> None:
    pins = MemoryPins()
    if known is not None:
        pins._known[server] = known
    assert is_open(pins, server) is open_
    dialog = ServerKeyDialog(scene.look, pins, server, scene.window)
    assert word in words_of(dialog)
    assert bool(dialog.findChildren(KeyCard)) is bool(known and known.fingerprint)
    assert dialog.forget.isHidden() is (known is None)


def press(words: str) -> None:
    """Press a button of the box that is open."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == words).click()


@pytest.mark.parametrize(("answer", "forgotten"), [("Forget it", True), ("Cancel", False)])
def test_forgetting_takes_a_second_step(scene: Scene, answer: str, forgotten: bool) -> None:
    pins = MemoryPins()
    pins.trust(SERVER, KEY)
    scene.window.show()
    dialog = ServerKeyDialog(scene.look, pins, SERVER, scene.window)
    dialog.open()
    QTimer.singleShot(0, lambda: press(answer))
    dialog.forget.click()
    assert (pins.known(SERVER) is None) is forgotten
    dialog.close()


def test_the_lock_is_open_only_where_others_could_hear(scene: Scene) -> None:
    pins = MemoryPins()
    mark = LockMark(scene.client, scene.look, pins)
    assert mark.isHidden()
    scene.feed(incoming.SignedIn(PLAIN, ME), link_up())
    mark.refresh()
    assert (mark.isHidden(), mark.button.text()) == (False, "Not encrypted")
    pins.trust(PLAIN, KEY)
    mark.refresh()
    assert mark.isHidden()
    scene.feed(incoming.LinkLost(Code.KEY_CHANGED, "another"))
    mark.refresh()
    assert (mark.isHidden(), mark.button.text()) == (False, "Another key")
    asked: list[str] = []
    mark.asked.connect(asked.append)
    mark.findChild(QPushButton, "lock-mark").click()
    assert asked == [PLAIN]
    mark.deleteLater()


def test_a_changed_key_leads_to_its_page_and_not_past_it(scene: Scene) -> None:
    form = scene.window.sign_in
    form.prefill(SERVER, "a@b.c")
    asked: list[str] = []
    form.key_asked.connect(asked.append)
    assert form.key_button.isHidden()
    form.refuse(Code.KEY_CHANGED)
    assert "does not prove" in form.server.error.text()
    assert not form.key_button.isHidden()
    form.key_button.click()
    assert asked == [SERVER]
    form.set_busy(True)
    assert form.key_button.isHidden()


def fill_in_person(scene: Scene) -> None:
    join = scene.window.join
    scene.window.pages.setCurrentWidget(join)
    for field, text in ((join.username, "Ada"), (join.email, "ada@b.c"), (join.password, "long enough")):
        field.edit.setText(text)


def test_a_pasted_link_fills_in_the_form_and_what_it_says_goes_along(scene: Scene, qtbot: QtBot) -> None:
    link = JoinLink((SERVER, "https://10.0.0.9:3001"), "CODE", KEY, scene.clock.moment + 1000)
    join = scene.window.join
    fill_in_person(scene)
    QApplication.clipboard().setText(f" {write_join_link(link)}\n")
    assert "Paste the invite link" in join.lead.text()
    join.invite.edit.paste()
    join.invite.edit.textEdited.emit(join.invite.edit.text())
    assert (join.server.text(), join.invite.text()) == (SERVER, "CODE")
    assert "Paste" not in join.lead.text()
    join.submit()
    assert scene.gateway.asked == [("register", link, "ada@b.c", "Ada", "long enough")]


def test_another_address_or_code_is_not_the_links_any_more(scene: Scene) -> None:
    join = scene.window.join
    fill_in_person(scene)
    join.follow(JoinLink((SERVER,), "CODE", KEY, 1))
    assert "By this computer's clock" in join.invite.error.text()
    join.submit()  # the clock here may be wrong: the server is asked
    join.refuse(Code.INVITE_EXPIRED)
    assert "By this computer's clock" not in join.invite.error.text()
    join.invite.edit.setText("NEW")
    join.submit()
    assert not join.invite.error.text()
    join.set_busy(False)
    join.server.edit.setText("https://10.0.0.9:3001")
    join.submit()
    assert [asked[1] for asked in scene.gateway.asked] == [
        JoinLink((SERVER,), "CODE", KEY, 1),
        JoinLink((SERVER,), "NEW", KEY),
        JoinLink(("https://10.0.0.9:3001",), "NEW"),
    ]


def test_who_has_an_account_already_signs_in_where_the_link_leads(scene: Scene) -> None:
    join, sign_in = scene.window.join, scene.window.sign_in
    scene.window.open_join(JoinLink((SERVER,), "CODE", KEY))
    join.email.edit.setText("ada@b.c")
    join.other_button.click()
    assert shows(scene, sign_in)
    assert (sign_in.server.text(), sign_in.email.text()) == (SERVER, "ada@b.c")
    sign_in.server.edit.setText("https://10.0.0.9:3001")
    sign_in.other_button.click()
    assert shows(scene, join)
    assert (join.server.text(), join.invite.text()) == (SERVER, "CODE")
    join.clear()
    join.other_button.click()
    assert sign_in.server.text() == "https://10.0.0.9:3001"
    sign_in.other_button.click()
    assert join.server.text() == "https://10.0.0.9:3001"


@pytest.mark.parametrize(
    "code", [Code.INVITE_USED_UP, Code.INVITE_EXPIRED, Code.INVITE_REVOKED, Code.INVITE_UNKNOWN]
)
def test_why_an_invite_does_not_hold_is_said_at_its_field(scene: Scene, code: Code) -> None:
    join = scene.window.join
    join.refuse(code)
    assert join.invite.error.text()
    assert not join.server.error.text()
