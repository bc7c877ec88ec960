"""Pictures and files on messages: fetched, shown, saved, sent."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.files import FileState
from presence_desktop.core.chat.row import Delivery
from presence_desktop.protocol.chat import Attachment
from tests.gui.chat.conversation import painted
from tests.gui.chat.stage import PDF, Stage, click, key, layout_of, unsent


def test_pictures_are_fetched_shown_and_seen_in_full(talk: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: talk.chats.verbs("fetch_thumbnail") == [("fetch_thumbnail", key(902))])
    path = painted(tmp_path / "shot.png")
    talk.chats.states[key(902)] = FileState(thumbnail=path)
    with qtbot.waitSignal(talk.pane.pictures.arrived):
        talk.put(Changes(files=frozenset({key(902)})))
    boxes = layout_of(talk, 3).files
    picture = next(box for box in boxes if box.picture)
    assert (picture.rect.width(), picture.rect.height()) == (360, 240)
    number = boxes.index(picture)
    click(talk, qtbot, 3, picture.rect.center())
    viewer = talk.pane.gestures.viewer
    assert viewer is not None, number
    assert viewer.words.text() == "Loading…"
    assert talk.chats.verbs("fetch_picture") == [("fetch_picture", key(902))]
    talk.chats.states[key(902)] = FileState(thumbnail=path, picture=path)
    talk.put(Changes(files=frozenset({key(902)})))
    qtbot.waitUntil(lambda: viewer.words.text() == "")
    before = viewer.canvas.zoom
    qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.canvas.zoom > before
    qtbot.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.canvas.zoom == before
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert talk.pane.gestures.viewer is None


def test_a_picture_that_is_deleted_is_looked_at_no_longer(talk: Stage, qtbot: QtBot) -> None:
    row = talk.window.rows[2]
    talk.pane.gestures.show_picture(row, 1)
    gone = msgspec.structs.replace(row.message, deleted_at=1, attachments=[], text="")
    talk.put(talk.window.change(2, replace(row, message=gone)))
    assert talk.pane.gestures.viewer is None


def test_a_picture_that_is_none_is_said_to_be(talk: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nno picture at all")
    talk.chats.states[key(902)] = FileState(thumbnail=str(broken), picture=str(broken))
    with qtbot.waitSignal(talk.pane.pictures.arrived):
        talk.put(Changes(files=frozenset({key(902)})))
    talk.pane.gestures.show_picture(talk.window.rows[2], 1)
    viewer = talk.pane.gestures.viewer
    assert viewer is not None
    qtbot.waitUntil(lambda: viewer.words.text() == "This picture cannot be shown.")
    viewer.close()


def test_a_file_is_saved_and_that_can_be_stopped(talk: Stage, qtbot: QtBot) -> None:
    talk.pane.deeds._tell(talk.chats.download(key(901), "/tmp/plan.pdf"))
    talk.chats.states[key(901)] = FileState(received=500, total=2000)
    box = next(box for box in layout_of(talk, 3).files if not box.picture)
    click(talk, qtbot, 3, box.rect.center())
    assert talk.chats.verbs("cancel_download") == [("cancel_download", key(901))]


def test_a_saved_file_is_shown_where_it_lies_and_never_opened(
    talk: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    saved = tmp_path / "plan.pdf"
    saved.write_bytes(b"x")
    talk.chats.states[key(901)] = FileState(saved=str(saved))
    box = next(box for box in layout_of(talk, 3).files if not box.picture)
    click(talk, qtbot, 3, box.rect.center())
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]


def test_an_upload_can_be_stopped(talk: Stage, qtbot: QtBot) -> None:
    row = unsent(9, "", Delivery.UPLOADING, progress=0.5)
    row = replace(
        row, message=msgspec.structs.replace(row.message, attachments=[msgspec.convert(PDF, Attachment)])
    )
    talk.put(talk.window.append(row))
    cancel = layout_of(talk, 9).files[0].cancel
    assert cancel is not None
    click(talk, qtbot, 9, cancel.center())
    assert talk.chats.verbs("cancel_upload") == [("cancel_upload", key(9))]


def test_where_to_save_is_asked(talk: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    talk.pane.gestures._menu(talk.window.rows[2], talk.pane.mapToGlobal(QPoint(50, 50)))
    menu = talk.pane.view.findChild(QMenu, "row-menu")
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Save shot.png…").trigger()
    menu.close()
    dialog = talk.pane.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "shot.png"))
    dialog.reject()
    assert talk.chats.verbs("download") == [("download", key(902), str(tmp_path / "shot.png"))]
