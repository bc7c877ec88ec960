"""A conversation without a server: rows made up from wire types, a window over them that does as it is told."""

from collections.abc import Sequence
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.core.chat.chats import Chats
from presence_desktop.core.chat.files import FileState
from presence_desktop.core.chat.row import Delivery, LocalFile, Row, day_of
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.chat.window_news import Changed, Inserted, Removed, Replaced
from presence_desktop.core.client import Client
from presence_desktop.gui.chat.boxes import RowLayout
from presence_desktop.gui.chat.pane import ChatPane
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.theme import Scheme
from presence_desktop.protocol.chat import Kind, Member, MemberRole, Message, Visibility
from presence_desktop.protocol.errors import Code
from tests.gui.scene import (
    ME,
    NAMES,
    NOON,
    SERVER,
    NotingGateway,
    StandingClock,
    directory,
    incoming,
    link_up,
    picture,
)
from tests.wire.made import made

SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
ROOM, DIRECT = 7, 8
PAGE = 100


def key(number: int) -> UUID:
    return uuid5(SPACE, str(number))


PDF = {"id": str(key(901)), "name": "plan.pdf", "mediaType": "application/pdf", "size": 2_000}
PNG = {
    "id": str(key(902)), "name": "shot.png", "mediaType": "image/png", "size": 9_000, "width": 900, "height": 600,
    "hasThumbnail": True,
}  # fmt: skip


def message(number: int, text: str, sender: int | None = 2, at: int | None = None, **more: object) -> Message:
    told = {
        "id": key(number),
        "conversation_id": ROOM,
        "seq": number,
        "change": number,
        "sender_id": sender,
        "text": text,
        "sent_at": NOON - 3_600_000 + number * 60_000 if at is None else at,
        **more,
    }
    return made(Message, **told)


def rows_of(messages: Sequence[Message], first_unread: int | None = None) -> list[Row]:
    """The rows of messages, as the window would have them."""
    made: list[Row] = []
    for one in messages:
        above = made[-1].message if made else None
        new_day = above is None or day_of(above.sent_at) != day_of(one.sent_at)
        new_line = one.seq == first_unread
        follows = (
            above is not None
            and not new_day
            and not new_line
            and above.sender_id == one.sender_id
            and one.sent_at - above.sent_at < 5 * 60_000
        )
        made.append(Row(one.id, one, follows=follows, new_day=new_day, new_line=new_line))
    return made


class FakeWindow:
    """Rows out of a long list; says what it did as the real one does."""

    def __init__(self, everything: list[Row], first: int, last: int) -> None:
        self.conversation_id = ROOM
        self.error: Code | None = None
        self.target: UUID | None = None
        self.first_unread_key: UUID | None = None
        self.at_end = True
        self.loading = self.loading_older = self.loading_newer = False
        self.lines_drawn = 0
        self.everything, self.first, self.last = everything, first, last
        self._cut()

    def _cut(self) -> None:
        self.rows = self.everything[self.first : self.last]
        self.has_older, self.has_newer = self.first > 0, self.last < len(self.everything)

    def fetch_older(self) -> Changes:
        came = min(PAGE, self.first)
        self.first -= came
        trimmed = max(0, self.last - self.first - 500)
        before = self.last - self.first
        self.last -= trimmed
        self._cut()
        steps: list[Inserted | Removed] = [Inserted(0, came)]
        if trimmed:
            steps.append(Removed(before - trimmed, trimmed))
        return Changes(chat=tuple(steps), window=True)

    def fetch_newer(self) -> Changes:
        came = min(PAGE, len(self.everything) - self.last)
        at = self.last - self.first
        self.last += came
        trimmed = max(0, self.last - self.first - 500)
        self.first += trimmed
        self._cut()
        steps: list[Inserted | Removed] = [Inserted(at, came)]
        if trimmed:
            steps.append(Removed(0, trimmed))
        return Changes(chat=tuple(steps), window=True)

    def draw_line(self) -> Changes:
        self.lines_drawn += 1
        return Changes()

    def jump(self, seq: int) -> Changes:
        at = next(at for at, row in enumerate(self.everything) if row.message.seq == seq)
        self.first, self.last = max(0, at - 150), min(len(self.everything), at + 150)
        self.target = self.everything[at].key
        self._cut()
        return Changes(chat=(Replaced(),), window=True)

    def to_newest(self) -> Changes:
        self.first, self.last = max(0, len(self.everything) - 300), len(self.everything)
        self.target = None
        self._cut()
        return Changes(chat=(Replaced(),), window=True)

    def append(self, *rows: Row) -> Changes:
        """New messages arrive."""
        at = len(self.rows)
        self.everything.extend(rows)
        if self.last + len(rows) < len(self.everything):
            return Changes()
        self.last += len(rows)
        self._cut()
        return Changes(chat=(Inserted(at, len(rows)),))

    def change(self, at: int, row: Row) -> Changes:
        """One row is another now."""
        self.everything[self.first + at] = row
        self._cut()
        return Changes(chat=(Changed(at, 1),))

    def remove(self, at: int) -> Changes:
        del self.everything[self.first + at]
        self.last -= 1
        self._cut()
        return Changes(chat=(Removed(at, 1),))


