"""The scenes of `make screenshots` with conversations in them: list, dialogs, search, emoji, one's own picture."""

import tempfile
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from presence_desktop.core.chat.files import FileState
from presence_desktop.gui.emoji.picker import EmojiPicker
from presence_desktop.gui.language import Language
from presence_desktop.protocol.chat import RoomEntry
from presence_desktop.protocol.chat_events import MessagePage, RoomDirectory
from presence_desktop.protocol.chat_rest import Found
from presence_desktop.protocol.errors import Code
from tests.gui.chat.conversation import painted, said
from tests.gui.chat.stage import key, rows_of
from tests.gui.chat_stage import StagedChats, message
from tests.gui.scene import Scene

_DRAWN_MS = 200


def talks(scene: Scene) -> QWidget:
    """The list with conversations; somebody looked at."""
    scene.sign_in()
    scene.window.people.contacts.choose_person(13)
    scene.window.people._look_at(13)
    return scene.window


def conversation(scene: Scene) -> QWidget:
    """A conversation open."""
    scene.sign_in()
    chats = scene.client.chats
    if not isinstance(chats, StagedChats):
        raise TypeError(chats)
    last = chats.talks[1].last
    told = [*said(), *([] if last is None else [last])]
    chats.rows[1] = rows_of([msgspec.structs.replace(one, conversation_id=1) for one in told], 12)
    chats.change(1, unread=0, mentions=0)
    path = painted(Path(tempfile.gettempdir()) / "mountains.png")
    chats.files[key(5001)] = FileState(thumbnail=path, picture=path)
    scene.window.people.open_talk(1)
    return scene.window


def conversation_above(scene: Scene) -> QWidget:
    """The same, scrolled up."""
    conversation(scene)
    QTest.qWait(_DRAWN_MS)
    view = scene.window.people.chat.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
    return scene.window


def narrow_list(scene: Scene) -> QWidget:
    """A small window: the list."""
    scene.sign_in()
    scene.window.resize(400, 640)
    return scene.window


def narrow_talk(scene: Scene) -> QWidget:
    """A small window: the conversation, and a way back."""
    conversation(scene)
    scene.window.resize(400, 640)
    return scene.window


def found_talks(scene: Scene) -> QWidget:
    """A search that finds rooms and people."""
    scene.sign_in()
    scene.window.people.contacts.search.setText("r")
    return scene.window


def new_menu(scene: Scene) -> QWidget:
    """What can be begun."""
    scene.sign_in()
    scene.window.people.contacts.new.click()
    return scene.window


def talk_menu(scene: Scene) -> QWidget:
    """What can be done with a room."""
    conversation(scene)
    view = scene.window.people.contacts.view
    scene.window.people.desk.open_talk_menu(1, view.viewport().mapToGlobal(view.rect().topLeft() * 2))
    return scene.window


def new_room(scene: Scene) -> QWidget:
    """Making a room."""
    conversation(scene)
    scene.window.people.desk.make_room()
    dialog = scene.window.people.desk.dialog
    dialog.form.title.edit.setText("주간 회의")
    for user_id in (3, 6):
        dialog.picker.toggle(user_id)
    return scene.window


def browse(scene: Scene) -> QWidget:
    """The public rooms."""
    conversation(scene)
    scene.window.people.desk.browse()
    rooms = [
        RoomEntry(id=1, title="디자인", topic="화면, 아이콘, 글꼴", members=5, joined=True),
        RoomEntry(id=21, title="Lunch", topic="Where today?", members=9, joined=False),
        RoomEntry(id=22, title="Random", topic="Anything goes", members=42, joined=True),
        RoomEntry(id=23, title="입사 첫 주", topic="처음이라면 여기서 물어보세요", members=3, joined=False),
    ]
    scene.window.refresh(scene.client.chats.outcome(RoomDirectory(rooms=rooms)))
    scene.window.people.desk.dialog.list.selectRow(1)
    return scene.window


