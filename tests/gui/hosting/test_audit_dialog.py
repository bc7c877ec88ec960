"""The audit log in the window: in words of both languages, the newest first, more at the end, by kind and person."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.gui.hosting.audit_dialog import AuditDialog
from presence_desktop.gui.hosting.audit_line import WHO
from presence_desktop.gui.hosting.audit_words import act_words, who_and_when
from presence_desktop.gui.hosting.panel import ServerPanel
from presence_desktop.gui.language import Language
from presence_desktop.protocol.errors import Code
from presence_desktop.server.domain.authority import Act
from tests.gui.hosting.stage import OfficeStage, line
from tests.gui.scene import NOON


@pytest.fixture
def dialog(stage: OfficeStage, qtbot: QtBot) -> Iterator[AuditDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    made = AuditDialog(stage.office, stage.look, window)
    made.show()
    qtbot.waitExposed(made)
    stage.settle()
    yield made
    made.close()


def shown(dialog: AuditDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_the_newest_come_first_and_more_at_the_end(stage: OfficeStage, dialog: AuditDialog) -> None:
    assert dialog.focusWidget() is dialog.list
    assert (dialog.list.count(), shown(dialog)[0]) == (50, "Made the backup b120.tar")
    assert "nobody can change it" in dialog.note.text()
    for expected in (100, 120, 120):
        dialog.list.setCurrentRow(dialog.list.count() - 1)
        stage.settle()
        assert dialog.list.count() == expected
    weather, invite, role, account = shown(dialog)[-4:]
    assert (weather, role) == ("weather.changed rain", "Made user2@example.org an admin")
    assert invite.startswith("Made invite #7, good for 10, until")
    assert account == "Made the account user1@example.org"
    assert dialog.list.item(119).data(WHO).startswith("The server's computer · ")
    assert dialog.list.item(116).data(WHO).startswith("#9 · ")
    spoken = dialog.list.item(119).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{account}, {dialog.list.item(119).data(WHO)}"


def test_a_line_is_as_high_as_its_words_need(stage: OfficeStage, dialog: AuditDialog) -> None:
    rows = dialog.list
    dialog.show()
    one = rows.visualItemRect(rows.item(0)).height()
    rows.item(0).setText("A very long name of a server " * 10)
    rows.doItemsLayout()
    assert rows.visualItemRect(rows.item(0)).height() > 2 * one - 20
    assert rows.visualItemRect(rows.item(1)).height() == one


def test_older_lines_that_did_not_come_are_asked_for_again(stage: OfficeStage, dialog: AuditDialog) -> None:
    stage.server.refusing = Code.UNREACHABLE
    dialog.list.setCurrentRow(49)
    stage.settle()
    assert (dialog.list.count(), bool(dialog.error.text())) == (50, True)
    stage.server.refusing = None
    dialog.list.setCurrentRow(48)
    dialog.list.setCurrentRow(49)
    stage.settle()
    assert (dialog.list.count(), dialog.error.text()) == (100, "")


def test_it_is_filtered_by_kind_and_by_person(stage: OfficeStage, dialog: AuditDialog, qtbot: QtBot) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData("role"))
    stage.settle()
    assert shown(dialog) == ["Made user2@example.org an admin"]
    dialog.search.setText("nobody")
    with qtbot.waitSignal(dialog._typed.timeout):
        pass
    stage.settle()
    assert (dialog.list.count(), dialog.note.text()) == (0, "Nothing of this kind is in the log.")
    dialog.kind.setCurrentIndex(0)
    dialog.search.setText("user1@")
    dialog.look_up()
    stage.settle()
    assert shown(dialog) == ["Made the account user1@example.org"]


def test_an_answer_that_comes_late_is_not_the_one_wanted(stage: OfficeStage, dialog: AuditDialog) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData("invite"))
    stage.server.lines, lines = [], stage.server.lines
    ask, call = stage.chats.waiting.pop(0)
    dialog.kind.setCurrentIndex(dialog.kind.findData("role"))
    stage.chats.waiting.append((ask, call))  # the first question is answered last
    stage.server.lines = lines
    stage.settle()
    assert shown(dialog) == ["Made user2@example.org an admin"]


def test_a_refusal_and_an_empty_log_are_told(stage: OfficeStage, dialog: AuditDialog) -> None:
    stage.server.refusing = Code.FORBIDDEN
    dialog.look_up()
    stage.settle()
    assert dialog.error.text() == "You are not allowed to do this."
    stage.server.refusing, stage.server.lines = None, []
    dialog.look_up()
    stage.settle()
    assert (dialog.note.text(), dialog.error.text()) == ("The log is empty.", "")


def test_every_act_has_words_in_both_languages(stage: OfficeStage) -> None:
    acts = [act for act in Act if act is not Act.LOOK]
    entries = [msgspec.structs.replace(line(1), act=act.value, target="T", detail=None) for act in acts]
    for language, letters in (
        (Language.ENGLISH, str.isascii),
        (Language.KOREAN, lambda word: not word.isascii()),
    ):
        stage.languages.choose(language)
        for entry in entries:
            words = act_words(entry, NOON)
            assert entry.act not in words
            assert letters(words.replace("“", "").replace("”", "")), words
        assert letters(
            who_and_when(msgspec.structs.replace(entries[0], actor_id=None), NOON).partition(" ·")[0]
        )


def test_it_is_opened_from_the_page(stage: OfficeStage, qtbot: QtBot) -> None:
    panel = ServerPanel(stage.look)
    qtbot.addWidget(panel)
    panel.look_at_log()
    assert panel.log is None, "nobody looks after it"
    panel.attend(stage.office)
    panel.show()
    stage.settle()
    panel.facts.log.click()
    assert panel.log is not None
    panel.log.reject()
    assert panel.log is None
    panel._log_closed()
    panel.attend(None)
