"""What is written, completed, attached, answered and edited before it is sent."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.gui.chat.completion import mention
from presence_desktop.gui.chat.composer import Composer
from presence_desktop.gui.chat.writing import Writing
from presence_desktop.protocol import limits
from tests.gui.chat.stage import DIRECT, ROOM, Stage, key, message, room


@pytest.fixture
def field(stage: Stage) -> Writing:
    stage.open([message(1, "Hello", 2), message(2, "mine", 1), message(3, "later", 3)])
    stage.pane.focus()
    return stage.pane.composer.field


@pytest.fixture
def composer(stage: Stage, field: Writing) -> Composer:
    return stage.pane.composer


def sent(stage: Stage) -> list[tuple[object, ...]]:
    return stage.chats.verbs("send")


def test_enter_sends_and_shift_enter_begins_a_line(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field, "two")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sent(stage) == [("send", ROOM, "one\ntwo", None, ())]
    assert field.text == ""
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(sent(stage)) == 1


def test_it_grows_with_its_lines_up_to_eight(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    one = field.height()
    field.set_text("a\nb\nc")
    three = field.height()
    field.set_text("\n".join("abcdefgh"))
    eight = field.height()
    field.set_text("\n".join("abcdefghijkl"))
    assert one < three < eight == field.height()
    field.set_text("")
    assert field.height() == one


def test_a_syllable_that_is_being_composed_is_sent_whole(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    field.set_text("안녕하")
    QApplication.sendEvent(field, QInputMethodEvent("세", []))
    assert field.composing
    assert field.text == "안녕하"
    done = QInputMethodEvent("", [])
    done.setCommitString("세요")
    QApplication.sendEvent(field, done)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sent(stage)[0][2] == "안녕하세요"


def test_an_input_method_keeps_arrow_up_for_itself(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    QApplication.sendEvent(field, QInputMethodEvent("ㅎ", []))
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert stage.pane.composer.editing is None


def test_too_much_is_counted_and_not_sent(stage: Stage, composer: Composer, qtbot: QtBot) -> None:
    assert not composer.counter.isVisible()
    composer.field.set_text("x" * limits.MESSAGE_LENGTH)
    assert composer.counter.text() == "0"
    assert composer.send.isEnabled()
    composer.field.insert("y")
    assert composer.counter.text() == "-1"
    assert not composer.send.isEnabled()
    with qtbot.waitSignal(stage.pane.notice):
        qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert sent(stage) == []


def test_a_paste_that_would_never_fit_is_told_instead_of_laid_out(
    stage: Stage, composer: Composer, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setText("line\n" * limits.MESSAGE_LENGTH)
    with qtbot.waitSignal(stage.pane.notice):
        composer.field.insertFromMimeData(data)
    assert composer.field.text == ""


def test_typing_is_told_and_that_it_ended(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "ab")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert [told[2] for told in stage.chats.verbs("typing")] == [True, True, True, False]


def test_a_draft_stays_with_its_conversation(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "half a thought")
    stage.pane.show_talk(DIRECT)
    assert field.text == ""
    assert stage.chats.talks[ROOM].draft == "half a thought"
    stage.pane.show_talk(ROOM)
    assert field.text == "half a thought"


def test_a_draft_is_kept_when_one_pauses(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    stage.pane._draft.setInterval(1)
    qtbot.keyClicks(field, "kept")
    qtbot.waitUntil(lambda: stage.chats.talks[ROOM].draft == "kept")


def test_arrow_up_edits_the_last_own_message_and_escape_ends_it(
    stage: Stage, composer: Composer, qtbot: QtBot
) -> None:
    qtbot.keyClick(composer.field, Qt.Key.Key_Up)
    assert composer.editing == key(2)
    assert composer.field.text == "mine"
    assert "mine" in composer.strip_words.text()
    qtbot.keyClicks(composer.field, "!")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert stage.chats.verbs("edit") == [("edit", ROOM, key(2), "mine!")]
    assert composer.editing is None
    qtbot.keyClick(composer.field, Qt.Key.Key_Up)
    qtbot.keyClick(composer.field, Qt.Key.Key_Escape)
    assert (composer.editing, composer.field.text) == (None, "")


def test_what_was_written_before_an_edit_comes_back(stage: Stage, composer: Composer, qtbot: QtBot) -> None:
    composer.field.set_text("unfinished")
    composer.edit(stage.window.rows[1])
    assert composer.draft == "unfinished"
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)  # unchanged: nothing is asked of the server
    assert stage.chats.verbs("edit") == []
    assert composer.field.text == "unfinished"


def test_an_answer_names_what_it_answers(stage: Stage, composer: Composer, qtbot: QtBot) -> None:
    stage.pane._reply(stage.window.rows[0])
    assert "김민서" in composer.strip_words.text()
    qtbot.keyClicks(composer.field, "yes")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert sent(stage) == [("send", ROOM, "yes", key(1), ())]
    assert not composer._strip.isVisible()


def test_what_is_answered_may_go(stage: Stage, composer: Composer) -> None:
    row = stage.window.rows[0]
    stage.pane._reply(row)
    gone = type(row)(row.key, msgspec.structs.replace(row.message, deleted_at=5, text=""))
    stage.put(stage.window.change(0, gone))
    assert composer.concerned == []


def test_escape_in_an_idle_composer_leads_back(stage: Stage, composer: Composer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.pane.back):
        qtbot.keyClick(composer.field, Qt.Key.Key_Escape)


def test_people_are_completed(stage: Stage, composer: Composer, qtbot: QtBot) -> None:
    field, completion = composer.field, stage.pane.completion
    qtbot.keyClicks(field, "Hi @no")
    assert completion.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text == 'Hi @"Noah Fischer" '
    assert not completion.isVisible()
    qtbot.keyClicks(field, "@")
    first = completion.list.currentRow()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert completion.list.currentRow() == first + 1
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not completion.isVisible()
    assert sent(stage) == []
    qtbot.keyClicks(field, "a@b")
    assert not completion.isVisible()


def test_people_are_completed_while_a_syllable_is_composed(
    stage: Stage, field: Writing, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field, "@")
    QApplication.sendEvent(field, QInputMethodEvent("김", []))
    assert stage.pane.completion.isVisible()
    assert [offer.label for offer in stage.pane.completion._offers] == ["김민서"]


def test_emoji_are_completed_in_both_languages(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, ":thumbsu")
    assert stage.pane.completion.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text == "👍 "
    field.set_text(":하트")
    assert stage.pane.completion.isVisible()
    field.set_text("10:30")
    assert not stage.pane.completion.isVisible()


def test_an_emoji_written_between_colons_becomes_one(stage: Stage, field: Writing, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "ok :tada:")
    assert field.text == "ok 🎉"
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text == "ok :tada:"
    field.set_text("")
    qtbot.keyClicks(field, "10:30:")
    assert field.text == "10:30:"


@pytest.mark.parametrize(
    ("name", "written"), [("minsu", "@minsu"), ("김민서", "@김민서"), ("Noah Fischer", '@"Noah Fischer"')]
)
def test_how_somebody_is_mentioned(name: str, written: str) -> None:
    assert mention(name) == written


def test_files_are_attached_shown_and_sent(
    stage: Stage, composer: Composer, tmp_path: Path, qtbot: QtBot
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("hello", encoding="utf-8")
    picture = tmp_path / "picture.png"
    QImage(64, 48, QImage.Format.Format_RGB32).save(str(picture))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(note)), QUrl.fromLocalFile(str(picture))])
    composer.field.insertFromMimeData(data)
    assert composer.attached.isVisible()
    assert composer.send.isEnabled()
    qtbot.mouseClick(composer.send, Qt.MouseButton.LeftButton)
    ((_, _, text, _, files),) = sent(stage)
    assert text == ""
    assert [(file.name, file.size > 0, file.media_type, file.width, file.height) for file in files] == [
        ("note.txt", True, "text/plain", None, None),
        ("picture.png", True, "image/png", 64, 48),
    ]
    assert not composer.attached.isVisible()


def test_a_pasted_picture_becomes_a_file(stage: Stage, composer: Composer, tmp_path: Path) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(image)
    composer.field.insertFromMimeData(data)
    (file,) = composer.attached.files
    assert (Path(file.path).parent, file.width, file.height) == (tmp_path, 30, 20)


def test_what_cannot_be_attached_is_told(
    stage: Stage, composer: Composer, tmp_path: Path, qtbot: QtBot
) -> None:
    empty, huge = tmp_path / "empty", tmp_path / "huge"
    empty.touch()
    with huge.open("wb") as opened:
        opened.truncate(limits.FILE_BYTES + 1)
    for path in (tmp_path / "missing", empty, huge, tmp_path):
        with qtbot.waitSignal(stage.pane.notice) as told:
            composer.add_files([str(path)])
        assert told.args is not None
        assert told.args[0].startswith(f"{path.name}: ")
    note = tmp_path / "note"
    note.write_text("x", encoding="utf-8")
    composer.add_files([str(empty), str(note)])
    assert [file.name for file in composer.attached.files] == ["note"]
    with qtbot.waitSignal(stage.pane.notice):
        composer.add_files([str(note)] * (limits.ATTACHMENTS + 1))
    assert len(composer.attached.files) == limits.ATTACHMENTS


def test_plain_text_is_pasted_without_its_looks(stage: Stage, composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    composer.field.insertFromMimeData(data)
    assert composer.field.text == "bold"
    assert "<b>" not in composer.field.toHtml()


def test_of_cells_and_their_picture_the_text_is_pasted(stage: Stage, composer: Composer) -> None:
    data = QMimeData()
    data.setText("1\t2")
    data.setImageData(QImage(30, 20, QImage.Format.Format_RGB32))
    composer.field.insertFromMimeData(data)
    assert (composer.field.text, composer.attached.files) == ("1\t2", ())


def test_it_says_whom_it_is_for(stage: Stage, composer: Composer) -> None:
    assert composer.field.accessibleName() == f"Message to {room().title}"
    stage.pane.show_talk(DIRECT)
    assert composer.field.accessibleName() == "Message to 박지후"
    stage.pane.company.talk = replace(stage.chats.talks[DIRECT], other=1)
    composer.retranslate()
    assert composer.field.accessibleName() == "Write a note"
    stage.pane.company.talk = None
    composer.retranslate()
    assert composer.field.accessibleName() == ""