class FakeChats(Chats):
    """Notes the verbs; one room, one direct conversation."""

    talks: dict[int, Talk]
    window: FakeWindow | None = None

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.states: dict[UUID, FileState] = {}
        self.talks = {ROOM: room(), DIRECT: direct()}
        self.everything: list[Row] = []
        self.unread_at: int | None = None
        self.here_now: tuple[int, ...] = ()

    def get(self, conversation_id: int) -> Talk | None:
        return self.talks.get(conversation_id)

    def open(self, conversation_id: int) -> Changes:
        count = len(self.everything)
        self.window = FakeWindow(self.everything, max(0, count - 300), count)
        self.window.conversation_id = conversation_id
        first = next((row.key for row in self.window.rows if row.new_line), None)
        self.window.target = self.window.first_unread_key = first
        return Changes(chat=(Replaced(),), window=True, talks=frozenset({conversation_id}))

    def leave_view(self) -> Changes:
        return Changes(window=True)

    def here(self, conversation_id: int) -> tuple[int, ...]:
        return self.here_now

    def readers(self, conversation_id: int, seq: int) -> tuple[int, ...]:
        members = self.talks[conversation_id].members
        return tuple(member.user_id for member in members if member.read_seq >= seq and member.user_id != 1)

    def file(self, file_id: UUID) -> FileState:
        return self.states.get(file_id, FileState())

    def _note(self, *asked: object) -> Changes:
        self.asked.append(asked)
        return Changes()

    def send(
        self,
        conversation_id: int,
        text: str,
        reply_to: UUID | None = None,
        files: Sequence[LocalFile] = (),
    ) -> Changes:
        return self._note("send", conversation_id, text, reply_to, tuple(files))

    def edit(self, conversation_id: int, key: UUID, text: str) -> Changes:
        return self._note("edit", conversation_id, key, text)

    def delete(self, conversation_id: int, key: UUID) -> Changes:
        return self._note("delete", conversation_id, key)

    def react(self, conversation_id: int, key: UUID, emoji: str, on: bool) -> Changes:
        return self._note("react", conversation_id, key, emoji, on)

    def pin(self, conversation_id: int, key: UUID, on: bool) -> Changes:
        return self._note("pin", conversation_id, key, on)

    def retry(self, key: UUID) -> Changes:
        return self._note("retry", key)

    def discard(self, key: UUID) -> Changes:
        return self._note("discard", key)

    def cancel_upload(self, key: UUID) -> Changes:
        return self._note("cancel_upload", key)

    def mark_read(self, conversation_id: int, seq: int) -> Changes:
        self.talks[conversation_id] = replace(self.talks[conversation_id], read_seq=seq, unread=0)
        self._note("mark_read", conversation_id, seq)
        return Changes(talks=frozenset({conversation_id}))

    def set_draft(self, conversation_id: int, text: str) -> Changes:
        self.talks[conversation_id] = replace(self.talks[conversation_id], draft=text)
        return self._note("set_draft", conversation_id, text)

    def typing(self, conversation_id: int, on: bool = True) -> None:
        self._note("typing", conversation_id, on)

    def fetch_thumbnail(self, file_id: UUID) -> None:
        self._note("fetch_thumbnail", file_id)

    def fetch_picture(self, file_id: UUID) -> None:
        self._note("fetch_picture", file_id)

    def download(self, file_id: UUID, path: str) -> Changes:
        return self._note("download", file_id, path)

    def cancel_download(self, file_id: UUID) -> Changes:
        return self._note("cancel_download", file_id)

    def verbs(self, name: str) -> list[tuple[object, ...]]:
        return [asked for asked in self.asked if asked[0] == name]