def room_members(scene: Scene) -> QWidget:
    """Who is in a room."""
    conversation(scene)
    scene.window.people.desk.show_members(3)
    scene.window.people.desk.dialog.list.selectRow(2)
    return scene.window


def room_details(scene: Scene) -> QWidget:
    """A room in full, with what went wrong."""
    conversation(scene)
    scene.window.people.desk.show_details(1)
    dialog = scene.window.people.desk.dialog
    dialog.form.topic.edit.setText("화면과 글꼴")
    dialog.fail(Code.UNREACHABLE)
    return scene.window


def invite(scene: Scene) -> QWidget:
    """Inviting people into a room."""
    conversation(scene)
    scene.window.people.desk.invite(1)
    scene.window.people.desk.dialog.picker.toggle(8)
    return scene.window


def search_found(scene: Scene) -> QWidget:
    """A search in messages that found something."""
    conversation(scene)
    scene.window.people._search('release in:"Release 1.0"')
    texts = (
        "The release is frozen at five. Who tests the installer on Windows this time?",
        "Do we want another release candidate before Friday? I would rather fix the two dots that stick first.",
        "출시(release) 노트 초안을 올렸어요. 다들 한 번씩 읽어 주세요.",
        "Long before anybody asked, and far from what everybody spoke of on that day, the word release was said here.",
    )
    found = [message(3, 90 - at, at + 2, text, 40 * at * at) for at, text in enumerate(texts)]
    scene.window.refresh(scene.client.chats.outcome(Found(messages=found)))
    return scene.window


def search_nothing(scene: Scene) -> QWidget:
    """A search in messages that found nothing."""
    conversation(scene)
    scene.window.people._search("zaphod")
    scene.window.refresh(scene.client.chats.outcome(Found(messages=[])))
    return scene.window


def search_begins(scene: Scene) -> QWidget:
    """The search page before a word is typed."""
    conversation(scene)
    scene.window.people._search("")
    return scene.window


def pins(scene: Scene) -> QWidget:
    """What is pinned."""
    conversation(scene)
    scene.window.people._show_pins(1)
    pinned = [
        message(1, 3, 2, "스타일 안내: 글꼴은 본고딕, 모서리는 8 픽셀", 3000),
        message(1, 9, 5, "Wi-Fi: *guest*", 9000),
    ]
    page = MessagePage(conversation_id=1, messages=pinned, more=False, last_seq=40, last_change=50)
    scene.window.refresh(scene.client.chats.outcome(page))
    return scene.window


def emoji(scene: Scene) -> QWidget:
    """The emoji picker."""
    conversation(scene)
    picker = EmojiPicker(scene.look, scene.window)
    picker.open_at(scene.window.people.chat)
    return scene.window


def emoji_found(scene: Scene) -> QWidget:
    """The emoji picker with a search."""
    conversation(scene)
    picker = EmojiPicker(scene.look, scene.window)
    picker.open_at(scene.window.people.chat)
    picker.search.setText("하트" if scene.languages.chosen is Language.KOREAN else "heart")
    return scene.window


def avatar(scene: Scene) -> QWidget:
    """Choosing one's picture."""
    conversation(scene)
    scene.window.people.desk.choose_avatar()
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, 600)
    sky.setColorAt(0, QColor("#4c7bd9"))
    sky.setColorAt(1, QColor("#f6c9a0"))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(380, 180, 160, 160)
    painter.drawEllipse(300, 360, 320, 320)
    painter.end()
    scene.window.people.desk.dialog.take(image)
    return scene.window


ALL = (
    talks, conversation, conversation_above, narrow_list, narrow_talk, found_talks, new_menu, talk_menu, new_room,
    browse, room_members, room_details, invite, search_found, search_nothing, search_begins, pins, emoji, emoji_found,
    avatar,
)  # fmt: skip
