"""A question about a server is asked in the window; after a yes, what was tried is tried again."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.app.trusting import Trusting
from presence_desktop.core import incoming
from presence_desktop.core.trust import Guard, Known, MemoryPins, Question
from presence_desktop.disk.pins import PinFile
from presence_desktop.gui.lock_mark import LockMark
from presence_desktop.protocol.errors import Code
from tests.gui.scene import ME, Scene, link_up

SERVER = "https://192.168.0.12:3001"
PLAIN = "http://192.168.0.12:3001"
KEY = "ab" * 32
ASKED = incoming.SignInFailed(Code.KEY_UNKNOWN, "unknown", Question(SERVER, KEY))


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    staged = Scene(qapp)
    yield staged
    staged.leave()


@pytest.fixture
def pins() -> MemoryPins:
    return MemoryPins()


@pytest.fixture
def trusting(scene: Scene, pins: MemoryPins) -> Trusting:
    made = Trusting(scene.window, pins, scene.look, scene.window)
    made.attend(SimpleNamespace(view=scene.window.account, client=scene.client))  # type: ignore[arg-type]
    return made


def try_to_sign_in(scene: Scene) -> None:
    form = scene.window.sign_in
    scene.window.pages.setCurrentWidget(form)
    form.prefill(SERVER, "sky@example.org")
    form.password.edit.setText("secret")
    form.submit()


def tries(scene: Scene) -> list[tuple[object, ...]]:
    return [asked for asked in scene.gateway.asked if asked[0] == "sign_in"]


def test_after_a_yes_the_key_is_pinned_and_the_sign_in_tried_again(
    scene: Scene, pins: MemoryPins, trusting: Trusting
) -> None:
    try_to_sign_in(scene)
    scene.feed(ASKED)
    assert trusting.dialog is not None
    trusting.dialog.accept()
    assert trusting.dialog is None
    assert pins.known(SERVER) == Known(Guard.KEY, KEY)
    assert tries(scene) == [("sign_in", SERVER, "sky@example.org", "secret")] * 2


def test_after_a_no_nothing_is_known_and_nothing_is_tried(
    scene: Scene, pins: MemoryPins, trusting: Trusting
) -> None:
    try_to_sign_in(scene)
    scene.feed(ASKED)
    assert trusting.dialog is not None
    trusting.dialog.reject()
    trusting.look(scene.client)
    assert trusting.dialog is None
    assert pins.known(SERVER) is None
    assert len(tries(scene)) == 1
    assert scene.window.sign_in.server.error.text()


def test_without_encryption_the_address_says_so(scene: Scene, pins: MemoryPins, trusting: Trusting) -> None:
    try_to_sign_in(scene)
    scene.feed(incoming.SignInFailed(Code.NOT_ENCRYPTED, "plain", Question(PLAIN, None)))
    assert trusting.dialog is not None
    trusting.dialog.accept()
    assert pins.known(PLAIN) == Known(Guard.PLAIN)
    assert tries(scene)[-1] == ("sign_in", PLAIN, "sky@example.org", "secret")


def test_a_link_is_tried_again_after_a_yes(scene: Scene, pins: MemoryPins, trusting: Trusting) -> None:
    scene.feed(incoming.SignedIn(PLAIN, ME), link_up())
    scene.feed(incoming.LinkLost(Code.TLS_REQUIRED, "encrypt", None, Question(PLAIN, KEY)))
    assert trusting.dialog is not None
    trusting.dialog.accept()
    assert pins.known(PLAIN) == Known(Guard.KEY, KEY)
    assert scene.gateway.asked[-1] == ("reconnect_now",)


def test_a_try_under_way_while_the_answer_is_given_asks_nothing_again(
    scene: Scene, pins: MemoryPins, trusting: Trusting
) -> None:
    def lost() -> incoming.LinkLost:
        return incoming.LinkLost(Code.TLS_REQUIRED, "encrypt", None, Question(PLAIN, KEY))

    scene.feed(incoming.SignedIn(PLAIN, ME), link_up())
    scene.feed(lost())
    scene.feed(lost())  # the same question once more, while somebody compares the groups
    assert trusting.dialog is not None
    trusting.dialog.accept()
    assert pins.known(PLAIN) == Known(Guard.KEY, KEY)
    scene.feed(lost())
    assert trusting.dialog is None
    assert scene.gateway.asked[-2:] == [("reconnect_now",)] * 2


def test_a_question_nobody_needs_answered_any_more_goes_away(
    scene: Scene, pins: MemoryPins, trusting: Trusting
) -> None:
    scene.feed(incoming.SignedIn(PLAIN, ME), link_up())
    scene.feed(incoming.LinkLost(Code.TLS_REQUIRED, "encrypt", None, Question(PLAIN, KEY)))
    dialog = trusting.dialog
    assert dialog is not None
    scene.feed(link_up())
    assert trusting.dialog is None
    assert not dialog.isVisible()
    assert pins.known(PLAIN) is None


def test_after_a_no_the_next_try_asks_again(scene: Scene, trusting: Trusting) -> None:
    scene.feed(incoming.SignedIn(PLAIN, ME), link_up())
    for _ in range(2):
        scene.feed(incoming.LinkLost(Code.TLS_REQUIRED, "encrypt", None, Question(PLAIN, KEY)))
        assert trusting.dialog is not None
        trusting.dialog.reject()
        trusting.look(scene.client)
        assert trusting.dialog is None


def test_an_answer_that_comes_too_late_changes_nothing(
    scene: Scene, pins: MemoryPins, trusting: Trusting
) -> None:
    try_to_sign_in(scene)
    scene.feed(ASKED)
    dialog = trusting.dialog
    scene.feed(incoming.SignedOut(None))
    assert dialog is not None
    dialog.accept()
    assert pins.known(SERVER) is None


def test_the_key_of_a_server_can_be_looked_at(scene: Scene, pins: MemoryPins, trusting: Trusting) -> None:
    pins.trust(SERVER, KEY)
    try_to_sign_in(scene)
    scene.feed(incoming.SignInFailed(Code.KEY_CHANGED, "another"))
    assert trusting.dialog is None
    scene.window.sign_in.key_button.click()
    assert trusting.details is not None
    assert trusting.details.isVisible()
    trusting.details.reject()


def test_the_open_lock_stands_below_the_list_and_leads_to_its_page(
    scene: Scene, pins: MemoryPins, trusting: Trusting
) -> None:
    pins.allow_plain(PLAIN)
    scene.feed(incoming.SignedIn(PLAIN, ME), link_up())
    mark = scene.window.people.findChild(LockMark)
    assert not mark.isHidden()
    mark.button.click()
    assert trusting.details is not None
    trusting.details.reject()


def test_who_was_talked_to_without_encryption_before_stays_so_unasked(tmp_path: Path) -> None:
    pins = PinFile(tmp_path / "pins.json")
    pins.go_on_with([PLAIN, SERVER, "http://127.0.0.1:3001"])
    assert pins.known(PLAIN) == Known(Guard.PLAIN)
    assert pins.known(SERVER) is None
    assert pins.known("http://127.0.0.1:3001") is None
    later = PinFile(tmp_path / "pins.json")
    later.go_on_with(["http://10.0.0.9:3001"])
    assert later.known("http://10.0.0.9:3001") is None