def room(**more: object) -> Talk:
    people = [Member(user_id=1, role=MemberRole.OWNER, joined_at=1)]
    people += [Member(user_id=number, joined_at=1, read_seq=0) for number in range(2, 9)]
    made = Talk(
        id=ROOM,
        kind=Kind.ROOM,
        title="디자인 팀 · Design",
        topic="What we ship this week, and how it looks",
        visibility=Visibility.PRIVATE,
        members=tuple(people),
        my_role=MemberRole.OWNER,
        other=None,
        unread=0,
        mentions=0,
        last=None,
        last_at=NOON,
        last_seq=0,
        read_seq=0,
        draft="",
        typing=(),
        muted=False,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def direct(**more: object) -> Talk:
    people = (Member(user_id=1, joined_at=1), Member(user_id=4, joined_at=1))
    made = replace(room(), id=DIRECT, kind=Kind.DIRECT, title=None, topic="", members=people, other=4)
    return replace(made, my_role=MemberRole.MEMBER, **more)  # type: ignore[arg-type]


class Stage:
    """A pane with all it stands on."""

    def __init__(
        self,
        app: QApplication,
        scheme: Scheme = Scheme.LIGHT,
        language: Language = Language.ENGLISH,
        outgoing: object = None,
    ) -> None:
        self.clock, self.gateway = StandingClock(), NotingGateway()
        self.client = Client(self.gateway, self.clock)
        self.chats = FakeChats()
        self.client.chats = self.chats
        self.look, self.languages = Look(app, scheme), Languages(app, language)
        self.client.apply((incoming.SignedIn(SERVER, ME), link_up(), picture(NAMES), directory(NAMES)))
        self.pane = ChatPane(self.client, self.look, self.clock, outgoing)  # type: ignore[arg-type]
        self.pane.changed.connect(self.pane.refresh)
        self.pane.resize(760, 620)

    def open(self, messages: Sequence[Message], first_unread: int | None = None, talk: int = ROOM) -> None:
        """Show a conversation that holds these."""
        self.chats.everything = rows_of(messages, first_unread)
        self.pane.show_talk(talk)

    def put(self, changes: Changes) -> None:
        """News."""
        self.pane.refresh(changes)

    @property
    def window(self) -> FakeWindow:
        window = self.chats.window
        assert isinstance(window, FakeWindow)
        return window

    def leave(self) -> None:
        self.pane.close()
        self.pane.deleteLater()
        self.look.deleteLater()
        self.languages.choose(Language.ENGLISH)
        self.languages.deleteLater()


def unsent(number: int, text: str, state: Delivery, **more: object) -> Row:
    """A message of one's own that the server does not have."""
    written = msgspec.structs.replace(message(number, text, sender=1, at=NOON), seq=0, change=0)
    return Row(written.id, written, state=state, **more)  # type: ignore[arg-type]


def layout_of(stage: Stage, number: int) -> RowLayout:
    at = stage.pane.model.place(key(number))
    assert at is not None
    layout = stage.pane.view.layout_at(at)
    assert layout is not None
    return layout


def click(stage: Stage, qtbot: QtBot, number: int, point: QPointF) -> None:
    at = stage.pane.model.place(key(number))
    assert at is not None
    place = QPoint(round(point.x()), round(point.y()) + stage.pane.view.top_of(at))
    qtbot.mouseClick(stage.pane.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
