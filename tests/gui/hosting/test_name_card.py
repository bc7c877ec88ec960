"""The server's own name: its owner gives it, whoever looks after it otherwise does not; it goes into the invite."""

from collections.abc import Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from presence_desktop.core.incoming import LinkUp
from presence_desktop.core.join_link import read_join_link
from presence_desktop.gui.hosting.server_page import ServerPage
from presence_desktop.gui.sign_in import JoinPage
from presence_desktop.protocol.errors import Code
from tests.gui.hosting.stage import OfficeStage
from tests.gui.scene import link_up


@pytest.fixture
def page(stage: OfficeStage, qtbot: QtBot) -> Iterator[ServerPage]:
    page = ServerPage(stage.look)
    qtbot.addWidget(page)
    page.attend(stage.office)
    page.show()
    qtbot.waitExposed(page)
    stage.settle()
    yield page
    page.attend(None)


def test_the_owner_names_the_server_and_the_link_tells_it(stage: OfficeStage, page: ServerPage) -> None:
    card = page.server.name
    assert card.isVisible()
    assert (card.field.text(), card.field.edit.placeholderText()) == ("", "이하늘's team")
    assert not card.save.isEnabled()
    page.server.invites.make.click()
    stage.settle()
    card.field.edit.setFocus()
    card.field.edit.setText("연구실")
    card.field.edit.returnPressed.emit()
    assert card.save.text() == "One moment…"
    card.save.click()  # once is enough
    stage.settle()
    assert (stage.server.name, stage.client.connection.server_name) == ("연구실", "연구실")
    assert stage.server.asked.count("PUT /api/admin/server/name") == 1
    assert page.focusWidget() is card.field.edit
    link = read_join_link(page.server.invites.link.button.text_to_copy)
    assert link is not None
    assert link.name == "연구실"
    card.field.edit.setText("")
    card.save.click()
    stage.settle()
    assert stage.server.name is None
    assert card.field.text() == ""


def test_a_refusal_is_told_and_what_was_typed_stays(stage: OfficeStage, page: ServerPage) -> None:
    card = page.server.name
    stage.server.refusing = Code.FORBIDDEN
    card.field.edit.setText("Lab")
    card.save.click()
    stage.settle()
    assert card.field.error.text() == "You are not allowed to do this."
    stage.server.refusing, stage.server.name = None, "Studio"
    page.server.look_now()
    stage.settle()
    assert card.field.text() == "Lab", "nobody's typing is taken away"
    card.field.edit.setText("Studio")
    assert not card.save.isEnabled()


def test_a_new_server_gets_the_usual_name_and_an_old_one_keeps_its_own(
    stage: OfficeStage, page: ServerPage
) -> None:
    page.server.invite_when_ready()
    page.server.look_now()
    stage.settle()
    assert stage.server.name == "이하늘's team"
    assert page.server.name.field.text() == "이하늘's team"
    stage.server.name = "Studio"
    page.server.invite_when_ready()
    page.server.look_now()
    stage.settle()
    assert stage.server.name == "Studio"


def test_an_admin_is_not_offered_it(stage: OfficeStage, page: ServerPage) -> None:
    stage.sign_in("admin")
    page.server.follow()
    assert page.server.facts.isVisible()
    assert not page.server.name.isVisible()


def test_what_the_server_calls_itself_comes_with_the_link(stage: OfficeStage) -> None:
    told = msgspec.structs.replace(link_up().connected, server_name="Lab \u202e7")
    stage.client.apply([LinkUp(told)])
    assert stage.client.connection.server_name == "Lab 7"


def test_who_joins_reads_where(stage: OfficeStage, qtbot: QtBot) -> None:
    page = JoinPage(stage.look, stage.clock)
    qtbot.addWidget(page)
    text = "presence://join/?server=https%3A%2F%2F10.0.0.5%3A3001&invite=a&name=%EC%97%B0%EA%B5%AC%EC%8B%A4"
    page.follow(read_join_link(text))
    assert page.headline.text() == "Join 연구실"
    page.follow(None)
    assert page.headline.text() == "Join your team"
