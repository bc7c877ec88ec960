"""Bad days in the window: a sentence with what to do, in the language in force, and a way on."""

import pytest
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.gui.language import Language
from presence_desktop.gui.words import ask_sentence, error_sentence
from presence_desktop.protocol.errors import Code
from tests.gui.scene import NAMES, SERVER, Scene, link_up, picture, shows


def waiting(scene: Scene) -> None:
    """The app came up, and the keyring does not answer."""
    scene.window.resume(SERVER, "sky@example.org")
    scene.window.show()
    scene.feed(incoming.SecretsAwaited())


def test_a_keyring_that_asks_its_owner_is_waited_for_in_words(scene: Scene) -> None:
    waiting(scene)
    banner = scene.window.people.banner
    assert banner.isVisible()
    assert banner.words.text() == error_sentence(Code.KEYRING_WAITS)
    assert banner.password.isVisible()
    assert not banner.button.isVisible()
    scene.feed(incoming.LinkTrying(0))
    assert not banner.isVisible()


def test_who_does_not_wait_for_the_keyring_types_the_password(scene: Scene, qtbot: QtBot) -> None:
    waiting(scene)
    scene.window.people.banner.password.click()
    page = scene.window.sign_in
    assert shows(scene, page)
    assert page.error.text() == error_sentence(Code.KEYRING_CLOSED)
    assert page.email.edit.text() == "sky@example.org"


@pytest.mark.parametrize("code", [Code.NO_KEYRING, Code.KEYRING_CLOSED])
def test_a_session_that_the_keyring_does_not_give_is_signed_in_to_again(scene: Scene, code: Code) -> None:
    scene.window.resume(SERVER, "sky@example.org")
    scene.feed(incoming.SignInFailed(code, ""))
    page = scene.window.sign_in
    assert shows(scene, page)
    assert (page.error.text(), page.email.edit.text()) == (error_sentence(code), "sky@example.org")
    assert scene.gateway.asked == [("resume", SERVER, "sky@example.org")], "no loop"


@pytest.mark.parametrize("code", [Code.NO_KEYRING, Code.KEYRING_CLOSED, Code.NOT_KEPT, Code.HISTORY_BROKEN])
def test_a_notice_follows_the_language(scene: Scene, qtbot: QtBot, code: Code) -> None:
    scene.sign_in()
    scene.window.tell(code)
    scene.window.tell(code)
    (notice,) = scene.window.people.notices.shown
    english = notice.words.text()
    scene.window.choose_language(Language.KOREAN)
    qtbot.waitUntil(lambda: notice.words.text() != english)
    assert notice.words.text() == error_sentence(code)
    assert notice.accessibleName() == error_sentence(code)


def test_that_nothing_could_be_asked_is_said_until_there_is_a_connection_again(scene: Scene) -> None:
    scene.sign_in()
    scene.lose_link()
    people, said = scene.window.people, ask_sentence(Code.UNREACHABLE)
    people.notify(said)
    scene.window.tell(Code.NOT_KEPT)
    scene.feed(incoming.LinkTrying(0))
    assert said in [notice.words.text() for notice in people.notices.shown]
    scene.feed(link_up(), picture(NAMES))
    assert [notice.words.text() for notice in people.notices.shown] == [error_sentence(Code.NOT_KEPT)]


@pytest.mark.parametrize("code", [Code.UNREACHABLE, Code.INVALID_CREDENTIALS])
def test_why_a_form_was_refused_follows_the_language(scene: Scene, qtbot: QtBot, code: Code) -> None:
    window = scene.window
    window.welcome.sign_in_chosen.emit()
    window.sign_in.prefill("127.0.0.1:3001", "sky@example.org")
    window.sign_in.refuse(code)
    fields = [field.error for field in window.sign_in._fields]
    shown = [label for label in (window.sign_in.error, *fields) if label.text()]
    window.choose_language(Language.KOREAN)
    qtbot.waitUntil(lambda: [label.text() for label in shown] == [error_sentence(code)])


def test_what_is_missing_in_a_form_is_said_in_the_new_language_too(scene: Scene, qtbot: QtBot) -> None:
    window = scene.window
    window.welcome.join_chosen.emit()
    window.join.submit()
    english = [field.error.text() for field in window.join._fields]
    window.choose_language(Language.KOREAN)
    said = window.join._fields
    qtbot.waitUntil(
        lambda: all(one.error.text() != old for one, old in zip(said, english, strict=True) if old)
    )
    assert [bool(one.error.text()) for one in said] == [bool(old) for old in english]


@pytest.mark.parametrize("code", [Code.NOT_KEPT, Code.SETTINGS_BROKEN])
def test_what_is_amiss_at_the_first_start_is_said_on_the_first_page(
    scene: Scene, qtbot: QtBot, code: Code
) -> None:
    scene.window.tell(code)
    assert shows(scene, scene.window.welcome)
    assert scene.window.welcome.lead.text() == error_sentence(code)
    scene.window.choose_language(Language.KOREAN)
    qtbot.waitUntil(lambda: scene.window.welcome.lead.text() == error_sentence(code))
    assert any("가" <= letter <= "힣" for letter in error_sentence(code))
    scene.sign_in()
    assert [notice.words.text() for notice in scene.window.people.notices.shown] == [error_sentence(code)]
