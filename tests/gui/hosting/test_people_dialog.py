"""The accounts of a server: who may do what to whom, asked about first where it cannot be taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.core.server_roles import ServerRole
from presence_desktop.gui.hosting.people_dialog import ServerPeopleDialog
from presence_desktop.protocol.errors import Code
from tests.gui.hosting.stage import OfficeStage

ME, ADMIN, MEMBER, SHUT_OUT = 1, 2, 3, 5


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked before something was done; everything is agreed to."""
    questions: list[str] = []

    def agree(_parent: object, question: str, _told: str, _yes: str) -> bool:
        questions.append(question)
        return True

    monkeypatch.setattr("presence_desktop.gui.hosting.people_dialog.confirmed", agree)
    return questions


@pytest.fixture
def dialog(stage: OfficeStage, qtbot: QtBot) -> Iterator[ServerPeopleDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ServerPeopleDialog(stage.office, stage.look, window)
    dialog.show()
    stage.settle()
    yield dialog
    dialog.close()
    dialog.deleteLater()


def choose(dialog: ServerPeopleDialog, user_id: int) -> None:
    row = dialog.list.people.row_of(user_id)
    assert row is not None
    dialog.list.setCurrentIndex(dialog.list.people.index(row, 0))


def offered(dialog: ServerPeopleDialog) -> list[bool]:
    buttons = (dialog.reset, dialog.shut, dialog.admin, dialog.own)
    return [button.isVisible() and button.isEnabled() for button in buttons]


def test_the_owner_may_do_all_to_others_and_nothing_to_oneself(dialog: ServerPeopleDialog) -> None:
    assert offered(dialog) == [False] * 4  # oneself
    for user_id in (ADMIN, MEMBER):
        choose(dialog, user_id)
        assert offered(dialog) == [True] * 4
    assert dialog.about.text() == "user3@example.org · signed in nowhere"
    choose(dialog, SHUT_OUT)
    assert offered(dialog) == [False, True, False, False]
    assert dialog.shut.text() == "Let in again"
    assert dialog.about.text().startswith("user5@example.org")


def test_a_new_password_is_shown_once(
    stage: OfficeStage, dialog: ServerPeopleDialog, asked: list[str]
) -> None:
    choose(dialog, MEMBER)
    dialog.reset.setFocus()
    dialog.reset.click()
    dialog.reset.click()
    assert asked == ["Give Noah Fischer a new password?"]
    assert dialog.focusWidget() is dialog.reset
    stage.settle()
    assert dialog.password.line.text() == "fern-otter-94-lamp"
    assert "POST /api/admin/people/3/password" in stage.server.asked
    assert stage.server.asked[-1].startswith("GET /api/admin/people")  # on how many devices is asked anew
    assert dialog.password.isVisible()
    choose(dialog, ADMIN)
    assert dialog.password.isHidden()


def test_somebody_is_shut_out_and_let_in_again(
    stage: OfficeStage, dialog: ServerPeopleDialog, asked: list[str]
) -> None:
    choose(dialog, MEMBER)
    dialog.shut.click()
    stage.settle()
    assert stage.server.people[MEMBER].disabled
    dialog.shut.click()
    stage.settle()
    assert not stage.server.people[MEMBER].disabled
    assert asked == ["Shut Noah Fischer out?"]


def test_roles_are_given_and_the_server_is_handed_over(
    stage: OfficeStage, dialog: ServerPeopleDialog, asked: list[str]
) -> None:
    choose(dialog, MEMBER)
    dialog.admin.click()
    stage.settle()
    assert stage.server.people[MEMBER].role == "admin"
    dialog.admin.click()
    stage.settle()
    assert (stage.server.people[MEMBER].role, asked) == ("member", [])
    dialog.own.click()
    stage.settle()
    assert stage.server.people[MEMBER].role == "owner"
    assert asked == ["Hand the server over to Noah Fischer?"]
    assert stage.office.role is ServerRole.ADMIN
    choose(dialog, ADMIN)
    assert offered(dialog) == [False] * 4
    choose(dialog, 4)
    assert offered(dialog) == [True, True, False, False]


def test_what_is_not_agreed_to_is_not_done(
    stage: OfficeStage, dialog: ServerPeopleDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("presence_desktop.gui.hosting.people_dialog.confirmed", lambda *_: False)
    choose(dialog, MEMBER)
    for button in (dialog.reset, dialog.shut, dialog.own):
        button.click()
    assert stage.chats.waiting == []


def test_a_refusal_is_told(stage: OfficeStage, dialog: ServerPeopleDialog, asked: list[str]) -> None:
    choose(dialog, MEMBER)
    stage.server.refusing = Code.FORBIDDEN
    dialog.reset.click()
    stage.settle()
    assert dialog.error.text() == "You are not allowed to do this."
    dialog.search.setText("user4")
    stage.server.refusing = Code.UNAVAILABLE
    dialog._find()
    stage.settle()
    assert "cannot do this right now" in dialog.error.text()


def test_people_are_found_and_more_are_fetched_at_the_end(
    stage: OfficeStage, dialog: ServerPeopleDialog
) -> None:
    dialog.search.setText("user4")
    dialog._find()
    stage.settle()
    assert dialog.list.people.rowCount() == 1
    dialog._next = 4
    dialog._more(dialog.list.verticalScrollBar().maximum())
    stage.settle()
    assert stage.server.asked[-1] == "GET /api/admin/people?after=4&limit=200&find=user4"


def test_further_people_who_did_not_come_are_asked_for_again(
    stage: OfficeStage, dialog: ServerPeopleDialog
) -> None:
    stage.server.refusing = Code.UNREACHABLE
    dialog._next = 4
    dialog._more(dialog.list.verticalScrollBar().maximum())
    stage.settle()
    assert (dialog._next, bool(dialog.error.text())) == (4, True)
    stage.server.refusing = None
    dialog._more(dialog.list.verticalScrollBar().maximum())
    stage.settle()
    assert "after=4" in stage.server.asked[-1]
    assert dialog.error.text() == ""
