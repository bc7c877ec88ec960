"""Files dragged over a conversation: a sign while they are over it, and what is dropped is always copied."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.gui.chat.stage import Stage

ANY = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
HAND = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def moved(event: QDropEvent) -> QDropEvent:
    """As a file manager proposes it."""
    event.setDropAction(Qt.DropAction.MoveAction)
    return event


def test_files_are_taken_as_copies_anywhere_in_the_conversation(talk: Stage, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("hello")
    data, pane = files(report), talk.pane
    enter = moved(QDragEnterEvent(QPoint(9, 9), ANY, data, *HAND))
    QApplication.sendEvent(pane, enter)
    assert (enter.isAccepted(), enter.dropAction()) == (True, Qt.DropAction.CopyAction)
    assert pane.drop_sign.isVisible()
    assert pane.drop_sign.geometry() == pane.rect()
    over = moved(QDragMoveEvent(QPoint(30, 30), ANY, data, *HAND))
    QApplication.sendEvent(pane, over)
    assert over.dropAction() == Qt.DropAction.CopyAction
    drop = moved(QDropEvent(QPointF(30, 30), ANY, data, *HAND))
    QApplication.sendEvent(pane, drop)
    assert drop.dropAction() == Qt.DropAction.CopyAction
    assert [file.name for file in pane.composer.attached.files] == ["report.txt"]
    assert not pane.drop_sign.isVisible()


def test_the_sign_goes_with_the_files(talk: Stage, tmp_path: Path) -> None:
    pane = talk.pane
    data = files(tmp_path)
    QApplication.sendEvent(pane, QDragEnterEvent(QPoint(9, 9), ANY, data, *HAND))
    QApplication.sendEvent(pane, QDragLeaveEvent())
    assert not pane.drop_sign.isVisible()


def test_over_the_field_files_are_the_conversations_and_words_its_own(talk: Stage, tmp_path: Path) -> None:
    viewport = talk.pane.composer.field.viewport()
    for kind in (QDragEnterEvent, QDragMoveEvent):
        data = files(tmp_path)
        QApplication.sendEvent(viewport, kind(QPoint(5, 5), ANY, data, *HAND))
        assert talk.pane.drop_sign.isVisible()
    QApplication.sendEvent(talk.pane, QDragLeaveEvent())
    words = QMimeData()
    words.setText("words")
    event = QDragEnterEvent(QPoint(5, 5), ANY, words, *HAND)
    QApplication.sendEvent(viewport, event)
    assert event.isAccepted()
    assert not talk.pane.drop_sign.isVisible()


@pytest.mark.parametrize("shown", [True, False])
def test_where_nothing_can_be_attached_nothing_is_taken(talk: Stage, tmp_path: Path, shown: bool) -> None:
    data = QMimeData() if shown else files(tmp_path)
    if not shown:
        talk.pane.close_talk()
    enter = QDragEnterEvent(QPoint(9, 9), ANY, data, *HAND)
    QApplication.sendEvent(talk.pane, enter)
    assert not enter.isAccepted()
    assert not talk.pane.drop_sign.isVisible()
