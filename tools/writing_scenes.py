"""The scenes of `make screenshots` in which one does something in a conversation: answering, looking, leaving."""

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.confirm import question_box
from presence_desktop.gui.rooms import desk as desk_module
from presence_desktop.gui.scrim import Scrim
from tests.gui.chat.stage import key
from tests.gui.chat_stage import StagedChats, direct, room
from tests.gui.scene import Scene
from tools.chat_scenes import conversation

_DRAWN_MS = 200


def answering(scene: Scene) -> QWidget:
    """An answer with a picture, half written."""
    conversation(scene)
    QTest.qWait(_DRAWN_MS)
    chat, chats = scene.window.people.chat, scene.client.chats
    row = next(row for row in chats.window.rows if row.message.seq == 8)
    chat.deeds.do(Deed.REPLY, row)
    chat.composer.add_files([str(chats.file(key(5001)).picture)])
    QTest.qWait(3 * _DRAWN_MS)
    chat.composer.field.insertPlainText("다크 모드는 제가 볼게요. The contrast of the badge is")
    return scene.window


def completing(scene: Scene) -> QWidget:
    """Somebody is about to be mentioned."""
    conversation(scene)
    QTest.qWait(_DRAWN_MS)
    QTest.keyClicks(scene.window.people.chat.composer.field, "Thanks @")
    return scene.window


def message_menu(scene: Scene) -> QWidget:
    """What can be done with a message."""
    conversation(scene)
    QTest.qWait(_DRAWN_MS)
    chat = scene.window.people.chat
    row = next(row for row in scene.client.chats.window.rows if row.message.seq == 14)
    chat.gestures._menu(row, chat.mapToGlobal(QPoint(180, 180)))
    return scene.window


def leaving(scene: Scene) -> QWidget:
    """Asked before a room is left."""
    conversation(scene)
    desk_module.confirmed = _ask  # the real one waits for the answer
    scene.window.people.desk.leave(1)
    return scene.window


def said_nothing(scene: Scene) -> QWidget:
    """A room in which nothing was said yet."""
    scene.sign_in()
    _chats(scene).put(room(20, "주간 회의"))
    scene.window.people.open_talk(20)
    return scene.window


def notes(scene: Scene) -> QWidget:
    """The conversation with oneself."""
    scene.sign_in()
    _chats(scene).put(direct(21, 1))
    scene.window.people.open_talk(21)
    return scene.window


def _ask(parent: QWidget, question: str, told: str, yes: str) -> bool:
    Scrim(parent.window())
    question_box(parent, question, told, yes).open()
    return False


def _chats(scene: Scene) -> StagedChats:
    chats = scene.client.chats
    if not isinstance(chats, StagedChats):
        raise TypeError(chats)
    return chats


ALL = (answering, completing, message_menu, leaving, said_nothing, notes)
